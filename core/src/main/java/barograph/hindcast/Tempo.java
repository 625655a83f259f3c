package barograph.hindcast;

import barograph.login.Login;
import barograph.site.ServerId;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How long accepted logins took on changed and on unchanged servers, as time went by.
///
/// A histogram per span of time and side, its buckets 10% apart. The spans begin at a tenth of a second and double
/// when there are more than [#MOST_SPANS]: at most 400 kB, however long it goes on. Single-threaded.
public final class Tempo {
    private static final int MOST_SPANS = 400;
    private static final int BUCKETS = 128;
    private static final double STEP = Math.log(1.1);
    private static final int FEWEST = 3;

    private final WatchPlan plan;
    private final Instant start;
    private final int[][] counts = new int[2][MOST_SPANS * BUCKETS];
    private long spanMillis = 100;

    Tempo(WatchPlan plan) {
        this.plan = plan;
        Instant before = plan.at().minus(plan.rules().bake());
        start = before.isBefore(plan.learnFrom()) ? plan.learnFrom() : before;
    }

    void add(Login login) {
        int side = side(login.server());
        if (side < 0
                || !login.outcome().accepted()
                || !login.latency().isPositive()
                || login.at().isBefore(start)) {
            return;
        }
        double millis = Math.max(1, login.latency().toNanos() / 1e6);
        int bucket = (int) Math.min(BUCKETS - 1.0, Math.log(millis) / STEP);
        counts[side][span(login.at()) * BUCKETS + bucket]++;
    }

    private int side(ServerId server) {
        if (plan.changed().containsKey(server)) {
            return 0;
        }
        return plan.unchanged().contains(server) ? 1 : -1;
    }

    private int span(Instant at) {
        long millis = Duration.between(start, at).toMillis();
        while (millis / spanMillis >= MOST_SPANS) {
            spanMillis *= 2;
            for (int[] side : counts) {
                addPairs(side);
            }
        }
        return (int) (millis / spanMillis);
    }

    private static void addPairs(int[] side) {
        for (int i = 0; i < MOST_SPANS / 2; i++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                side[i * BUCKETS + bucket] = side[2 * i * BUCKETS + bucket] + side[(2 * i + 1) * BUCKETS + bucket];
            }
        }
        Arrays.fill(side, MOST_SPANS / 2 * BUCKETS, side.length, 0);
    }

    /// How long the middle one of the accepted logins took that ended between two moments, in milliseconds; to about
    /// 5%. Empty where fewer than three are known.
    public OptionalDouble medianMillis(boolean changed, Instant from, Instant to) {
        int[] side = counts[changed ? 0 : 1];
        long first = Math.max(0, Duration.between(start, from).toMillis() / spanMillis);
        long last =
                Math.min(MOST_SPANS, Math.ceilDiv(Duration.between(start, to).toMillis(), spanMillis));
        long[] sums = new long[BUCKETS];
        long all = 0;
        for (long span = first; span < last; span++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                sums[bucket] += side[(int) span * BUCKETS + bucket];
                all += side[(int) span * BUCKETS + bucket];
            }
        }
        if (all < FEWEST) {
            return OptionalDouble.empty();
        }
        int bucket = 0;
        for (long below = sums[0]; below * 2 < all; below += sums[bucket]) {
            bucket++;
        }
        return OptionalDouble.of(Math.exp((bucket + 0.5) * STEP));
    }
}
