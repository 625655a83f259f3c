package barograph.watch;

import barograph.verdict.FailureScale.Tally;
import java.util.Arrays;

/// What was counted since the last look: units and failures, retries, slow logins and arrivals per segment and side,
/// failures per reason and side.
final class Tick {
    private final int[] units = new int[Segments.MOST * 2];
    private final int[] hits = new int[Segments.MOST * 2];
    private final int[] retries = new int[Segments.MOST * 2];
    private final int[] retriesFailed = new int[Segments.MOST * 2];
    private final int[] timed = new int[Segments.MOST * 2];
    private final int[] passed = new int[Segments.MOST * 2 * Latencies.MARK_COUNT];
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

    void retry(int segment, Side side, boolean fails, int times) {
        int at = segment * 2 + side.column;
        retries[at] += times;
        retriesFailed[at] += fails ? times : 0;
    }

    /// Next tries after units that failed, and how many of them failed, too.
    Tally retried(int segment, Side side) {
        int at = segment * 2 + side.column;
        return new Tally(retries[at], retriesFailed[at]);
    }

    /// @param marks how many marks the logins passed
    void timed(int segment, Side side, int marks, int times) {
        int at = segment * 2 + side.column;
        timed[at] += times;
        for (int mark = 0; mark < marks; mark++) {
            passed[at * Latencies.MARK_COUNT + mark] += times;
        }
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

    /// Accepted logins, and how many of them were slow.
    Tally slow(int segment, Side side) {
        return new Tally(timed[segment * 2 + side.column], passed(segment, side, Latencies.SLOW));
    }

    /// Logins that passed the mark before this one, and how many of them passed this one, too.
    Tally further(int segment, Side side, int mark) {
        long before = mark == 0 ? timed[segment * 2 + side.column] : passed(segment, side, mark - 1);
        return new Tally(before, passed(segment, side, mark));
    }

    private int passed(int segment, Side side, int mark) {
        return passed[(segment * 2 + side.column) * Latencies.MARK_COUNT + mark];
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
        Arrays.fill(retries, 0);
        Arrays.fill(retriesFailed, 0);
        Arrays.fill(timed, 0);
        Arrays.fill(passed, 0);
        Arrays.fill(reasons, 0);
        settling = 0;
    }

    void clearArrivals() {
        Arrays.fill(arrivals, 0);
    }
}
