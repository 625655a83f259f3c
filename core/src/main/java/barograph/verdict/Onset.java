package barograph.verdict;

/// When an effect of the change begins, and how restless the world is around a change: what is believed before looking.
final class Onset {
    /// Most effects begin with the change.
    private static final double AT_ONCE = 0.6;
    /// The rest begins later, evenly on a logarithmic scale from a minute to a day: caches and sessions run out.
    private static final double SOON_HOURS = 1.0 / 60;

    private static final double LATE_HOURS = 24;

    private Onset() {}

    /// The share of effects that have begun by `hours` after the change.
    static double givenBy(double hours) {
        if (hours <= 0) {
            return 0;
        }
        double late = Math.log1p(hours / SOON_HOURS) / Math.log1p(LATE_HOURS / SOON_HOURS);
        return Math.min(1, AT_ONCE + (1 - AT_ONCE) * late);
    }

    /// How often the world jumps, per hour. Changes come in company: three times as often from a quarter of an hour
    /// before to half an hour after. With nothing unchanged to tell the world from the change, a world that often
    /// jumps would explain everything; there only the rarer incidents of a day are allowed for.
    static double jumps(double hours, boolean controlled) {
        double usual = controlled ? 1.0 / 6 : 1.0 / 24;
        return hours > -0.25 && hours < 0.5 ? 3 * usual : usual;
    }
}
