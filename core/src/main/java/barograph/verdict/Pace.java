package barograph.verdict;

/// How restless the world is that a test allows for: how often its hidden state jumps anywhere, per hour.
///
/// Changes come in company: all jump [#COMPANY] times as often from a quarter of an hour before the change to half
/// an hour after.
///
/// @param jump per hour, in usual times
/// @param controlled whether unchanged servers show the world's state
public record Pace(double jump, boolean controlled) {
    /// Four incidents a day that both sides show: few enough to find harm, enough for a bad day.
    public static final Pace SHARED = new Pace(1.0 / 6, true);
    /// With nothing unchanged to tell the world from the change, a world that often jumps would explain everything;
    /// only the rarer incidents of a day are allowed for.
    public static final Pace ALONE = new Pace(1.0 / 24, false);
    /// One group of many by itself: its backend, its realm. For the rest it follows the state of all.
    public static final Pace GROUP = new Pace(1.0 / 200, true);

    private static final double COMPANY = 3;

    double at(double hours) {
        return hours > -0.25 && hours < 0.5 ? COMPANY * jump : jump;
    }
}
