package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Digest;
import barograph.record.Prover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verifier that Go has for its own checksum database, on our exports.
class InteropTest {
    private static final Path GO = Path.of("/usr/bin/go");
    private static final Path PACKAGES = Path.of("/usr/share/gocode");

    @TempDir
    Path folder;

    private Path unpacked = Path.of("");

    @BeforeEach
    void export() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(GO) && Files.exists(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog")),
                "SKIPPED: needs Debian's golang-go and golang-golang-x-mod-dev");
        unpacked = folder.resolve("unpacked");
        List<String> checkpoints = new ArrayList<>();
        try (SqliteRecorder recorder = Exports.record(folder, 240)) {
            for (int size = 240; size < 280; size++) {
                checkpoints.add(recorder.checkpoint());
                recorder.append(Exports.draft(size, new SplittableRandom(size)));
            }
            Exports.unpack(Exports.unzip(Exports.export(recorder, Optional.empty())), unpacked);
            Prover prover = Prover.of(recorder);
            for (int i = 0; i < checkpoints.size(); i++) {
                String proof = lines(prover.since(240 + i).path()) + "\n" + checkpoints.get(i);
                Files.writeString(unpacked.resolve("earlier." + i), proof);
            }
        }
    }

    @Test
    void go_accepts_every_proof_and_every_earlier_checkpoint() throws Exception {
        assertThat(go()).isEqualTo("ACCEPTED: 280 entries, 40 earlier checkpoints\n");
    }

    @Test
    void go_refuses_an_entry_that_was_changed() throws Exception {
        Path proof = unpacked.resolve("proofs/77.tlog-proof");
        Files.writeString(proof, Files.readString(proof).replaceFirst("extra e", "extra f"));

        assertThat(go()).startsWith("REFUSED:");
    }

    private static String lines(List<Digest> hashes) {
        StringBuilder out = new StringBuilder();
        hashes.forEach(hash ->
                out.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        return out.toString();
    }

    private String go() throws IOException {
        Path program = Path.of("src/test/resources/interop/check.go").toAbsolutePath();
        ProcessBuilder go = new ProcessBuilder(GO.toString(), "run", program.toString(), unpacked.toString());
        go.environment().put("GO111MODULE", "off");
        go.environment().put("GOPATH", PACKAGES.toString());
        go.environment().put("GOCACHE", Path.of("target/go").toAbsolutePath().toString());
        Process process = go.redirectError(folder.resolve("go.err").toFile()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
