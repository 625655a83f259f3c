package barograph.store;

import barograph.record.Contents;
import barograph.record.Digest;
import barograph.record.Malformed;
import barograph.record.RecordTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An export that was unpacked into a folder. Links are not followed: they count as something that does not belong.
final class FolderContents implements Contents {
    private static final int MOST_FILES = 2_000_000;
    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final Map<String, Path> files = new TreeMap<>();

    FolderContents(Path folder) {
        this.folder = folder;
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1L)
                    .forEach(path -> files.put(folder.relativize(path).toString(), path));
        } catch (IOException | UncheckedIOException e) {
            throw trouble(e);
        }
        if (files.size() > MOST_FILES) {
            throw new Malformed("The folder has more than " + MOST_FILES + " files.");
        }
    }

    @Override
    public long count() {
        return files.size();
    }

    @Override
    public Stream<String> names() {
        return files.keySet().stream();
    }

    @Override
    public Optional<byte[]> file(String name, int limit) {
        Optional<Path> path = plain(name);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path.get())) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new Malformed(name + " has more than " + limit + " bytes");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public Optional<Measured> measured(String name) {
        Optional<Path> path = plain(name);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path.get())) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sha.update(chunk, 0, read);
                size += read;
            }
            return Optional.of(new Measured(Digest.wrap(sha.digest()), size));
        } catch (IOException e) {
            throw trouble(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public Optional<String> flaw() {
        return Optional.empty();
    }

    private Optional<Path> plain(String name) {
        return Optional.ofNullable(files.get(name))
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    }

    private RecordTrouble trouble(Exception e) {
        return new RecordTrouble(
                "Could not read " + folder + ": " + e + ". Nothing is known about the record in it.", e);
    }
}
