package barograph.watch;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Draws the [Drum] while the watch goes on. Holds two counts per server and bucket, at most [Drum#MOST_BUCKETS]
/// buckets.
final class DrumPen {
    private final Instant start;
    private final WatchPlan plan;
    private final Map<ServerId, int[]> accepted = new TreeMap<>();
    private final Map<ServerId, int[]> failed = new TreeMap<>();
    private final double[] needle = new double[Drum.MOST_BUCKETS];
    private long bucketMillis = 100;
    private int used;

    /// Draws from one `bake` before the change on, so that the change lies in the picture.
    DrumPen(WatchPlan plan) {
        this.plan = plan;
        Instant bakeBefore = plan.at().minus(plan.rules().bake());
        start = bakeBefore.isBefore(plan.learnFrom()) ? plan.learnFrom() : bakeBefore;
        plan.changed().keySet().forEach(this::track);
        plan.unchanged().forEach(this::track);
    }

    private void track(ServerId server) {
        accepted.put(server, new int[Drum.MOST_BUCKETS]);
        failed.put(server, new int[Drum.MOST_BUCKETS]);
    }

    void login(Piece piece, int times) {
        int[] counts = (piece.accepted() ? accepted : failed).get(piece.server());
        if (counts != null && !piece.at().isBefore(start)) {
            counts[bucket(piece.at())] += times;
        }
    }

    /// @param share how far the strongest evidence is on its way to its threshold
    void needle(Instant at, double share) {
        if (!at.isBefore(start)) {
            int bucket = bucket(at);
            needle[bucket] = Math.max(needle[bucket], share);
        }
    }

    private int bucket(Instant at) {
        long millis = Duration.between(start, at).toMillis();
        while (millis / bucketMillis >= Drum.MOST_BUCKETS) {
            halve();
        }
        int bucket = (int) (millis / bucketMillis);
        used = Math.max(used, bucket + 1);
        return bucket;
    }

    private void halve() {
        bucketMillis *= 2;
        used = (used + 1) / 2;
        accepted.values().forEach(DrumPen::addPairs);
        failed.values().forEach(DrumPen::addPairs);
        for (int i = 0; i < needle.length / 2; i++) {
            needle[i] = Math.max(needle[2 * i], needle[2 * i + 1]);
        }
        Arrays.fill(needle, needle.length / 2, needle.length, 0);
    }

    private static void addPairs(int[] counts) {
        for (int i = 0; i < counts.length / 2; i++) {
            counts[i] = counts[2 * i] + counts[2 * i + 1];
        }
        Arrays.fill(counts, counts.length / 2, counts.length, 0);
    }

    Drum drum() {
        List<Drum.Track> tracks = new ArrayList<>();
        for (boolean changed : new boolean[] {true, false}) {
            for (ServerId server : accepted.keySet()) {
                if (plan.changed().containsKey(server) == changed) {
                    tracks.add(new Drum.Track(server, changed, told(accepted, server), told(failed, server)));
                }
            }
        }
        List<Double> shares = Arrays.stream(needle, 0, used).boxed().toList();
        return new Drum(start, Duration.ofMillis(bucketMillis), tracks, shares);
    }

    private List<Integer> told(Map<ServerId, int[]> counts, ServerId server) {
        return Arrays.stream(counts.getOrDefault(server, new int[used]), 0, used)
                .boxed()
                .toList();
    }
}
