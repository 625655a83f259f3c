package barograph.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Test vectors: those in the resources were made with Go's `sumdb` packages (x/mod 0.7.0); the public suites are
/// not part of the project, and are used where a folder `shared` stands beside it.
final class Vectors {
    private static final JsonMapper JSON = new JsonMapper();

    private Vectors() {}

    static JsonNode log(String name) {
        return JSON.readTree(logFile(name).toFile());
    }

    static Path logFile(String name) {
        return Path.of("src/test/resources/vectors/log").resolve(name);
    }

    static Path open(String name) {
        Path file = Path.of("../../shared/vectors/public").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "SKIPPED: the public test suite is not beside the project: " + file);
        return file;
    }

    static JsonNode openJson(String name) {
        return JSON.readTree(open(name).toFile());
    }

    static List<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static List<Digest> digests(JsonNode array) {
        return all(array).stream().map(Vectors::digest).toList();
    }

    static Digest digest(JsonNode base64) {
        return Digest.wrap(bytes(base64));
    }

    static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.stringValue());
    }

    /// The leaf hashes of the log of 600 entries.
    static List<byte[]> leafHashes() {
        List<byte[]> hashes = new ArrayList<>();
        log("leaves-and-roots.json").get("Leaves").forEach(leaf -> hashes.add(bytes(leaf.get("LeafHash"))));
        return hashes;
    }

    static Tree.Subtrees subtrees(List<byte[]> leafHashes) {
        return new Tree.Subtrees() {
            @Override
            public byte[] hash(int level, long index) {
                return level == 0
                        ? leafHashes.get((int) index)
                        : Tree.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
            }
        };
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
