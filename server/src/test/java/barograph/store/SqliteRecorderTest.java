package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.record.Checkpoint;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Erasure;
import barograph.record.Frontier;
import barograph.record.Note;
import barograph.record.RecordTrouble;
import barograph.record.Recorder;
import barograph.record.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @Test
    void threads_may_write_and_read_at_the_same_time() throws Exception {
        try (Recorder recorder = SqliteRecorder.open(file, keys.signer());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Draft draft = draft("s" + i % 4, i);
                writes.add(threads.submit(() -> recorder.append(draft).index()));
                threads.submit(() -> recorder.about("s1", 0)).get();
            }
            Set<Long> indexes = new TreeSet<>();
            for (Future<Long> write : writes) {
                indexes.add(write.get());
            }

            assertThat(indexes).hasSize(200).contains(0L, 199L);
            assertThat(recorder.about("s1", 0)).hasSize(50);
        }
    }

    @Test
    void a_record_of_a_newer_version_is_refused_and_left_alone() throws Exception {
        open().close();
        sql("UPDATE schema SET version = 2");

        refuses("newer Barograph (schema 2; this one knows 1)");
    }

    @Test
    void a_database_of_somebody_else_is_refused_and_left_alone() throws Exception {
        sql("CREATE TABLE users (name TEXT)");

        refuses("is a database, but not a record");
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws Exception {
        Files.writeString(file, "This is my diary. ".repeat(100));

        refuses("file is not a database");
    }

    @Test
    void the_record_of_another_key_is_refused() {
        open().close();
        keys = SiteKeys.create(folder.resolve("other"), "other.example/login");

        refuses("belongs to another key than yours");
    }

    @Test
    void entries_cannot_be_changed_or_deleted_by_a_slip_of_a_hand() {
        fill(3);

        assertThatThrownBy(() -> sql("UPDATE entries SET kind = 'x'")).hasMessageContaining("stays written");
        assertThatThrownBy(() -> sql("DELETE FROM entries")).hasMessageContaining("stays written");
    }

    @Test
    void an_entry_that_was_changed_on_purpose_is_found_when_it_is_read() throws Exception {
        fill(5);
        sql("DROP TRIGGER entries_stay");
        sql("UPDATE entries SET leaf = CAST(replace(CAST(leaf AS TEXT), ':2}', ':7}') AS BLOB) WHERE \"index\" = 2");

        try (Recorder recorder = open()) {
            assertThat(recorder.entries(3, 9)).hasSize(2);
            assertThatThrownBy(() -> recorder.entries(0, 9))
                    .isInstanceOf(RecordTrouble.class)
                    .hasMessageContaining("Entry 2");
        }
    }

    @Test
    void an_entry_that_was_moved_to_another_subject_is_found_when_it_is_read() throws Exception {
        fill(5);
        sql("DROP TRIGGER entries_stay");
        sql("UPDATE entries SET subject = 'b' WHERE \"index\" = 2");

        try (Recorder recorder = open()) {
            assertThatThrownBy(() -> recorder.about("b", 0)).hasMessageContaining("Entry 2");
        }
    }

    @Test
    void history_written_anew_behind_a_signed_checkpoint_is_found_at_the_start() throws Exception {
        fill(5);
        sql("DROP TRIGGER entries_stay");
        sql("UPDATE entries SET leaf = zeroblob(9), leaf_hash = zeroblob(32) WHERE \"index\" = 2");

        refuses("do not lead to the checkpoint");
    }

    @Test
    void entries_missing_behind_a_signed_checkpoint_are_found_at_the_start() throws Exception {
        fill(5);
        sql("DROP TRIGGER entries_remain");
        sql("DELETE FROM entries WHERE \"index\" = 4");
        refuses("Entry 4");
        sql("DELETE FROM entries WHERE \"index\" = 1");
        refuses("Entry 1");
        sql("DELETE FROM entries");
        refuses("Entry 0");
    }

    @Test
    void entries_that_vanish_while_the_record_is_open_stop_the_next_write() throws Exception {
        try (Recorder recorder = open()) {
            fill(5);
            recorder.append(draft("a", 5));
            sql("DROP TRIGGER entries_remain");
            sql("DELETE FROM entries WHERE \"index\" > 2");

            assertThatThrownBy(() -> recorder.append(draft("a", 6))).hasMessageContaining("has 3 entries, and had 6");
        }
    }

    @Test
    void an_erased_attachment_is_gone_and_the_record_says_why() {
        Draft draft = new Draft(
                NOON, "a", "MailReceived/1", body(1), List.of(new Draft.Attachment("m", "text/plain", new byte[99])));
        try (SqliteRecorder recorder = open()) {
            var commitment = recorder.append(draft).attachments().getFirst();
            Erasure erasure = new Erasure(commitment.hash(), "us/omar", "a password was in it");

            Entry entry = recorder.erase(erasure, NOON, "a");

            assertThat(recorder.attachment(commitment)).isEmpty();
            assertThat(Erasure.in(entry)).contains(erasure);
            assertThat(recorder.about("a", 0)).hasSize(2);
            assertThatThrownBy(() -> recorder.erase(erasure, NOON, "a")).hasMessageContaining("nothing was erased");
            assertThat(recorder.size()).isEqualTo(2);
        }
    }

    @Test
    void after_it_is_closed_every_call_says_so() {
        Recorder recorder = open();
        recorder.close();
        recorder.close();

        assertThatThrownBy(() -> recorder.append(draft("a", 1))).isInstanceOf(RecordTrouble.class);
        assertThatThrownBy(() -> recorder.about("a", 0)).isInstanceOf(RecordTrouble.class);
        assertThatThrownBy(recorder::checkpoint).isInstanceOf(RecordTrouble.class);
    }

    @Test
    void only_its_owner_can_read_the_file() throws Exception {
        try (Recorder recorder = open()) {
            recorder.append(draft("a", 1));
            try (var files = Files.list(folder)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.getPosixFilePermissions(each))
                            .as(each.toString())
                            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
                }
            }
        }
    }

    @Test
    void a_body_that_json_cannot_hold_is_refused_before_anything_is_written() {
        ObjectNode infinite = body(1).put("share", Double.POSITIVE_INFINITY);
        try (Recorder recorder = open()) {
            assertThatThrownBy(() -> recorder.append(new Draft(NOON, "a", "Applied/1", infinite, List.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/body/share");
            assertThat(recorder.size()).isZero();
        }
    }

    private SqliteRecorder open() {
        return SqliteRecorder.open(file, keys.signer());
    }

    private void fill(int entries) {
        try (Recorder recorder = open()) {
            for (int i = 0; i < entries; i++) {
                recorder.append(draft("a", i));
            }
            recorder.checkpoint();
        }
    }

    private void refuses(String why) {
        assertThatThrownBy(this::open).isInstanceOf(RecordTrouble.class).hasMessageContaining(why);
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var once = connection.createStatement()) {
            once.execute(statement);
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
