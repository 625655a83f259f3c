package barograph.watch;

import java.time.Duration;
import java.time.Instant;

/// Slices of the time before a change, the youngest first: fine ones for the last half hour, each 15% further back
/// than the one after it, then even ones of a quarter of an hour or more. So a log that began a few seconds ago is
/// cut as finely as one of a week. Immutable.
final class Ages {
    private static final double FIRST_SECONDS = 0.05;
    private static final double GROWTH = 1.15;
    private static final double FINE_SECONDS = 1800;
    private static final int FINE = (int) Math.ceil(Math.log(FINE_SECONDS / FIRST_SECONDS) / Math.log(GROWTH)) + 1;
    private static final int MOST_COARSE = 256;
    private static final double SHORTEST_COARSE_SECONDS = 900;

    private final Instant change;
    private final double coarseSeconds;
    private final int count;

    Ages(Instant from, Instant change) {
        this.change = change;
        double all = seconds(Duration.between(from, change));
        double coarse = Math.max(0, all - FINE_SECONDS);
        coarseSeconds = Math.max(SHORTEST_COARSE_SECONDS, coarse / MOST_COARSE);
        count = FINE + (int) Math.ceil(coarse / coarseSeconds);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }

    int count() {
        return count;
    }

    /// The slice that a moment lies in, or -1 for moments outside.
    int sliceAt(Instant at) {
        double age = seconds(Duration.between(at, change));
        if (age < 0) {
            return -1;
        }
        if (age >= FINE_SECONDS) {
            int coarse = (int) ((age - FINE_SECONDS) / coarseSeconds);
            return FINE + coarse < count ? FINE + coarse : -1;
        }
        if (age < FIRST_SECONDS) {
            return 0;
        }
        int slice = 1 + (int) (Math.log(age / FIRST_SECONDS) / Math.log(GROWTH));
        return Math.min(slice, FINE - 1);
    }

    /// When a slice ends, in seconds before the change.
    double end(int slice) {
        if (slice == 0) {
            return 0;
        }
        return slice <= FINE - 1
                ? FIRST_SECONDS * Math.pow(GROWTH, slice - 1)
                : FINE_SECONDS + (slice - FINE) * coarseSeconds;
    }

    /// When a slice begins, in seconds before the change.
    double begin(int slice) {
        return slice == FINE - 1 ? FINE_SECONDS : end(slice + 1);
    }
}
