package barograph.demo;

import barograph.record.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder as it looks from outside: names, kinds, modes, owners, times and contents, by other code than the guard's.
record Fingerprint(String text) {
    static Fingerprint of(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return new Fingerprint(
                    files.sorted().map(file -> line(folder, file)).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be looked at", e);
        }
    }

    private static String line(Path folder, Path file) {
        try {
            PosixFileAttributes seen = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String content = seen.isRegularFile()
                    ? Digest.of(Files.readAllBytes(file)).brief()
                    : seen.isSymbolicLink() ? Files.readSymbolicLink(file).toString() : "";
            return folder.relativize(file) + " " + PosixFilePermissions.toString(seen.permissions()) + " "
                    + seen.owner() + ":" + seen.group() + " "
                    + seen.lastModifiedTime().toInstant() + " " + content;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be looked at", e);
        }
    }
}
