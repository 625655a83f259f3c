package barograph.verdict;

/// When an effect of the change begins: what is believed before looking.
final class Onset {
    /// Most effects begin with the change.
    private static final double AT_ONCE = 0.6;
    /// The rest begins later, evenly on a logarithmic scale from a minute to a day: caches and sessions run out.
    private static final double SOON_HOURS = 1.0 / 60;

    private static final double LATE_HOURS = 24;

    private Onset() {}

    /// The share of effects that have begun by `hours` after the change. What was seen up to the change itself is
    /// weighed before any effect can have begun.
    static double begunBy(double hours) {
        if (hours <= 0) {
            return 0;
        }
        double late = Math.log1p(hours / SOON_HOURS) / Math.log1p(LATE_HOURS / SOON_HOURS);
        return Math.min(1, AT_ONCE + (1 - AT_ONCE) * late);
    }
}
