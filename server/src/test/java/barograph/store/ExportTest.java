package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Checkpoint;
import barograph.record.Note;
import barograph.record.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 600})
    void what_was_exported_verifies_as_zip_and_as_folder(int entries) {
        try (SqliteRecorder recorder = Exports.record(folder, entries)) {
            byte[] zip = Exports.export(recorder, Optional.empty());
            Exports.unpack(Exports.unzip(zip), folder.resolve("unpacked"));

            var checkpoint = Checkpoint.open(Note.parse(recorder.checkpoint()), recorder.key());
            var intact = new Verification.Intact(checkpoint, entries, List.of());
            assertThat(verify(zip, recorder)).isEqualTo(intact);
            assertThat(Bundle.verify(folder.resolve("unpacked"), recorder.key(), List.of()))
                    .isEqualTo(intact);
        }
    }

    @Test
    void the_same_record_gives_the_same_bytes() {
        try (SqliteRecorder recorder = Exports.record(folder, 300)) {
            byte[] zip = Exports.export(recorder, Optional.empty());

            assertThat(Exports.export(recorder, Optional.empty())).isEqualTo(zip);
            assertThat(Exports.export(recorder, Optional.of("new-realm")))
                    .isEqualTo(Exports.export(recorder, Optional.of("new-realm")));
        }
    }

    @Test
    void an_export_about_one_subject_has_no_other_entries() {
        try (SqliteRecorder recorder = Exports.record(folder, 300)) {
            byte[] zip = Exports.export(recorder, Optional.of("new-realm"));

            assertThat(verify(zip, recorder)).isInstanceOfSatisfying(Verification.Intact.class, intact -> {
                assertThat(intact.entries()).isEqualTo(100);
                assertThat(intact.checkpoint().size()).isEqualTo(300);
            });
            Map<String, byte[]> files = Exports.unzip(zip);
            assertThat(files.keySet()).noneMatch(name -> name.startsWith("tile/entries"));
            assertThat(new String(zip, StandardCharsets.ISO_8859_1)).doesNotContain("session-timeout");
            assertThat(files).hasSize(4 + 3 + 100 + attachments(recorder, "new-realm"));
        }
    }

    @Test
    void an_erased_attachment_leaves_a_hole_that_is_explained() throws Exception {
        try (SqliteRecorder recorder = Exports.record(folder, 30)) {
            Exports.eraseOne(recorder);

            assertThat(verify(Exports.export(recorder, Optional.empty()), recorder))
                    .isInstanceOfSatisfying(Verification.Intact.class, intact -> {
                        assertThat(intact.holes()).hasSize(1);
                        assertThat(intact.holes().getFirst().by()).isEqualTo("omar");
                    });
            assertThat(verify(Exports.export(recorder, Optional.of("session-timeout")), recorder))
                    .isInstanceOf(Verification.Intact.class);
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s has no trace of the erased bytes", file)
                        .doesNotContain("mail 3y");
            }
        }
    }

    @Test
    void a_checkpoint_from_earlier_must_be_of_the_same_record() {
        try (SqliteRecorder recorder = Exports.record(folder, 20)) {
            byte[] early = Exports.export(recorder, Optional.empty());
            Checkpoint held = open(recorder);
            Exports.eraseOne(recorder);
            byte[] late = Exports.export(recorder, Optional.empty());
            Checkpoint now = open(recorder);
            Checkpoint forged = new Checkpoint(held.origin(), held.size(), now.root());

            assertThat(verify(late, recorder, held)).isInstanceOf(Verification.Intact.class);
            assertThat(verify(early, recorder, held)).isInstanceOf(Verification.Intact.class);
            assertThat(verify(late, recorder, held, forged))
                    .isInstanceOfSatisfying(
                            Verification.Broken.class,
                            broken -> assertThat(broken.why()).contains("first 20 entries"));
            assertThat(verify(early, recorder, now))
                    .isInstanceOfSatisfying(
                            Verification.Broken.class,
                            broken -> assertThat(broken.index()).isEqualTo(20));
        }
    }

    private static Checkpoint open(SqliteRecorder recorder) {
        return Checkpoint.open(Note.parse(recorder.checkpoint()), recorder.key());
    }

    private static int attachments(SqliteRecorder recorder, String subject) {
        return recorder.about(subject, 0).stream()
                .mapToInt(entry -> entry.attachments().size())
                .sum();
    }

    private Verification verify(byte[] zip, SqliteRecorder recorder, Checkpoint... held) {
        return Bundle.verify(Exports.write(folder.resolve("export.zip"), zip), recorder.key(), List.of(held));
    }
}
