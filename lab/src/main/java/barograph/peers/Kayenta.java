package barograph.peers;

import barograph.peers.ByTheClock.Gauge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/// The rule of Kayenta's standard judge: each hour, a Mann–Whitney test of sixty minutes of the changed servers'
/// share of failures against sixty of the unchanged ones', two-sided at 98%. It is bad if it is significantly higher,
/// and if the lower limit of the shift (Hodges–Lehmann, from the ranked differences) is above a quarter of its
/// estimate. With nothing unchanged, the hour before the change stands in.
final class Kayenta {
    private static final String SOURCE =
            "Kayenta, NetflixACAJudge.scala and MannWhitneyClassifier.scala: confLevel 0.98, fraction 0.25, step 60, "
                    + "interval 3600 (Argo Rollouts' example of it)";
    private static final int WINDOW = 60;
    private static final double LEVEL = 0.98;
    private static final double FRACTION = 0.25;

    private Kayenta() {}

    static Rule plain() {
        return rule("kayenta", SOURCE, 0);
    }

    static Rule withEffectSize() {
        return rule("kayenta-1.5x", SOURCE + "; effectSize allowedIncrease 1.5", 1.5);
    }

    private static Rule rule(String name, String source, double leastRatio) {
        return new ByTheClock(name, source, Duration.ofMinutes(1), WINDOW, usual -> new Hour(usual, leastRatio));
    }

    private static final class Hour implements Gauge {
        private final double[] history;
        private final boolean control;
        private final double leastRatio;
        private final ArrayDeque<Tally> window = new ArrayDeque<>();

        Hour(Usual usual, double leastRatio) {
            history = changedShares(usual.intervals().stream()
                    .skip(Math.max(0, usual.intervals().size() - WINDOW)));
            control = usual.control();
            this.leastRatio = leastRatio;
        }

        @Override
        public boolean rollsBack(Tally interval) {
            window.add(interval);
            if (window.size() < WINDOW) {
                return false;
            }
            double[] canary = changedShares(window.stream());
            double[] baseline = control ? unchangedShares(window) : history;
            window.clear();
            return worse(canary, baseline, leastRatio);
        }
    }

    private static double[] changedShares(Stream<Tally> tallies) {
        return tallies.filter(tally -> tally.changed() > 0)
                .mapToDouble(Tally::changedShare)
                .toArray();
    }

    private static double[] unchangedShares(Collection<Tally> tallies) {
        return tallies.stream()
                .filter(tally -> tally.unchanged() > 0)
                .mapToDouble(Tally::unchangedShare)
                .toArray();
    }

    static boolean worse(double[] canary, double[] baseline, double leastRatio) {
        if (canary.length == 0 || baseline.length == 0 || Arrays.equals(canary, baseline)) {
            return false;
        }
        double p = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .test(canary, baseline)
                .getPValue();
        double[] shifts = Arrays.stream(canary)
                .flatMap(x -> Arrays.stream(baseline).map(y -> x - y))
                .sorted()
                .toArray();
        double estimate = shifts[shifts.length / 2];
        double lower = shifts[lowestRank(canary.length, baseline.length)];
        double ratio = mean(canary) / Math.max(1e-9, mean(baseline));
        return p <= 1 - LEVEL && lower > FRACTION * Math.abs(estimate) && ratio >= leastRatio;
    }

    /// The rank of the lower limit among all differences (Hollander and Wolfe, *Nonparametric Statistical Methods*,
    /// on the large-sample interval of the shift).
    private static int lowestRank(int n, int m) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - LEVEL) / 2);
        double rank = n * m / 2.0 - z * Math.sqrt(n * (double) m * (n + m + 1) / 12);
        return (int) Math.clamp(rank, 0, n * m - 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
