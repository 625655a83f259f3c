package barograph.watch;

/// How often the next try fails, too, after a unit that failed: learned before the change, segment by segment.
///
/// A segment's share is drawn toward that of all, and that toward three in ten. Evident incidents are not left out:
/// they make it larger, which only makes failing again prove less. Memory: two counts per segment.
final class Retries {
    private static final double USUAL = 0.3;
    private static final double PULL = 10;

    private final long[] tries = new long[Segments.MOST];
    private final long[] failed = new long[Segments.MOST];
    private long allTries;
    private long allFailed;

    void learn(int segment, boolean fails, int times) {
        tries[segment] += times;
        allTries += times;
        if (fails) {
            failed[segment] += times;
            allFailed += times;
        }
    }

    /// Counts to one segment what was counted to another.
    void move(int from, int to) {
        tries[to] += tries[from];
        failed[to] += failed[from];
        tries[from] = 0;
        failed[from] = 0;
    }

    /// The share of a segment's retries that fail in normal times; above 0, below 1.
    double failing(int segment) {
        double all = (allFailed + USUAL * PULL) / (allTries + PULL);
        return (failed[segment] + all * PULL) / (tries[segment] + PULL);
    }
}
