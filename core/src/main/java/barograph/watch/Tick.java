package barograph.watch;

import barograph.verdict.FailureScale.Tally;
import java.util.Arrays;

/// What was counted since the last look: units and failures, slow logins and arrivals per segment and side,
/// failures per reason and side.
final class Tick {
    private final int[] units = new int[Segments.MOST * 2];
    private final int[] hits = new int[Segments.MOST * 2];
    private final int[] timed = new int[Segments.MOST * 2];
    private final int[] slow = new int[Segments.MOST * 2];
    private final int[] arrivals = new int[Segments.MOST * 2];
    private final int[] reasons = new int[Reasons.MOST * 2];
    private int settling;

    void unit(int segment, Side side, int times) {
        units[segment * 2 + side.column] += times;
    }

    /// Units on a server that restarts: they are no evidence, but they show that people come.
    void settling(int times) {
        settling += times;
    }

    int settling() {
        return settling;
    }

    void hit(int segment, Side side, int reason, int times) {
        hits[segment * 2 + side.column] += times;
        reasons[reason * 2 + side.column] += times;
    }

    void timed(int segment, Side side, boolean isSlow, int times) {
        timed[segment * 2 + side.column] += times;
        slow[segment * 2 + side.column] += isSlow ? times : 0;
    }

    void arrival(int segment, Side side, int times) {
        arrivals[segment * 2 + side.column] += times;
    }

    Tally failed(int segment, Side side) {
        int at = segment * 2 + side.column;
        return new Tally(units[at], hits[at]);
    }

    /// All units of one side.
    Tally failed(Side side) {
        long all = 0;
        long failed = 0;
        for (int at = side.column; at < units.length; at += 2) {
            all += units[at];
            failed += hits[at];
        }
        return new Tally(all, failed);
    }

    long hitsFor(int reason, Side side) {
        return reasons[reason * 2 + side.column];
    }

    Tally slow(int segment, Side side) {
        int at = segment * 2 + side.column;
        return new Tally(timed[at], slow[at]);
    }

    long arrivals(int segment, Side side) {
        return arrivals[segment * 2 + side.column];
    }

    /// Takes over a slice of what was seen before the change.
    void fill(Ledger ledger, int slice, int segments, int reasonsKnown) {
        for (Side side : Side.values()) {
            for (int segment = 0; segment < segments; segment++) {
                int at = segment * 2 + side.column;
                units[at] = ledger.units(slice, segment, side);
                hits[at] = ledger.hits(slice, segment, side);
                arrivals[at] = ledger.arrivals(slice, segment, side);
            }
            for (int reason = 0; reason < reasonsKnown; reason++) {
                reasons[reason * 2 + side.column] = ledger.hitsFor(slice, reason, side);
            }
        }
    }

    /// Forgets all but the arrivals, which are weighed at a pace of their own.
    void clear() {
        Arrays.fill(units, 0);
        Arrays.fill(hits, 0);
        Arrays.fill(timed, 0);
        Arrays.fill(slow, 0);
        Arrays.fill(reasons, 0);
        settling = 0;
    }

    void clearArrivals() {
        Arrays.fill(arrivals, 0);
    }
}
