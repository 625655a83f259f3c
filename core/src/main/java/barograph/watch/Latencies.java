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
    /// The shares of logins that took longer than each of the marks which tell slow from quick: the middle one, and
    /// three that ever fewer pass.
    private static final double[] MARKS = {0.5, 0.2, 0.05, 0.01};

    static final int MARK_COUNT = MARKS.length;
    /// Who passes this mark is called slow: at most 5% do in normal times.
    static final int SLOW = 2;

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

    /// What counts as slow: the latencies that at most so many logins reached as [#MARKS] says, and how many did.
    /// Immutable.
    static final class Slow {
        static final Slow UNKNOWN = new Slow(new int[MARK_COUNT], 0, new long[MARK_COUNT]);

        private final int[] marks;
        private final long units;
        private final long[] hits;

        private Slow(int[] marks, long units, long[] hits) {
            this.marks = marks;
            this.units = units;
            this.hits = hits;
        }

        /// How many logins it was learned from; 0 if unknown.
        long units() {
            return units;
        }

        /// How many marks a login reached.
        int passed(int bucket) {
            int passed = 0;
            while (passed < MARK_COUNT && bucket >= marks[passed]) {
                passed++;
            }
            return passed;
        }

        boolean known() {
            return units > 0;
        }

        /// The share of logins that pass a mark. Of n learned from, h of which did, the next one does with a chance of
        /// at most (h + 1) / (n + 1), whatever their law: it is as likely to be any of the n + 1.
        double share(int mark) {
            return known() ? (hits[mark] + 1.0) / (units + 1) : MARKS[mark];
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
        int[] marks = new int[MARK_COUNT];
        long[] hits = new long[MARK_COUNT];
        int bucket = BUCKETS;
        long reached = 0;
        for (int mark = MARK_COUNT - 1; mark >= 0; mark--) {
            while (reached + seen[bucket - 1] <= MARKS[mark] * all) {
                bucket--;
                reached += seen[bucket];
            }
            marks[mark] = bucket;
            hits[mark] = reached;
        }
        return new Slow(marks, all, hits);
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

    /// The share of all logins that lie in a bucket or below it; empty where no log tells.
    double[] quick() {
        double[] below = new double[BUCKETS];
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            below[i % BUCKETS] += counts[i];
            all += counts[i];
        }
        double sum = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sum += below[bucket];
            below[bucket] = sum / all;
        }
        return all == 0 ? new double[0] : below;
    }

    private static long sum(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
