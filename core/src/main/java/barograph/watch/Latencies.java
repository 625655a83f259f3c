package barograph.watch;

import java.time.Duration;
import java.util.function.IntPredicate;

/// How long accepted logins took before the change, per segment and side: a histogram with buckets 10% apart from 1
/// ms to 4 min. Memory: 64 kB.
final class Latencies {
    /// Where the log does not tell how long a login took.
    static final int UNTOLD = -1;

    private static final int BUCKETS = 128;
    private static final double STEP = Math.log(1.1);
    private static final double SLOW_SHARE = 0.05;
    /// With fewer, the slowest of them says little about the next.
    private static final int ENOUGH = 20;

    private final int[] counts = new int[Segments.MOST * 2 * BUCKETS];

    /// @param bucket as [#bucket] tells it, not [#UNTOLD]
    void add(int segment, Side side, int bucket, int times) {
        counts[(segment * 2 + side.column) * BUCKETS + bucket] += times;
    }

    /// Counts to one segment what was counted to another.
    void move(int from, int to) {
        for (int i = 0; i < 2 * BUCKETS; i++) {
            counts[to * 2 * BUCKETS + i] += counts[from * 2 * BUCKETS + i];
            counts[from * 2 * BUCKETS + i] = 0;
        }
    }

    static int bucket(Duration latency) {
        if (!latency.isPositive()) {
            return UNTOLD;
        }
        double millis = Math.max(1, latency.toNanos() / 1e6);
        return (int) Math.min(BUCKETS - 1, Math.log(millis) / STEP);
    }

    /// What counts as slow: the latency that at most 5% of logins reached, and the share that did.
    ///
    /// @param units logins that it was learned from
    record Slow(int fromBucket, long units, long hits) {
        static final Slow UNKNOWN = new Slow(BUCKETS, 0, 0);

        boolean is(int bucket) {
            return bucket >= fromBucket;
        }

        boolean known() {
            return fromBucket < BUCKETS;
        }
    }

    /// What counts as slow in a segment on one side; where too few were seen there, in the segment; where too few were
    /// seen even there, in those that are alike.
    Slow slow(int segment, Side side, IntPredicate alike) {
        int[] seen = counts(segment, side);
        if (sum(seen) < ENOUGH) {
            add(seen, segment, side.other());
        }
        for (int other = 0; sum(seen) < ENOUGH && other < Segments.MOST; other++) {
            if (other != segment && alike.test(other)) {
                add(seen, other, side);
                add(seen, other, side.other());
            }
        }
        long all = sum(seen);
        if (all < ENOUGH) {
            return Slow.UNKNOWN;
        }
        int bucket = BUCKETS;
        long hits = 0;
        while (hits + seen[bucket - 1] <= SLOW_SHARE * all) {
            bucket--;
            hits += seen[bucket];
        }
        return new Slow(bucket, all, hits);
    }

    private void add(int[] sum, int segment, Side side) {
        int[] more = counts(segment, side);
        for (int i = 0; i < BUCKETS; i++) {
            sum[i] += more[i];
        }
    }

    private int[] counts(int segment, Side side) {
        int from = (segment * 2 + side.column) * BUCKETS;
        return java.util.Arrays.copyOfRange(counts, from, from + BUCKETS);
    }

    private static long sum(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
