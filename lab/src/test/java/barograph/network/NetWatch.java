package barograph.network;

import static org.junit.jupiter.api.Assertions.fail;

import barograph.record.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Looks at a host's folder all the time while something is done to its network, and says when the old files were back
/// for good. All times are hundredths of a second since the host's boot, as the guard counts them.
final class NetWatch {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final NetHost host;
    private final String change;
    private final Digest old;
    private final long lease;
    private long lastOther = -1;
    private long back = -1;

    /// @param lease in hundredths of a second
    NetWatch(NetHost host, String change, Digest old, long lease) {
        this.host = host;
        this.change = change;
        this.old = old;
        this.lease = lease;
    }

    /// What became of the change on the host.
    ///
    /// @param afterRenewal from the last renewal to the old files being back; none where they were never gone
    /// @param afterBoot the same from the host's boot
    /// @param journal the guard's own: its state, why, and its answer
    record Outcome(OptionalLong afterRenewal, OptionalLong afterBoot, List<String> journal) {
        boolean rolledBack() {
            return journal.getFirst().equals("ROLLED_BACK");
        }
    }

    static long uptime() throws IOException {
        return uptime(Path.of("/proc/uptime"));
    }

    /// @param file what `/proc/uptime` said
    static long uptime(Path file) throws IOException {
        String text = Files.readString(file);
        return Long.parseLong(text.substring(0, text.indexOf(' ')).replace(".", ""));
    }

    /// Returns when the change is rolled back, or was never applied and no order can be on its way any more.
    ///
    /// @param struck whether the fault has happened, and when: from then on the old files must come back
    Outcome watch(LongSupplier struck) {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < PATIENCE.toNanos()) {
                look();
                List<String> journal = journal();
                long at = struck.getAsLong();
                boolean rolledBack = at >= 0 && journal.getFirst().equals("ROLLED_BACK");
                boolean untouched = at >= 0
                        && uptime() > at + lease + 500
                        && List.of("NONE", "SNAPPED").contains(journal.getFirst());
                if (back >= lastOther && (rolledBack || untouched)) {
                    return outcome(journal);
                }
                LockSupport.parkNanos(30_000_000);
            }
            return fail("the old files are not back on " + host.root() + ": " + journal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(List<String> journal) throws IOException {
        Path file = host.change(change).resolve("lease");
        if (lastOther < 0 || !Files.exists(file)) {
            return new Outcome(OptionalLong.empty(), OptionalLong.empty(), journal);
        }
        long renewed = Long.parseLong(Files.readString(file).strip().split(" ", -1)[1]) - lease;
        return new Outcome(OptionalLong.of(back - renewed), OptionalLong.of(back - host.booted()), journal);
    }

    private void look() throws IOException {
        boolean same;
        try {
            same = host.glance().equals(old);
        } catch (UncheckedIOException | NoSuchFileException e) {
            same = false; // a file moved away while it was looked at
        }
        long now = uptime();
        if (!same) {
            lastOther = now;
        } else if (back <= lastOther) {
            back = now;
        }
    }

    private List<String> journal() throws IOException {
        Path journal = host.change(change).resolve("journal");
        try {
            return Files.readAllLines(journal);
        } catch (NoSuchFileException e) {
            return List.of("NONE", "", "");
        }
    }
}
