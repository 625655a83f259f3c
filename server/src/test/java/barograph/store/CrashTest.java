package barograph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.RecordTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other processes write to the record, and are killed while they do, or find the disk full.
///
/// A longer run: `-Dkills=1000`. The same moments again, as far as a machine repeats itself: `-Dseed=…`.
class CrashTest {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final int UNTIL_KILLED = 1_000_000;

    private final long seed = Long.getLong("seed", System.nanoTime() & 0xffff);
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    Path folder;

    private SiteKeys keys;
    private Acknowledged acknowledged;

    @BeforeEach
    void keys() {
        System.out.println("CrashTest -Dseed=" + seed);
        keys = SiteKeys.create(folder.resolve("keys"), "acme.example/login");
        acknowledged = new Acknowledged(keys);
    }

    @Test
    void nothing_acknowledged_is_lost_and_every_checkpoint_stays_true_when_writers_are_killed() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = Appender.start(folder, "w" + kill, UNTIL_KILLED);
            killAtSomeMoment(writer, kill % 5 == 4);

            String when = "after kill " + kill + ", -Dseed=" + seed;
            try (SqliteRecorder recorder = open()) {
                acknowledged.check(recorder, folder, when);
                append(recorder, "next", kill); // and the next kill may not lose it
            }
        }
        assertThat(acknowledged.size()).isGreaterThan(2 * KILLS);
        assertThat(acknowledged.checkpoints()).isPositive();
        System.out.println("CrashTest: " + KILLS + " writers killed, " + acknowledged.size() + " entries and "
                + acknowledged.checkpoints() + " checkpoints acknowledged, none lost");
    }

    /// While it starts and opens the record; or after some entries, at any place between two of them.
    private void killAtSomeMoment(Process writer, boolean whileItStarts) throws InterruptedException {
        if (whileItStarts) {
            writer.waitFor(random.nextInt(1_000), TimeUnit.MILLISECONDS);
        } else {
            int enough = acknowledged.size() + random.nextInt(1, 60);
            acknowledged.listen(writer, () -> acknowledged.size() >= enough);
            LockSupport.parkNanos(random.nextInt(20_000_000));
        }
        kill(writer);
        acknowledged.listen(writer, () -> false); // what it still said counts too
    }

    /// With SIGKILL. Other than [Process#destroyForcibly] it leaves what the process has said to be read.
    private static void kill(Process writer) throws InterruptedException {
        writer.toHandle().destroyForcibly();
        writer.waitFor();
    }

    @Test
    void several_processes_append_to_one_record() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writers.add(Appender.start(folder, "w" + i, 100));
        }
        for (Process writer : writers) {
            acknowledged.listen(writer, () -> false);
            assertThat(writer.waitFor()).isZero();
        }

        assertThat(acknowledged.size()).isEqualTo(300);
        try (SqliteRecorder recorder = open()) {
            acknowledged.check(recorder, folder, "at the end");
        }
    }

    @Test
    void a_writer_that_is_killed_does_not_trouble_the_one_beside_it() throws Exception {
        Process steady = Appender.start(folder, "steady", UNTIL_KILLED);
        Thread listening = Thread.startVirtualThread(() -> acknowledged.listen(steady, () -> false));

        for (int kill = 0; kill < 3; kill++) {
            killAtSomeMoment(Appender.start(folder, "w" + kill, UNTIL_KILLED), false);
            assertThat(steady.isAlive()).as("-Dseed=" + seed).isTrue();
        }
        int enough = acknowledged.size() + 10;
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (acknowledged.size() < enough && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(acknowledged.size()).as("it writes on, -Dseed=" + seed).isGreaterThanOrEqualTo(enough);
        kill(steady);
        listening.join();

        try (SqliteRecorder recorder = open()) {
            acknowledged.check(recorder, folder, "at the end, -Dseed=" + seed);
        }
    }

    /// The operating system refuses to let any file grow beyond some size, as a full disk does.
    @Test
    void files_that_may_not_grow_are_reported_and_leave_a_record_that_goes_on_once_they_may() throws Exception {
        Process writer = Appender.start(folder, "w0", UNTIL_KILLED, "sh", "-c", "ulimit -f 6000; exec \"$@\"", "sh");
        acknowledged.listen(writer, () -> false);

        assertThat(writer.waitFor()).isNotZero();
        assertThat(Files.readString(folder.resolve("w0.err")))
                .contains("RecordTrouble: Could not write 'Note/1' about 'w0'")
                .contains("must not be done");
        assertThat(acknowledged.size()).isGreaterThan(50);
        try (SqliteRecorder recorder = open()) {
            append(recorder, "next", 0);
            acknowledged.check(recorder, folder, "when there is room again");
        }
    }

    @Test
    void a_full_disk_refuses_entries_loses_none_and_takes_them_again_once_there_is_room() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        mount(disk);
        try (SqliteRecorder recorder = SqliteRecorder.open(disk.resolve("record.db"), keys.signer())) {
            append(recorder, "w", 0);
            Path filler = disk.resolve("filler");
            fill(filler);
            int refused = appendUntilRefused(recorder);
            acknowledged.check(recorder, folder, "on the full disk");
            assertThat(recorder.size()).isEqualTo(acknowledged.size());

            assertThat(appendUntilRefused(recorder)).isLessThanOrEqualTo(refused);
            try (SqliteRecorder another = SqliteRecorder.open(disk.resolve("record.db"), keys.signer())) {
                acknowledged.check(another, folder, "opened on the full disk");
            }

            Files.delete(filler);
            append(recorder, "again", 0);
            acknowledged.check(recorder, folder, "when there is room again");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private int appendUntilRefused(SqliteRecorder recorder) {
        for (int i = 0; i < UNTIL_KILLED; i++) {
            try {
                append(recorder, "w", i);
                if (i % 5 == 4) {
                    acknowledged.checkpoint(recorder.checkpoint());
                }
            } catch (RecordTrouble trouble) {
                assertThat(trouble).hasMessageContaining("full").hasMessageContaining("must not be done");
                return i;
            }
        }
        return fail("the disk never got full");
    }

    private void append(SqliteRecorder recorder, String writer, int i) {
        Entry entry = recorder.append(Appender.draft(writer, i));
        acknowledged.entry(entry.index(), Digest.of(entry.leaf()));
    }

    private static void mount(Path disk) throws IOException {
        try {
            run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        } catch (IOException e) {
            if ("1".equals(System.getenv("BAROGRAPH_ALL_SERVERS"))) {
                throw e;
            }
            abort("SKIPPED, this promise is not tested here: a tmpfs cannot be mounted: " + e.getMessage());
        }
    }

    /// Leaves 256 KiB.
    private static void fill(Path filler) throws IOException {
        long room = Files.getFileStore(filler.resolveSibling(".")).getUsableSpace() - (256 << 10);
        Files.write(filler, new byte[Math.toIntExact(room)]);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + words);
        }
    }

    private SqliteRecorder open() {
        return SqliteRecorder.open(folder.resolve("record.db"), keys.signer());
    }
}
