package barograph.dossier;

import barograph.site.ServerId;
import barograph.watch.Drum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Traces of logins, made up from one seed.
final class Drums {
    private static final Duration BUCKET = Duration.ofMillis(400);
    private static final Duration BEFORE = Duration.ofSeconds(30);

    private Drums() {}

    /// Before the change all is well; then nearly all fail on the first server for a few seconds, and it is well again.
    static Drum harm(Instant applied, Instant end, ServerId changed, ServerId... unchanged) {
        Instant begin = applied.minus(BEFORE);
        int buckets = Math.toIntExact(Duration.between(begin, end).dividedBy(BUCKET));
        int from = Math.toIntExact(BEFORE.dividedBy(BUCKET));
        int to = from + 15;
        List<Double> needle = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            double progress = Math.clamp((i - from - 4) / 7.0, 0, 1);
            needle.add(i < from ? 0.02 : i >= to ? 1 : Math.min(1, progress * progress + 0.02));
        }
        return drum(begin, needle, from, to, changed, unchanged);
    }

    /// Nothing happens at all.
    static Drum calm(Instant applied, Instant end, ServerId changed, ServerId... unchanged) {
        Instant begin = applied.minus(BEFORE);
        int buckets = Math.toIntExact(Duration.between(begin, end).dividedBy(BUCKET));
        List<Double> needle = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            needle.add(i * BUCKET.toMillis() < BEFORE.toMillis() ? 0 : 0.03 + 0.05 * Math.abs(Math.sin(i / 9.0)));
        }
        return drum(begin, needle, buckets, buckets, changed, unchanged);
    }

    private static Drum drum(
            Instant begin, List<Double> needle, int from, int to, ServerId changed, ServerId... unchanged) {
        Random random = new Random(7);
        List<Drum.Track> tracks = new ArrayList<>();
        tracks.add(track(random, changed, true, needle.size(), from, to));
        for (ServerId server : unchanged) {
            tracks.add(track(random, server, false, needle.size(), needle.size(), needle.size()));
        }
        return new Drum(begin, BUCKET, tracks, needle);
    }

    private static Drum.Track track(Random random, ServerId server, boolean changed, int buckets, int from, int to) {
        List<Integer> accepted = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            int logins = 1 + random.nextInt(4) + (int) Math.round(Math.sin(i / 20.0));
            boolean broken = i >= from && i < to;
            int fails = broken ? Math.max(0, logins - random.nextInt(2)) : random.nextInt(50) == 0 ? 1 : 0;
            failed.add(fails);
            accepted.add(Math.max(0, logins - fails));
        }
        return new Drum.Track(server, changed, accepted, failed);
    }
}
