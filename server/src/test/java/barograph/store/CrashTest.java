package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.record.Checkpoint;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.record.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other processes write to the record, and are killed while they do.
class CrashTest {
    /// More kills for a longer run: `-Dkills=1000`.
    private static final int KILLS = Integer.getInteger("kills", 12);

    private static final int UNTIL_KILLED = 1_000_000;

    @TempDir
    Path folder;

    private SiteKeys keys;

    /// What some process was told to be written: the index, and which writer's which entry.
    private final Map<Long, String> acknowledged = new HashMap<>();

    private final List<Checkpoint> checkpoints = new ArrayList<>();

    @BeforeEach
    void keys() {
        keys = SiteKeys.create(folder.resolve("keys"), "acme.example/login");
    }

    @Test
    void nothing_acknowledged_is_lost_and_every_checkpoint_stays_true_when_writers_are_killed() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = Appender.start(folder, "w" + kill, UNTIL_KILLED);
            listen(writer, random.nextInt(1, 60));
            writer.destroyForcibly().waitFor();

            check("after kill " + kill);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        assertThat(checkpoints).isNotEmpty();
    }

    @Test
    void several_processes_append_to_one_record() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writers.add(Appender.start(folder, "w" + i, 100));
        }
        for (Process writer : writers) {
            listen(writer, UNTIL_KILLED);
            assertThat(writer.waitFor()).isZero();
        }

        check("at the end");
        assertThat(acknowledged).hasSize(300);
    }

    /// The operating system refuses to let any file grow beyond some size, as a full disk does.
    @Test
    void a_full_disk_is_reported_and_leaves_a_record_that_goes_on_once_there_is_room() throws Exception {
        Process writer = Appender.start(folder, "w0", UNTIL_KILLED, "sh", "-c", "ulimit -f 6000; exec \"$@\"", "sh");
        listen(writer, UNTIL_KILLED);

        assertThat(writer.waitFor()).isNotZero();
        assertThat(Files.readString(folder.resolve("w0.err")))
                .contains("RecordTrouble: Could not write 'Note/1' about 'w0'")
                .contains("must not be done");
        check("after the disk was full");
        assertThat(acknowledged).hasSizeGreaterThan(50);
        try (SqliteRecorder recorder = open()) {
            recorder.append(Exports.draft(0, new SplittableRandom(1)));
            assertThat(recorder.size()).isGreaterThan(acknowledged.size());
        }
    }

    /// Reads what a writer says, up to so many entries or the end.
    private void listen(Process writer, int entries) throws IOException {
        BufferedReader out = writer.inputReader(StandardCharsets.UTF_8);
        int seen = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("entry")) {
                assertThat(acknowledged.put(Long.parseLong(words[1]), words[2]))
                        .as(line)
                        .isNull();
                seen++;
            } else if (words[0].equals("checkpoint")) {
                String note = line.substring("checkpoint ".length()).replace('|', '\n');
                checkpoints.add(Checkpoint.open(Note.parse(note), keys.signer().key()));
            }
            if (seen == entries) {
                return;
            }
        }
    }

    private void check(String when) {
        try (SqliteRecorder recorder = open()) {
            List<Entry> entries = recorder.entries(0, Integer.MAX_VALUE);
            acknowledged.forEach((index, what) -> {
                Entry entry = entries.get(Math.toIntExact(index));
                String found = entry.body().path("writer").asString("") + " "
                        + entry.body().path("n");
                assertThat(found).as("%s: entry %d", when, index).isEqualTo(what);
                assertThat(recorder.attachment(entry.attachments().getFirst()))
                        .as("its attachment")
                        .isPresent();
            });
            Path export = Exports.write(folder.resolve("export.zip"), Exports.export(recorder, Optional.empty()));
            assertThat(Bundle.verify(export, recorder.key(), checkpoints))
                    .as(when)
                    .isInstanceOf(Verification.Intact.class);
        }
    }

    private SqliteRecorder open() {
        return SqliteRecorder.open(folder.resolve("record.db"), keys.signer());
    }
}
