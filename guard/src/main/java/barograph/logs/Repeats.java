package barograph.logs;

import barograph.logs.FreeRadiusLine.Verdict;
import java.time.Duration;
import java.time.Instant;

/// Remembers the last 64 refusals, as FreeRADIUS tells many of them twice for one request: first why, then that.
///
/// The two lines follow each other at once, with at most as many others between them as the server has threads (32
/// by default).
final class Repeats {
    private static final int KEPT = 64;
    private static final Duration NEAR = Duration.ofSeconds(10);

    private record Refusal(long request, boolean within, int name, Instant at) {}

    private final Refusal[] ring = new Refusal[KEPT];
    private int kept;

    /// Whether this line tells again of a request whose refusal was told before.
    boolean repeats(FreeRadiusLine line, Instant at) {
        if (line.verdict() == Verdict.OK || line.request() < 0) {
            return false;
        }
        Refusal refusal = new Refusal(line.request(), line.within(), line.name().hashCode(), at);
        for (int i = Math.max(0, kept - KEPT); line.verdict() == Verdict.INCORRECT && i < kept; i++) {
            if (same(ring[i % KEPT], refusal)) {
                return true;
            }
        }
        ring[kept % KEPT] = refusal;
        kept++;
        return false;
    }

    private static boolean same(Refusal first, Refusal second) {
        return first.request == second.request
                && first.within == second.within
                && first.name == second.name
                && !first.at.plus(NEAR).isBefore(second.at);
    }
}
