package barograph.folder;

import barograph.form.Nearest;
import barograph.form.Place;
import barograph.form.Problem;
import barograph.form.Read;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/// Reads one file whole, and says in plain words why it cannot be read.
final class PlainFile {
    /// How far a file's name may be off to be told as the one that was meant: `site.yml` for `site.yaml`.
    private static final int SLIPS = 2;

    private PlainFile() {}

    /// Follows links: for a file that a person names.
    ///
    /// @param purpose what it should be, for messages: `a site's file`
    /// @param most how many bytes are read; a longer file is refused
    static Read<byte[]> read(Path file, String purpose, int most) {
        return read(file, purpose, most, StandardOpenOption.READ);
    }

    /// Never reads through a link, even one that is put there in the same instant.
    static Read<byte[]> readUnlinked(Path file, String purpose, int most) {
        return Files.isSymbolicLink(file)
                ? bad(
                        file,
                        "a link stands here, and what it leads to is not part of the change.",
                        "Put " + purpose + " itself here.")
                : read(file, purpose, most, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static Read<byte[]> read(Path file, String purpose, int most, OpenOption... options) {
        if (Files.isDirectory(file)) {
            return bad(file, "a folder stands here.", "Name " + purpose + " in it.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return bad(file, "this is not a plain file.", "Put " + purpose + " in its place.");
        }
        try (InputStream in = Files.newInputStream(file, options)) {
            byte[] content = in.readNBytes(most + 1);
            return content.length <= most
                    ? new Read.Good<>(content)
                    : bad(file, "the file is longer than " + most + " bytes.", "Make it shorter.");
        } catch (NoSuchFileException e) {
            return bad(file, "there is no such file.", "Write " + purpose + " there" + instead(file));
        } catch (AccessDeniedException e) {
            return bad(file, "the file may not be read.", "Give yourself the right to read it.");
        } catch (IOException e) {
            return bad(file, "the file cannot be read: " + reason(e), "Look at the disk that it is on.");
        }
    }

    static String reason(IOException e) {
        return (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ".";
    }

    private static String instead(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            return ".";
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.limit(1000)
                    .map(sibling -> folder.relativize(sibling).toString())
                    .filter(near -> Nearest.slips(near, name.toString()) <= SLIPS)
                    .sorted()
                    .findFirst()
                    .map(near -> ", or name " + near + ", which is there.")
                    .orElse(".");
        } catch (IOException e) {
            return "."; // what else is there would only have been a hint
        }
    }

    private static Read<byte[]> bad(Path file, String what, String remedy) {
        return new Read.Bad<>(new Problem(Place.in(file.toString()), what, remedy));
    }
}
