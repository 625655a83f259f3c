package barograph.watch;

import java.time.Instant;

/// What was seen before the change, in slices of time ([Ages]): units and failures, arrivals, reasons for failing,
/// per segment and side.
///
/// Lines may come in any order; two ledgers of the same time add up. Memory: slices × (segments × 2 sides × 3
/// counts + reasons × 2), below 600 kB, whatever the traffic.
final class Ledger {
    private final Ages ages;
    private final int[] units;
    private final int[] hits;
    private final int[] arrivals;
    private final int[] reasons;

    Ledger(Instant from, Instant change) {
        ages = new Ages(from, change);
        units = new int[ages.count() * Segments.MOST * 2];
        hits = new int[units.length];
        arrivals = new int[units.length];
        reasons = new int[ages.count() * Reasons.MOST * 2];
    }

    Ages ages() {
        return ages;
    }

    void unit(int slice, int segment, Side side, int times) {
        units[at(slice, segment, side)] += times;
    }

    void hit(int slice, int segment, Side side, int reason, int times) {
        hits[at(slice, segment, side)] += times;
        reasons[(slice * Reasons.MOST + reason) * 2 + side.column] += times;
    }

    void arrival(int slice, int segment, Side side, int times) {
        arrivals[at(slice, segment, side)] += times;
    }

    int units(int slice, int segment, Side side) {
        return units[at(slice, segment, side)];
    }

    int hits(int slice, int segment, Side side) {
        return hits[at(slice, segment, side)];
    }

    int arrivals(int slice, int segment, Side side) {
        return arrivals[at(slice, segment, side)];
    }

    int hitsFor(int slice, int reason, Side side) {
        return reasons[(slice * Reasons.MOST + reason) * 2 + side.column];
    }

    /// Units of a segment, on both sides, in all slices.
    long units(int segment) {
        long sum = 0;
        for (int slice = 0; slice < ages.count(); slice++) {
            sum += units(slice, segment, Side.CHANGED) + units(slice, segment, Side.UNCHANGED);
        }
        return sum;
    }

    /// Counts to one segment what was counted to another.
    void move(int from, int to) {
        for (int slice = 0; slice < ages.count(); slice++) {
            for (Side side : Side.values()) {
                move(units, at(slice, from, side), at(slice, to, side));
                move(hits, at(slice, from, side), at(slice, to, side));
                move(arrivals, at(slice, from, side), at(slice, to, side));
            }
        }
    }

    private static void move(int[] counts, int from, int to) {
        counts[to] += counts[from];
        counts[from] = 0;
    }

    /// Arrivals of all segments.
    long arrivals(int slice, Side side) {
        long sum = 0;
        for (int segment = 0; segment < Segments.MOST; segment++) {
            sum += arrivals(slice, segment, side);
        }
        return sum;
    }

    private static int at(int slice, int segment, Side side) {
        return (slice * Segments.MOST + segment) * 2 + side.column;
    }
}
