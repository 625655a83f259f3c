package barograph.verdict;

/// How restless the world is that a test allows for: how often its hidden state jumps anywhere.
///
/// Changes come in company: all jump [#COMPANY] times as often from a quarter of an hour before the change to half
/// an hour after, and an incident may begin with the change itself.
///
/// @param jump per hour, in usual times
/// @param atChange the chance that it jumps with the change
/// @param controlled whether unchanged servers show the world's state
public record Pace(double jump, double atChange, boolean controlled) {
    /// Four incidents a day that both sides show: few enough to find harm, enough for a bad day.
    public static final Pace SHARED = new Pace(1.0 / 6, 0.15, true);
    /// With nothing unchanged to tell the world from the change, a world that often jumps would explain everything;
    /// only the rarer incidents of a day are allowed for, and none that begins with the change.
    public static final Pace ALONE = new Pace(1.0 / 24, 0, false);
    /// One group of many by itself: its backend, its realm. For the rest it follows the state of all.
    public static final Pace GROUP = new Pace(1.0 / 50, 0.003, true);
    /// A group of which nobody comes to the unchanged servers: what befalls it alone may be anything's doing.
    public static final Pace LONE_GROUP = new Pace(1.0 / 6, 0.05, true);

    private static final double COMPANY = 8;

    /// The chance of a jump in a step of time.
    ///
    /// @param from when it begins, in hours since the change
    /// @param hours how long it is; short
    double chance(double from, double hours) {
        boolean near = from + hours > -0.25 && from < 0.5;
        boolean over = from <= 0 && from + hours > 0;
        return (near ? COMPANY : 1) * jump * hours + (over ? atChange : 0);
    }
}
