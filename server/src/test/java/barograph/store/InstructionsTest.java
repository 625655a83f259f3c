package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs what `VERIFY.md` tells people to run, as it stands there.
class InstructionsTest {
    private static final Pattern STEPS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Path unpacked = Path.of("");

    @BeforeEach
    void unpacked() {
        unpacked = folder.resolve("unpacked");
    }

    @BeforeEach
    void openssl_3_is_there() throws Exception {
        Process openssl = new ProcessBuilder("openssl", "version").start();
        String version = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean there = version.matches("(?s)OpenSSL ([3-9]|[1-9][0-9])\\..*");
        if ("1".equals(System.getenv("BAROGRAPH_ALL_SERVERS"))) {
            assertThat(there).as("OpenSSL 3 or newer, found: %s", version).isTrue();
        }
        Assumptions.assumeTrue(there, "SKIPPED: needs OpenSSL 3 or newer, found: " + version);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 77, 257})
    void its_steps_accept_an_export(int entries) throws Exception {
        unpack(entries, Optional.empty());
        for (int index : new int[] {0, entries / 2, entries - 1}) {
            String output = run(index);

            assertThat(output)
                    .contains("Signature Verified Successfully")
                    .contains("entry " + index + " is in the record\n")
                    .contains("\"n\":" + index + ",");
            assertThat(output.contains(": OK\n")).isEqualTo(index % 7 == 3);
        }
    }

    @Test
    void its_steps_accept_an_export_about_one_subject() throws Exception {
        unpack(77, Optional.of("new-realm"));

        assertThat(run(1)).contains("Signature Verified Successfully").contains("entry 1 is in the record\n");
        assertThat(Files.readString(unpacked.resolve("VERIFY.md"))).contains("index=1\n");
    }

    @Test
    void its_steps_tell_of_an_erased_attachment() throws Exception {
        try (SqliteRecorder recorder = Exports.record(folder, 30)) {
            Exports.eraseOne(recorder);
            Exports.unpack(Exports.unzip(Exports.export(recorder, Optional.empty())), unpacked);
        }

        assertThat(run(3)).contains("entry 3 is in the record\n").contains(": erased\n");
    }

    @Test
    void its_steps_refuse_an_entry_that_was_changed() throws Exception {
        unpack(77, Optional.empty());
        Path proof = unpacked.resolve("proofs/40.tlog-proof");
        String extra = Files.readString(proof);
        String changed = extra.replaceFirst("extra (.{10}).", "extra $1" + (extra.charAt(40) == 'A' ? 'B' : 'A'));
        Files.writeString(proof, changed);

        assertThat(run(40)).contains("entry 40 is NOT in the record").doesNotContain("is in the record");
    }

    @Test
    void its_steps_refuse_a_proof_for_another_place() throws Exception {
        unpack(77, Optional.empty());
        Files.copy(unpacked.resolve("proofs/41.tlog-proof"), unpacked.resolve("proofs/42.tlog-proof.new"));
        Files.move(
                unpacked.resolve("proofs/42.tlog-proof.new"),
                unpacked.resolve("proofs/42.tlog-proof"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(run(42)).contains("entry 42 is NOT in the record");
    }

    @Test
    void its_steps_refuse_a_checkpoint_that_was_changed() throws Exception {
        unpack(77, Optional.empty());
        Path checkpoint = unpacked.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n77\n", "\n78\n"));

        assertThat(run(0)).contains("Signature Verification Failure");
    }

    @Test
    void its_steps_refuse_an_attachment_that_was_changed() throws Exception {
        unpack(77, Optional.empty());
        try (var files = Files.list(unpacked.resolve("attachments"))) {
            for (Path file : files.toList()) {
                byte[] content = Files.readAllBytes(file);
                content[40] ^= 1;
                Files.write(file, content);
            }
        }

        assertThat(run(10)).contains("entry 10 is in the record\n").contains(": FAILED\n");
    }

    private void unpack(int entries, Optional<String> subject) {
        try (SqliteRecorder recorder = Exports.record(folder, entries)) {
            Map<String, byte[]> files = Exports.unzip(Exports.export(recorder, subject));
            Exports.unpack(files, unpacked);
        }
    }

    /// All steps, with the entry that a reader would set.
    private String run(int index) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        Matcher steps = STEPS.matcher(Files.readString(unpacked.resolve("VERIFY.md")));
        while (steps.find()) {
            script.append(steps.group(1));
        }
        ProcessBuilder shell = new ProcessBuilder(
                "sh", "-c", script.toString().replaceFirst("\nindex=[0-9]+\n", "\nindex=" + index + "\n"));
        shell.directory(unpacked.toFile())
                .redirectErrorStream(true)
                .environment()
                .put("TMPDIR", folder.toString());
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
