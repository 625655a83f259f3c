package barograph.watch;

import java.time.Duration;
import java.time.Instant;

/// What was seen before the change, in slices of time: first those that tell what is normal, then a warm-up that
/// tells in which state the world is when the change comes.
///
/// Lines may come in any order. Memory: [#SLICES] × segments × 2 sides × 3 counts, about 150 kB, whatever the
/// traffic.
final class Ledger {
    static final int LEARNING = 64;
    static final int WARMING = 32;
    static final int SLICES = LEARNING + WARMING;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(15);

    private final Instant start;
    private final Duration learning;
    private final Duration warming;
    private final int[] units = new int[SLICES * Segments.MOST * 2];
    private final int[] hits = new int[SLICES * Segments.MOST * 2];
    private final int[] arrivals = new int[SLICES * Segments.MOST * 2];
    private final int[] reasons = new int[SLICES * Reasons.MOST * 2];

    Ledger(Instant start, Instant change) {
        this.start = start;
        Duration all = Duration.between(start, change);
        Duration quarter = all.dividedBy(4);
        warming = quarter.compareTo(LONGEST_WARM_UP) < 0 ? quarter : LONGEST_WARM_UP;
        learning = all.minus(warming);
    }

    /// The slice that a moment lies in, or -1 for moments outside.
    int sliceAt(Instant at) {
        long millis = Duration.between(start, at).toMillis();
        if (millis < 0) {
            return -1;
        }
        if (millis < learning.toMillis()) {
            return (int) (millis * LEARNING / learning.toMillis());
        }
        long warm = millis - learning.toMillis();
        return warm < warming.toMillis() ? LEARNING + (int) (warm * WARMING / warming.toMillis()) : -1;
    }

    /// How long before the change a slice ends, in hours.
    double hoursBeforeChange(int slice) {
        if (slice < LEARNING) {
            return hours(warming) + hours(learning) * (LEARNING - 1 - slice) / LEARNING;
        }
        return hours(warming) * (SLICES - 1 - slice) / WARMING;
    }

    double hours(int slice) {
        return slice < LEARNING ? hours(learning) / LEARNING : hours(warming) / WARMING;
    }

    /// When a slice was, as the interval of arrivals that it holds.
    Timetable.Span span(int slice) {
        Duration before = Duration.ofMillis(Math.round(hoursBeforeChange(slice) * 3_600_000));
        Duration length = Duration.ofMillis(Math.round(hours(slice) * 3_600_000));
        Instant to = start.plus(learning).plus(warming).minus(before);
        return new Timetable.Span(to.minus(length), to, 1, 1);
    }

    private static double hours(Duration span) {
        return span.toMillis() / 3_600_000.0;
    }

    void unit(int slice, int segment, Side side) {
        units[at(slice, segment, side)]++;
    }

    void hit(int slice, int segment, Side side, int reason) {
        hits[at(slice, segment, side)]++;
        reasons[(slice * Reasons.MOST + reason) * 2 + side.column]++;
    }

    void arrival(int slice, int segment, Side side) {
        arrivals[at(slice, segment, side)]++;
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

    private static int at(int slice, int segment, Side side) {
        return (slice * Segments.MOST + segment) * 2 + side.column;
    }
}
