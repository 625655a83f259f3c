package barograph.watch;

/// Which part of the time before a change is learned from, and which part is kept as a warm-up.
///
/// Each side's logs reach back to where its first arrivals are; a single old line does not count as a log. The last
/// quarter, but at most the last quarter of an hour, is the warm-up: it tells in which state the world is when the
/// change comes. Times are in seconds before the change. Immutable.
final class Coverage {
    private static final double LONGEST_WARM_UP = 900;
    private static final double STRAY = 0.02;

    private final Ages ages;
    private final double[] reach = new double[2];
    private final double warmUp;

    Coverage(Ledger ledger) {
        ages = ledger.ages();
        for (Side side : Side.values()) {
            reach[side.column] = reach(ledger, side);
        }
        warmUp = Math.min(LONGEST_WARM_UP, longest() / 4);
    }

    private static double reach(Ledger ledger, Side side) {
        int slices = ledger.ages().count();
        long all = 0;
        for (int slice = 0; slice < slices; slice++) {
            all += ledger.arrivals(slice, side);
        }
        long older = 0;
        for (int slice = slices - 1; slice >= 0; slice--) {
            older += ledger.arrivals(slice, side);
            if (older > STRAY * all) {
                return ledger.ages().begin(slice);
            }
        }
        return 0;
    }

    Ages ages() {
        return ages;
    }

    /// How far back the longer of both sides' logs reaches.
    double longest() {
        return Math.max(reach[0], reach[1]);
    }

    /// Whether a slice is learned from, rather than warmed up with.
    boolean learned(int slice) {
        return ages.begin(slice) > warmUp;
    }

    /// For how many hours of a slice a side's logs were there.
    double hours(int slice, Side side) {
        double begin = Math.min(ages.begin(slice), reach[side.column]);
        return Math.max(0, begin - ages.end(slice)) / 3600;
    }
}
