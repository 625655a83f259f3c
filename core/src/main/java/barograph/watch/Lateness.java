package barograph.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How late the logs tell of a login: so long an absence of lines says nothing of people.
///
/// Learned from what is read since the change. A line that shows only after a look at which it could have shown was
/// late by the time between. As long as few lines have come, nothing is known: each one that comes shortens the
/// wait, as each success does in Laplace's rule of succession. Logs that tell time in whole seconds are late by one.
/// Single-threaded.
final class Lateness {
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration WHOLE_SECOND = Duration.ofSeconds(1);
    /// A minute of lateness is forgotten in twenty.
    private static final int FORGETS = 20;

    private final Duration unknown;
    private final boolean controlled;
    private final long[] shown = new long[2];
    private Duration seen = Duration.ZERO;
    private boolean fine;

    /// @param unknown how late a log may be of which nothing is known
    /// @param controlled whether there are unchanged servers
    Lateness(Duration unknown, boolean controlled) {
        this.unknown = unknown;
        this.controlled = controlled;
    }

    /// Takes in the time of a line that was not there yet at the last look.
    void read(Side side, Instant at, Instant lastLook) {
        shown[side.column]++;
        fine |= !at.truncatedTo(ChronoUnit.SECONDS).equals(at);
        Duration late = Duration.between(at, lastLook);
        if (late.compareTo(seen) > 0) {
            seen = late.compareTo(MOST) < 0 ? late : MOST;
        }
    }

    void pass(Duration time) {
        Duration left = seen.minus(time.dividedBy(FORGETS));
        seen = left.isNegative() ? Duration.ZERO : left;
    }

    /// After this time all lines are there: twice what was seen, but never more than `unknown` beyond it, for a line
    /// may come later than any before.
    Duration most() {
        Duration known = !fine && seen.compareTo(WHOLE_SECOND) < 0 ? WHOLE_SECOND : seen;
        long lines = controlled ? Math.min(shown[0], shown[1]) : shown[Side.CHANGED.column];
        Duration doubt = unknown.dividedBy(1 + lines);
        Duration spare = known.compareTo(unknown) < 0 ? known : unknown;
        return known.plus(doubt.compareTo(spare) > 0 ? doubt : spare);
    }
}
