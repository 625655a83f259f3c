package barograph.folder;

import barograph.change.Edit;
import barograph.change.Edit.Put;
import barograph.form.Place;
import barograph.form.Problem;
import barograph.form.Read;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The folder of new files that are laid over a configuration folder.
///
/// Only plain files go into a change: what a link leads to is not what was agreed upon, so links are refused, and so
/// are pipes and the like, names that no script can handle safely, and what editors leave behind.
final class OverlayFolder extends SimpleFileVisitor<Path> {
    private static final int MOST_FILES = 2_000;
    private static final int LARGEST_FILE = 8 << 20;
    private static final int MOST_BYTES = 32 << 20;
    private static final List<String> LEFTOVERS = List.of("~", ".swp", ".swo", ".orig", ".rej", ".dpkg-new");

    private final Path root;
    private final List<Put> puts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long bytes;

    private OverlayFolder(Path root) {
        this.root = root;
    }

    static Read<Edit> read(Path root, List<String> removals) {
        OverlayFolder overlay = new OverlayFolder(root);
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return new Read.Bad<>(overlay.problem(root, "there is no such folder.", "Put the new files into it."));
        }
        try {
            Files.walkFileTree(root, overlay);
        } catch (IOException e) {
            overlay.say(root, "the folder cannot be read: " + PlainFile.reason(e), "Look at the disk that it is on.");
        }
        overlay.checkAgainst(removals);
        overlay.puts.sort(Comparator.comparing(Put::path));
        return overlay.problems.isEmpty()
                ? new Read.Good<>(new Edit.Overlay(overlay.puts, removals))
                : new Read.Bad<>(overlay.problems);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = file.getFileName().toString();
        if (!attributes.isSymbolicLink() && !attributes.isRegularFile()) {
            say(file, "this is not a plain file.", "Take it out.");
        } else if (name.codePoints().anyMatch(Character::isISOControl) || name.indexOf('\\') >= 0) {
            say(file, "this name holds a control character or a backslash.", "Give the file a plain name.");
        } else if (LEFTOVERS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
            say(file, "an editor or a tool left this behind.", "Take it out, or give it another name.");
        } else {
            put(file);
        }
        return puts.size() < MOST_FILES && bytes <= MOST_BYTES ? FileVisitResult.CONTINUE : tooMuch();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        say(file, "this cannot be read: " + PlainFile.reason(e), "Give yourself the right to read it.");
        return FileVisitResult.CONTINUE;
    }

    private void put(Path file) throws IOException {
        switch (PlainFile.readUnlinked(file, "a new file", LARGEST_FILE)) {
            case Read.Bad<byte[]>(List<Problem> found) -> problems.addAll(found);
            case Read.Good<byte[]>(byte[] content) -> {
                bytes += content.length;
                puts.add(new Put(path(file), mode(file), content));
            }
        }
    }

    /// With `/` between its parts.
    private String path(Path file) {
        Path below = root.relativize(file);
        return String.join(
                "/",
                IntStream.range(0, below.getNameCount())
                        .mapToObj(i -> below.getName(i).toString())
                        .toList());
    }

    /// Its permission bits, without those that give other users' rights to who runs it.
    private static int mode(Path file) throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return mode & 0777;
    }

    private FileVisitResult tooMuch() {
        say(
                root,
                "there are more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20) + " MiB.",
                "Lay over only the files that change.");
        return FileVisitResult.TERMINATE;
    }

    private void checkAgainst(List<String> removals) {
        if (puts.isEmpty() && problems.isEmpty()) {
            say(
                    root,
                    "the folder holds no files.",
                    "Put the new files into it, as they lie in the configuration folder.");
        }
        puts.stream()
                .filter(put -> removals.contains(put.path()))
                .forEach(put -> say(
                        root.resolve(put.path()),
                        "this file is laid over, and is also to be taken out (remove).",
                        "Take it out of one of the two."));
    }

    private void say(Path where, String what, String remedy) {
        problems.add(problem(where, what, remedy));
    }

    private Problem problem(Path where, String what, String remedy) {
        return new Problem(Place.in(where.toString()), what, remedy);
    }
}
