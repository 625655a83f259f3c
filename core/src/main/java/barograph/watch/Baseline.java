package barograph.watch;

import barograph.verdict.FailureTest.Base;
import java.util.Arrays;

/// What is normal: learned from the [Ledger], without its evident incidents.
///
/// The share that fails is shrunk in steps, from all to the segment to the segment on one side: `(x + a) / (n + a /
/// parent)` with a = 2, then 4, so that a segment of three people is not taken at its word.
final class Baseline {
    private static final double FIRST_PULL = 2;
    private static final double SECOND_PULL = 4;
    private static final double LEAST = 1e-4;
    /// With fewer units than this, those of the warm-up are learned from too.
    private static final int FEW = 200;

    private final long[] units = new long[Segments.MOST * 2];
    private final long[] hits = new long[Segments.MOST * 2];
    private final long[] arrivals = new long[Segments.MOST * 2];
    private final long[] reasons = new long[Reasons.MOST * 2];
    private final Latencies latencies;
    private double hours;

    /// What is known before anything was seen.
    static final Baseline NOTHING = new Baseline(new Latencies());

    private Baseline(Latencies latencies) {
        this.latencies = latencies;
    }

    static Baseline of(Ledger ledger, Latencies latencies) {
        Baseline baseline = new Baseline(latencies);
        boolean[] incident = incidents(ledger);
        for (int slice = 0; slice < Ledger.LEARNING; slice++) {
            if (!incident[slice]) {
                baseline.take(ledger, slice);
            }
        }
        for (int slice = Ledger.LEARNING; slice < Ledger.SLICES && baseline.allUnits() < FEW; slice++) {
            baseline.take(ledger, slice);
        }
        return baseline;
    }

    /// Slices in which far more failed than is usual: above 2.5 times the median, by more than chance explains.
    private static boolean[] incidents(Ledger ledger) {
        boolean[] incident = new boolean[Ledger.LEARNING];
        double[] shares = new double[Ledger.LEARNING];
        long[] units = new long[Ledger.LEARNING];
        long[] hits = new long[Ledger.LEARNING];
        int filled = 0;
        for (int slice = 0; slice < Ledger.LEARNING; slice++) {
            for (int segment = 0; segment < Segments.MOST; segment++) {
                for (Side side : Side.values()) {
                    units[slice] += ledger.units(slice, segment, side);
                    hits[slice] += ledger.hits(slice, segment, side);
                }
            }
            if (units[slice] > 0) {
                shares[filled++] = (double) hits[slice] / units[slice];
            }
        }
        if (filled == 0) {
            return incident;
        }
        Arrays.sort(shares, 0, filled);
        double median = Math.max(
                shares[filled / 2],
                (double) Arrays.stream(hits).sum() / Arrays.stream(units).sum() / 4);
        for (int slice = 0; slice < Ledger.LEARNING; slice++) {
            double expected = 2.5 * median * units[slice];
            incident[slice] = hits[slice] > expected + 4 * Math.sqrt(expected) + 3;
        }
        return incident;
    }

    private void take(Ledger ledger, int slice) {
        hours += ledger.hours(slice);
        for (int segment = 0; segment < Segments.MOST; segment++) {
            for (Side side : Side.values()) {
                int at = segment * 2 + side.column;
                units[at] += ledger.units(slice, segment, side);
                hits[at] += ledger.hits(slice, segment, side);
                arrivals[at] += ledger.arrivals(slice, segment, side);
            }
        }
        for (int reason = 0; reason < Reasons.MOST; reason++) {
            for (Side side : Side.values()) {
                reasons[reason * 2 + side.column] += ledger.hitsFor(slice, reason, side);
            }
        }
    }

    Base failing(int segment) {
        double all = (allHits() + 0.5) / (allUnits() + 25);
        return shrunk(all, units, hits, segment);
    }

    Base failingFor(int reason) {
        double unseen = 0.5 / (allUnits() + 25);
        double all = allUnits();
        double sum = reasons[reason * 2] + reasons[reason * 2 + 1];
        double share = Math.max(unseen, sum / (all + 1));
        double changed = (reasons[reason * 2] + SECOND_PULL) / (units(Side.CHANGED) + SECOND_PULL / share);
        double unchanged = (reasons[reason * 2 + 1] + SECOND_PULL) / (units(Side.UNCHANGED) + SECOND_PULL / share);
        return new Base(bounded(changed, 1e-6), bounded(unchanged, 1e-6));
    }

    private static Base shrunk(double all, long[] units, long[] hits, int segment) {
        int at = segment * 2;
        double n = units[at] + units[at + 1];
        double x = hits[at] + hits[at + 1];
        double both = (x + FIRST_PULL) / (n + FIRST_PULL / all);
        double changed = (hits[at] + SECOND_PULL) / (units[at] + SECOND_PULL / both);
        double unchanged = (hits[at + 1] + SECOND_PULL) / (units[at + 1] + SECOND_PULL / both);
        return new Base(bounded(changed, LEAST), bounded(unchanged, LEAST));
    }

    private static double bounded(double share, double least) {
        return Math.clamp(share, least, 0.95);
    }

    long units(int segment, Side side) {
        return units[segment * 2 + side.column];
    }

    long hits(int segment, Side side) {
        return hits[segment * 2 + side.column];
    }

    long hitsFor(int reason, Side side) {
        return reasons[reason * 2 + side.column];
    }

    long units(Side side) {
        long sum = 0;
        for (int segment = 0; segment < Segments.MOST; segment++) {
            sum += units(segment, side);
        }
        return sum;
    }

    long allUnits() {
        return units(Side.CHANGED) + units(Side.UNCHANGED);
    }

    private long allHits() {
        return Arrays.stream(hits).sum();
    }

    long arrivals(int segment, Side side) {
        return arrivals[segment * 2 + side.column];
    }

    /// The share of all units on changed servers that fails in normal times.
    double usual(int segments) {
        double expected = 0;
        double all = 0;
        for (int segment = 0; segment < segments; segment++) {
            double weight = units(segment, Side.CHANGED) + 1e-3;
            expected += weight * failing(segment).changed();
            all += weight;
        }
        return all == 0 ? 0.02 : expected / all;
    }

    /// What counts as slow in a segment on one side.
    Latencies.Slow slow(int segment, Side side) {
        return latencies.slow(segment, side);
    }

    /// The share of a segment's accepted logins that are slow in normal times.
    Base slowness(int segment) {
        Latencies.Slow changed = slow(segment, Side.CHANGED);
        Latencies.Slow unchanged = slow(segment, Side.UNCHANGED);
        return new Base(share(changed), share(unchanged));
    }

    private static double share(Latencies.Slow slow) {
        return (slow.hits() + 0.5) / (slow.units() + 10);
    }

    /// Arrivals expected per hour.
    double rate(int segment, Side side) {
        return hours == 0 ? 0 : arrivals(segment, side) / hours;
    }
}
