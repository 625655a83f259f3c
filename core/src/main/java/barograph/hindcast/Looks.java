package barograph.hindcast;

import java.time.Duration;

/// How often old logins are looked at: after each login, but no more often than a thousandth of the time since the
/// change, so that a break under 2,000 logins a second is timed to the millisecond and a watch of a week costs no
/// more looks than a live one.
///
/// Between 1 ms and a second within the first day, more coarsely after that: some hundred thousand looks at most for
/// a week. Looking often costs no validity, for the verdict's evidence may be looked at at any time. Where no login
/// comes, the silence itself is looked at.
final class Looks {
    /// A silence is looked at as often as that, once it is clear that no login comes.
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final int PAUSES = 20;

    private static final long FINEST_MILLIS = 1;
    private static final long LIVE_MILLIS = 1_000;
    private static final long PART = 1_000;
    private static final long PART_OF_DAYS = 100_000;

    private Looks() {}

    /// The least time between two looks, so long after the change.
    static Duration pause(Duration age) {
        long millis = age.toMillis();
        long fine = Math.clamp(millis / PART, FINEST_MILLIS, LIVE_MILLIS);
        return Duration.ofMillis(Math.max(fine, millis / PART_OF_DAYS));
    }

    /// After so long without a login the silence itself is looked at: a fiftieth of the time since the change, at most
    /// [#IDLE] but for watches of many days.
    static Duration idle(Duration age) {
        Duration pause = pause(age);
        Duration often = pause.multipliedBy(PAUSES);
        Duration seldom = pause.multipliedBy(2);
        Duration idle = often.compareTo(IDLE) < 0 ? often : IDLE;
        return idle.compareTo(seldom) > 0 ? idle : seldom;
    }
}
