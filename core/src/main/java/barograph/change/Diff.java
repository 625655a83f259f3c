package barograph.change;

import barograph.change.Edit.Put;
import barograph.change.PatchText.FilePatch;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import com.github.difflib.patch.InsertDelta;
import com.github.difflib.patch.Patch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What an edit makes different, file by file, for people: secrets are hidden in it, so it can be shown and sent.
///
/// A secret that is itself changed shows as a changed line, hidden before and after.
///
/// @param files in the order of their paths
public record Diff(List<FileDiff> files) {
    private static final int CONTEXT = 3;

    /// Longer files are told by their sizes alone: nobody reads such a diff, and it would take long to make.
    private static final int MOST_LINES = 5_000;

    public Diff {
        files = List.copyOf(files);
    }

    /// What is different about one file.
    public sealed interface FileDiff {
        String path();

        /// @param lines a unified diff, its `---` and `+++` lines included
        record Text(String path, List<String> lines) implements FileDiff {
            public Text {
                lines = List.copyOf(lines);
            }
        }

        /// A file that is not text, or is too long.
        ///
        /// @param before its size in bytes, where there is one
        /// @param after the same of the new one
        record Bytes(String path, Optional<Integer> before, Optional<Integer> after) implements FileDiff {}

        /// The new file is what is there already, or what is to be taken out is not there.
        record Same(String path) implements FileDiff {}
    }

    /// @param now the content that a path below the configuration folder has now; absent where no file is there
    /// @param secrets regular expressions whose first group is a secret ([barograph.site.Server#secrets])
    public static Diff of(Edit edit, Function<String, Optional<byte[]>> now, List<String> secrets) {
        Hiding hiding = new Hiding(secrets);
        List<FileDiff> files = new ArrayList<>();
        switch (edit) {
            case Edit.Overlay(List<Put> puts, List<String> removals) -> {
                puts.forEach(put ->
                        files.add(compare(put.path(), now.apply(put.path()), Optional.of(put.content()), hiding)));
                removals.forEach(path -> files.add(compare(path, now.apply(path), Optional.empty(), hiding)));
            }
            case Edit.Patch(String text) -> files.addAll(parts(text, hiding));
        }
        files.sort(Comparator.comparing(FileDiff::path));
        return new Diff(files);
    }

    /// All of it as text, each line with its end.
    public String text() {
        return files.stream().map(Diff::text).collect(Collectors.joining());
    }

    private static String text(FileDiff file) {
        return switch (file) {
            case FileDiff.Text(String _, List<String> lines) ->
                lines.stream().map(line -> line + "\n").collect(Collectors.joining());
            case FileDiff.Bytes(String path, Optional<Integer> before, Optional<Integer> after) ->
                path + ": " + size(before) + " before, " + size(after) + " after\n";
            case FileDiff.Same(String path) -> path + ": nothing changes\n";
        };
    }

    private static String size(Optional<Integer> bytes) {
        return bytes.map(count -> count + " bytes").orElse("no file");
    }

    private static FileDiff compare(String path, Optional<byte[]> before, Optional<byte[]> after, Hiding hiding) {
        if (before.map(ByteBuffer::wrap).equals(after.map(ByteBuffer::wrap))) {
            return new FileDiff.Same(path);
        }
        Optional<String> old = text(before);
        Optional<String> fresh = text(after);
        if (old.isEmpty() || fresh.isEmpty()) {
            return new FileDiff.Bytes(path, before.map(bytes -> bytes.length), after.map(bytes -> bytes.length));
        }
        List<String> lines = unified(
                before.isPresent() ? "a/" + path : "/dev/null",
                after.isPresent() ? "b/" + path : "/dev/null",
                new Version(lines(old.get()), lines(hiding.hide(old.get()))),
                new Version(lines(fresh.get()), lines(hiding.hide(fresh.get()))));
        return new FileDiff.Text(path, lines);
    }

    /// A file's lines as they are, and as they may be shown; equally many.
    private record Version(List<String> lines, List<String> shown) {}

    private static List<String> unified(String oldName, String newName, Version before, Version after) {
        Patch<String> shown = new Patch<>();
        for (Span span : spans(before.lines(), after.lines())) {
            shown.addDelta(span.delta(before.shown(), after.shown()));
        }
        return UnifiedDiffUtils.generateUnifiedDiff(oldName, newName, before.shown(), shown, CONTEXT);
    }

    /// Lines of the old file that make room for lines of the new one.
    private record Span(int before, int beforeEnd, int after, int afterEnd) {
        AbstractDelta<String> delta(List<String> old, List<String> fresh) {
            Chunk<String> source = new Chunk<>(before, old.subList(before, beforeEnd));
            Chunk<String> target = new Chunk<>(after, fresh.subList(after, afterEnd));
            if (before == beforeEnd) {
                return new InsertDelta<>(source, target);
            }
            return after == afterEnd ? new DeleteDelta<>(source, target) : new ChangeDelta<>(source, target);
        }
    }

    /// The algorithm tells lines that go and lines that come in the same place one by one, and in any order; a person
    /// wants to see them as one change.
    private static List<Span> spans(List<String> before, List<String> after) {
        List<Span> spans = new ArrayList<>();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            Chunk<String> source = delta.getSource();
            Chunk<String> target = delta.getTarget();
            Span next = new Span(
                    source.getPosition(),
                    source.getPosition() + source.size(),
                    target.getPosition(),
                    target.getPosition() + target.size());
            Span last = spans.isEmpty() ? new Span(-1, -1, -1, -1) : spans.getLast();
            if (last.beforeEnd() == next.before() && last.afterEnd() == next.after()) {
                spans.set(spans.size() - 1, new Span(last.before(), next.beforeEnd(), last.after(), next.afterEnd()));
            } else {
                spans.add(next);
            }
        }
        return spans;
    }

    /// A line end that is missing at the end of a file shows, as it may be all that is different.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.set(lines.size() - 1, lines.getLast() + " (no line end)");
        }
        return lines;
    }

    /// The text of a file; an empty one where there is none, and nothing where it is not text.
    private static Optional<String> text(Optional<byte[]> bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.orElse(new byte[0])))
                    .toString();
            boolean plain = text.indexOf('\0') < 0
                    && text.chars().filter(c -> c == '\n').count() <= MOST_LINES;
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // it is not UTF-8: its sizes are told instead
        }
    }

    /// A patch is a diff already; only its secrets are hidden, in the lines without their signs.
    private static List<FileDiff> parts(String text, Hiding hiding) {
        List<String> lines = PatchText.lines(text);
        List<FileDiff> files = new ArrayList<>();
        for (FilePatch file : new PatchText(text).files()) {
            List<String> part = lines.subList(file.from() - 1, file.to());
            String bodies = part.stream()
                    .map(line -> line.isEmpty() ? "" : line.substring(1))
                    .collect(Collectors.joining("\n"));
            String[] hidden = hiding.hide(bodies).split("\n", -1);
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < part.size(); i++) {
                String line = part.get(i);
                shown.add(line.isEmpty() ? "" : line.charAt(0) + hidden[i]);
            }
            files.add(new FileDiff.Text(file.path(), shown));
        }
        return files;
    }
}
