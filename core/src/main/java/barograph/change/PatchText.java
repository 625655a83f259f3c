package barograph.change;

import barograph.form.Place;
import barograph.form.Problem;
import barograph.form.Read;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A unified diff, taken apart: which files it touches, and what is wrong with it.
///
/// It follows each hunk's own count of lines, so that a removed line `-- x`, which shows as `--- x`, is not taken for
/// the name of a file.
final class PatchText {
    private static final Pattern HUNK = Pattern.compile("@@ -[0-9]+(?:,([0-9]+))? \\+[0-9]+(?:,([0-9]+))? @@[^\\n]*");
    private static final String NOTHING = "/dev/null";

    private final List<FilePatch> files = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();

    /// What a diff does to one file.
    ///
    /// @param before its path before, below the folder; absent for a new file
    /// @param after its path after; absent for one that is taken out
    /// @param from the first line of its part of the diff, from 1; its header included
    /// @param to the last one
    record FilePatch(Optional<String> before, Optional<String> after, int from, int to) {
        String path() {
            return after.or(() -> before).orElse(NOTHING);
        }
    }

    /// @param line where, from 1
    record Trouble(int line, String what, String remedy) {}

    PatchText(String text) {
        List<String> lines = lines(text);
        int at = 0;
        int from = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.startsWith("GIT binary patch") || line.startsWith("Binary files ")) {
                trouble(at, "this part changes a binary file.", "Lay such a file over with edit: files/.");
            }
            if (line.startsWith("rename ") || line.startsWith("copy ") || line.startsWith("new file mode 12")) {
                trouble(at, "this part renames, copies or links a file.", "Write it as a removal and a new file.");
            }
            boolean header = line.startsWith("--- ")
                    && at + 1 < lines.size()
                    && lines.get(at + 1).startsWith("+++ ");
            if (header) {
                int end = hunks(lines, at + 2);
                file(lines, at, from, end);
                at = end;
                from = end;
            } else {
                if (line.startsWith("@@ ")) {
                    trouble(at, "a hunk stands here before the name of its file.", "Write the --- and +++ lines.");
                }
                at++;
            }
        }
    }

    static Read<Edit> read(String fileName, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
            return new Read.Bad<>(new Problem(
                    Place.in(fileName), "the diff is not UTF-8 text.", "Lay such files over with edit: files/."));
        }
        PatchText patch = new PatchText(text);
        List<Problem> problems = new ArrayList<>();
        for (Trouble trouble : patch.troubles) {
            problems.add(new Problem(new Place(fileName, trouble.line(), 1, ""), trouble.what(), trouble.remedy()));
        }
        if (patch.files.isEmpty() && problems.isEmpty()) {
            problems.add(
                    new Problem(Place.in(fileName), "this is no unified diff.", "Make one with git diff or diff -u."));
        }
        return problems.isEmpty() ? new Read.Good<>(new Edit.Patch(text)) : new Read.Bad<>(problems);
    }

    List<FilePatch> files() {
        return files;
    }

    /// As `patch` reads them: a carriage return belongs to its line.
    static List<String> lines(String text) {
        String[] lines = text.split("\n", -1);
        int last = lines.length - 1;
        return List.of(lines).subList(0, lines[last].isEmpty() ? last : lines.length);
    }

    private void trouble(int index, String what, String remedy) {
        troubles.add(new Trouble(index + 1, what, remedy));
    }

    private void file(List<String> lines, int header, int from, int end) {
        Optional<String> before = path(lines, header);
        Optional<String> after = path(lines, header + 1);
        if (end == header + 2) {
            trouble(header, "no hunk follows this name.", "Make the diff anew.");
        }
        files.add(new FilePatch(before, after, from + 1, end));
    }

    /// The name behind `---` or `+++`, without its first folder and without the time that may follow a tab.
    private Optional<String> path(List<String> lines, int index) {
        String name = lines.get(index).substring(4).split("\t", 2)[0].strip();
        if (name.equals(NOTHING)) {
            return Optional.empty();
        }
        int slash = name.indexOf('/');
        String path = slash < 0 ? "" : name.substring(slash + 1);
        if (!EditForm.isBelow(path) || name.startsWith("/") || name.startsWith("\"")) {
            trouble(
                    index,
                    "this is no path below the configuration folder.",
                    "Write it as git does: a/ or b/ and the file's path, such as a/mods-enabled/eap.");
        }
        return Optional.of(path);
    }

    /// Goes over all hunks that follow.
    ///
    /// @return the index of the line behind them
    private int hunks(List<String> lines, int first) {
        int at = first;
        while (at < lines.size()) {
            Matcher hunk = HUNK.matcher(lines.get(at));
            if (!hunk.matches()) {
                return at;
            }
            int end = hunk(lines, at + 1, count(hunk.group(1)), count(hunk.group(2)));
            if (end < 0) {
                trouble(at, "this hunk has not the lines that it says it has.", "Make the diff anew.");
                return lines.size();
            }
            at = end;
        }
        return at;
    }

    private static int count(String written) {
        return written == null ? 1 : written.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(written);
    }

    /// @return the index behind the hunk; -1 where it ends too soon
    private static int hunk(List<String> lines, int first, int linesBefore, int linesAfter) {
        int before = linesBefore;
        int after = linesAfter;
        int at = first;
        while (before > 0 || after > 0) {
            String line = at < lines.size() ? lines.get(at) : "@";
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            if (sign == ' ' || sign == '-') {
                before--;
            }
            if (sign == ' ' || sign == '+') {
                after--;
            }
            if (" -+\\".indexOf(sign) < 0 || before < 0 || after < 0) {
                return -1;
            }
            at++;
        }
        return at < lines.size() && lines.get(at).startsWith("\\") ? at + 1 : at;
    }
}
