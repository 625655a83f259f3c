package barograph.watch;

import barograph.verdict.FailureScale.Base;
import barograph.verdict.FailureScale.Tally;
import barograph.watch.Latencies.Slow;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
    private final Slow[] slow = new Slow[Segments.MOST * 2];
    private final double[] hours = new double[2];
    private final @Nullable Base[] failing = new Base[Segments.MOST];

    /// What is known before anything was seen.
    static final Baseline NOTHING = new Baseline();

    private Baseline() {
        Arrays.fill(slow, Slow.UNKNOWN);
    }

    static Baseline of(Ledger ledger, Coverage coverage, Latencies latencies, Segments segments) {
        Baseline baseline = new Baseline();
        for (int segment = 0; segment < segments.count(); segment++) {
            String method = segments.dimensions(segment).method();
            for (Side side : Side.values()) {
                baseline.slow[segment * 2 + side.column] = latencies.slow(
                        segment,
                        side,
                        other -> other < segments.count()
                                && segments.dimensions(other).method().equals(method));
            }
        }
        Set<Integer> incidents = incidents(ledger, coverage);
        for (int slice = ledger.ages().count() - 1; slice >= 0; slice--) {
            boolean learned = coverage.learned(slice) ? !incidents.contains(slice) : baseline.allUnits() < FEW;
            if (learned) {
                baseline.take(ledger, coverage, slice);
            }
        }
        return baseline;
    }

    /// Slices in which far more failed than is usual: above 2.5 times the median, by more than chance explains.
    private static Set<Integer> incidents(Ledger ledger, Coverage coverage) {
        Map<Integer, Tally> seen = new TreeMap<>();
        Tally all = Tally.NONE;
        for (int slice = 0; slice < ledger.ages().count(); slice++) {
            Tally here = coverage.learned(slice) ? tally(ledger, slice) : Tally.NONE;
            if (here.units() > 0) {
                seen.put(slice, here);
                all = all.plus(here);
            }
        }
        double[] shares = seen.values().stream()
                .mapToDouble(tally -> (double) tally.hits() / tally.units())
                .sorted()
                .toArray();
        double median = shares.length == 0 ? 0 : shares[shares.length / 2];
        double usual = Math.max(median, (double) all.hits() / Math.max(1, all.units()) / 4);
        Set<Integer> incidents = new TreeSet<>();
        seen.forEach((slice, tally) -> {
            double expected = 2.5 * usual * tally.units();
            if (tally.hits() > expected + 4 * Math.sqrt(expected) + 3) {
                incidents.add(slice);
            }
        });
        return incidents;
    }

    private static Tally tally(Ledger ledger, int slice) {
        long units = 0;
        long hits = 0;
        for (int segment = 0; segment < Segments.MOST; segment++) {
            for (Side side : Side.values()) {
                units += ledger.units(slice, segment, side);
                hits += ledger.hits(slice, segment, side);
            }
        }
        return new Tally(units, hits);
    }

    private void take(Ledger ledger, Coverage coverage, int slice) {
        for (Side side : Side.values()) {
            hours[side.column] += coverage.hours(slice, side);
            for (int segment = 0; segment < Segments.MOST; segment++) {
                int at = segment * 2 + side.column;
                units[at] += ledger.units(slice, segment, side);
                hits[at] += ledger.hits(slice, segment, side);
                arrivals[at] += ledger.arrivals(slice, segment, side);
            }
            for (int reason = 0; reason < Reasons.MOST; reason++) {
                reasons[reason * 2 + side.column] += ledger.hitsFor(slice, reason, side);
            }
        }
    }

    Base failing(int segment) {
        Base known = failing[segment];
        if (known == null) {
            double all = (allHits() + 0.5) / (allUnits() + 25);
            known = shrunk(all, units, hits, segment);
            failing[segment] = known;
        }
        return known;
    }

    /// Of the logins that fail for no other reason.
    Base failingFor(int reason) {
        Tally changed = without(reason, Side.CHANGED);
        Tally unchanged = without(reason, Side.UNCHANGED);
        Tally both = changed.plus(unchanged);
        double share = Math.max(0.5 / (both.units() + 25.0), both.hits() / (both.units() + 1.0));
        return new Base(toward(share, changed), toward(share, unchanged));
    }

    private Tally without(int reason, Side side) {
        long failed = 0;
        for (int segment = 0; segment < Segments.MOST; segment++) {
            failed += hits(segment, side);
        }
        return new Tally(units(side), failed).only(hitsFor(reason, side));
    }

    private static double toward(double share, Tally seen) {
        return bounded((seen.hits() + SECOND_PULL) / (seen.units() + SECOND_PULL / share), 1e-6);
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

    /// What counts as slow in a segment on one side; unknown for a segment that was not seen before the change.
    Slow slow(int segment, Side side) {
        return slow[segment * 2 + side.column];
    }

    /// The share of a segment's accepted logins that pass a mark in normal times.
    Base slowness(int segment, int mark) {
        return new Base(
                slow(segment, Side.CHANGED).share(mark),
                slow(segment, Side.UNCHANGED).share(mark));
    }

    double unitsPerHour(int segment, Side side) {
        return hours[side.column] == 0 ? 0 : units(segment, side) / hours[side.column];
    }

    double unitsPerHour(Side side) {
        return hours[side.column] == 0 ? 0 : units(side) / hours[side.column];
    }

    /// Arrivals expected per hour.
    double rate(int segment, Side side) {
        return hours[side.column] == 0 ? 0 : arrivals(segment, side) / hours[side.column];
    }
}
