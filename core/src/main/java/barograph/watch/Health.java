package barograph.watch;

import barograph.verdict.FailureScale.Tally;
import barograph.verdict.HarmlessScale;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Whether harm as large as the site would mind is ruled out: for all logins of the stage together, and for each
/// segment that has enough of them to tell.
///
/// In a segment that makes up a share s of the traffic, harm to `h/s` of its logins is what adds `h` to the whole,
/// and the whole is tested by itself; so harm to twice as many is what a segment must rule out, with about half as
/// many logins.
final class Health {
    /// Harm to half of a segment is asked to be ruled out however small the segment is.
    private static final double MOST_HARM = 0.5;
    /// A smaller share of the traffic is named where it was not seen, but not waited for.
    private static final double SMALLEST_SHARE = 0.04;

    private final Segments segments;
    private final Baseline baseline;
    private final HarmlessScale all;
    private final Map<Integer, HarmlessScale> own = new LinkedHashMap<>();
    private final BitSet seen = new BitSet();

    Health(double harmlessBelow, Segments segments, Baseline baseline) {
        this.segments = segments;
        this.baseline = baseline;
        all = new HarmlessScale(harmlessBelow);
        double units = Math.max(1, baseline.units(Side.CHANGED));
        for (int segment = 0; segment < segments.count(); segment++) {
            double share = baseline.units(segment, Side.CHANGED) / units;
            if (share >= SMALLEST_SHARE && share < 1) {
                own.put(segment, new HarmlessScale(Math.clamp(2 * harmlessBelow / share, harmlessBelow, MOST_HARM)));
            }
        }
    }

    void add(int segment, Tally units, double usual) {
        seen.set(segment);
        all.add(units, usual);
        HarmlessScale test = own.get(segment);
        if (test != null) {
            test.add(units, usual);
        }
    }

    boolean proven() {
        return all.ruledOut() && own.values().stream().allMatch(HarmlessScale::ruledOut);
    }

    /// About how many more units of the stage are needed if none of them fails unusually.
    long unitsNeeded() {
        double units = Math.max(1, baseline.units(Side.CHANGED));
        long most = all.unitsNeeded(baseline.usual(segments.count()));
        for (Map.Entry<Integer, HarmlessScale> entry : own.entrySet()) {
            long needed = entry.getValue()
                    .unitsNeeded(baseline.failing(entry.getKey()).changed());
            double share = baseline.units(entry.getKey(), Side.CHANGED) / units;
            most = Math.max(most, Math.round(needed / share));
        }
        return most;
    }

    /// Segments with logins on the changed servers before the change of which none came since, the largest first.
    List<String> unseen() {
        return IntStream.range(0, segments.count())
                .filter(segment -> !seen.get(segment) && baseline.units(segment, Side.CHANGED) > 0)
                .boxed()
                .sorted(Comparator.comparingLong((Integer segment) -> -baseline.units(segment, Side.CHANGED)))
                .map(segments::name)
                .toList();
    }
}
