package barograph.world;

import java.util.Locale;

/// What the change does to logins on the changed servers.
public enum Effect {
    NONE,
    /// All fail.
    OUTAGE,
    /// One person in twenty fails, always the same ones.
    PARTIAL,
    /// One group fails.
    GROUP,
    /// All groups of one method fail.
    METHOD,
    /// Nobody arrives any more.
    SILENCE,
    /// The same, and six clients of ten turn to an unchanged server.
    FAIL_OVER,
    /// Logins take four times as long; none fails.
    LATENCY,
    /// Logins take twice as long, and three in a hundred time out.
    DEGRADED,
    /// Each person fails once a cached session has ended, after a quarter of the watch on average.
    RAMP,
    /// All fail, for two fifths of the time, on and off.
    FLAP,
    /// All fail, but only from a quarter of the watch on.
    LATE;

    static final double PARTLY = 0.05;
    static final double TIMED_OUT = 0.03;
    static final double TURN_ELSEWHERE = 0.6;
    private static final double LONGEST_FLAP = 600;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The new configuration works from the end of the restart on.
    ///
    /// @return seconds after the change
    double onset(Setup setup) {
        return Setup.SETTLE + (this == LATE ? setup.after() / 4 : 0);
    }

    boolean silent() {
        return this == SILENCE || this == FAIL_OVER;
    }

    /// By how much a login takes longer.
    double slower() {
        return switch (this) {
            case LATENCY -> 4;
            case DEGRADED -> 2;
            case NONE, OUTAGE, PARTIAL, GROUP, METHOD, SILENCE, FAIL_OVER, RAMP, FLAP, LATE -> 1;
        };
    }

    /// @param since seconds since the onset
    static boolean flaps(double since, Setup setup) {
        double period = Math.min(LONGEST_FLAP, setup.after() / 5);
        return since % period < 0.4 * period;
    }

    /// How long a cached session lives, on average, in seconds.
    static double life(Setup setup) {
        return setup.after() / 4;
    }
}
