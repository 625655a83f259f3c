package barograph.store;

import barograph.record.Draft;
import barograph.record.Erasure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.node.JsonNodeFactory;

/// A record with entries about three subjects, some with attachments, and exports of it to be damaged.
final class Exports {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> SUBJECTS = List.of("session-timeout", "new-realm", "");

    private Exports() {}

    static SqliteRecorder record(Path folder, int entries) {
        SiteKeys keys = SiteKeys.create(folder.resolve("keys"), "acme.example/login");
        SqliteRecorder recorder = SqliteRecorder.open(folder.resolve("record.db"), keys.signer());
        SplittableRandom random = new SplittableRandom(entries);
        for (int i = 0; i < entries; i++) {
            recorder.append(draft(i, random));
        }
        return recorder;
    }

    static Draft draft(int i, SplittableRandom random) {
        var body = JsonNodeFactory.instance.objectNode().put("n", i).put("text", "x".repeat(random.nextInt(120)));
        List<Draft.Attachment> attachments = i % 7 != 3
                ? List.of()
                : List.of(new Draft.Attachment(
                        i + ".eml",
                        "message/rfc822",
                        ("mail " + i + "y".repeat(random.nextInt(300))).getBytes(StandardCharsets.UTF_8)));
        return new Draft(
                NOON.plusSeconds(i), SUBJECTS.get(i % 3), i % 2 == 0 ? "Applied/1" : "Weighed/1", body, attachments);
    }

    /// Erases the first attachment of the record.
    static void eraseOne(SqliteRecorder recorder) {
        var entry = recorder.entries(3, 1).getFirst();
        var hash = entry.attachments().getFirst().hash();
        recorder.erase(new Erasure(hash, "omar", "a password was in it"), NOON.plusSeconds(9999), entry.subject());
    }

    static byte[] export(Archive archive, Optional<String> subject) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Export.write(archive, subject, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /// As another program than ours unpacks it.
    static Map<String, byte[]> unzip(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ZipWriter zip = new ZipWriter(out);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.add(file.getKey(), file.getValue());
            }
            zip.finish();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void unpack(Map<String, byte[]> files, Path folder) {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
