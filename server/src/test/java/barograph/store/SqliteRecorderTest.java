package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.record.Checkpoint;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Frontier;
import barograph.record.Note;
import barograph.record.RecordTrouble;
import barograph.record.Recorder;
import barograph.record.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SqliteRecorderTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    @TempDir
    Path folder;

    private SiteKeys keys;
    private Path file;

    @BeforeEach
    void keys() {
        keys = SiteKeys.create(folder.resolve("keys"), "acme.example/login");
        file = folder.resolve("record.db");
    }

    @Test
    void what_was_written_is_read_back_in_order_also_after_a_restart() {
        try (Recorder recorder = SqliteRecorder.open(file, keys.signer())) {
            for (int i = 0; i < 10; i++) {
                assertThat(recorder.append(draft(i % 2 == 0 ? "a" : "b", i)).index())
                        .isEqualTo(i);
            }
        }

        try (Recorder recorder = SqliteRecorder.open(file, keys.signer())) {
            assertThat(recorder.size()).isEqualTo(10);
            assertThat(recorder.about("a", 3)).extracting(Entry::index).containsExactly(4L, 6L, 8L);
            assertThat(recorder.about("nobody", 0)).isEmpty();
            assertThat(recorder.entries(2, 3)).extracting(Entry::index).containsExactly(2L, 3L, 4L);
            Entry entry = recorder.entries(7, 1).getFirst();
            assertThat(entry.at()).isEqualTo(NOON);
            assertThat(entry.kind()).isEqualTo("Applied/1");
            assertThat(entry.body().path("n").intValue()).isEqualTo(7);
            assertThat(recorder.append(draft("a", 10)).index()).isEqualTo(10);
        }
    }

    @Test
    void the_checkpoint_is_signed_over_everything_written() {
        try (Recorder recorder = SqliteRecorder.open(file, keys.signer())) {
            Frontier frontier = Frontier.EMPTY;
            for (int i = 0; i < 20; i++) {
                assertThat(checkpoint(recorder)).isEqualTo(new Checkpoint("acme.example/login", i, frontier.root()));
                frontier = frontier.append(
                        Tree.leafHash(recorder.append(draft("a", i)).leaf()));
            }
            assertThat(recorder.checkpoint()).isEqualTo(recorder.checkpoint());
        }
    }

    @Test
    void two_recorders_on_one_file_see_each_others_entries() {
        try (Recorder one = SqliteRecorder.open(file, keys.signer());
                Recorder other = SqliteRecorder.open(file, keys.signer())) {
            for (int i = 0; i < 50; i++) {
                Recorder writer = i % 3 == 0 ? one : other;
                assertThat(writer.append(draft("a", i)).index()).isEqualTo(i);
            }

            assertThat(one.checkpoint()).isEqualTo(other.checkpoint());
            assertThat(one.about("a", 0)).hasSize(50);
            assertThat(other.size()).isEqualTo(50);
        }
    }

    @Test
    void attachments_are_kept_beside_the_log_under_their_own_salts() {
        byte[] mail = "From: kit@keyring.example\r\n\r\nyes".getBytes(StandardCharsets.UTF_8);
        Draft draft = new Draft(
                NOON,
                "a",
                "MailReceived/1",
                body(1),
                List.of(
                        new Draft.Attachment("one.eml", "message/rfc822", mail),
                        new Draft.Attachment("two.eml", "message/rfc822", mail)));
        try (Recorder recorder = SqliteRecorder.open(file, keys.signer())) {
            Entry entry = recorder.append(draft);

            var commitments = entry.attachments();
            assertThat(commitments.get(0).hash())
                    .isNotEqualTo(commitments.get(1).hash());
            assertThat(commitments.get(0).size()).isEqualTo(mail.length);
            assertThat(recorder.attachment(commitments.get(1)).orElseThrow()).isEqualTo(mail);
        }
    }

    @Test
    void an_entry_that_is_too_large_is_refused_and_leaves_no_trace() {
        ObjectNode large = body(1).put("text", "x".repeat(70_000));
        try (Recorder recorder = SqliteRecorder.open(file, keys.signer())) {
            assertThatThrownBy(() -> recorder.append(new Draft(NOON, "a", "Applied/1", large, List.of())))
                    .isInstanceOf(RecordTrouble.class)
                    .hasMessageContaining("'Applied/1' about 'a'")
                    .hasMessageContaining("the limit is 65535");

            assertThat(recorder.size()).isZero();
        }
    }

    private Checkpoint checkpoint(Recorder recorder) {
        return Checkpoint.open(Note.parse(recorder.checkpoint()), keys.signer().key());
    }

    private static Draft draft(String subject, int n) {
        return new Draft(NOON, subject, "Applied/1", body(n), List.of());
    }

    private static ObjectNode body(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }
}
