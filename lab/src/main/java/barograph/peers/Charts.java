package barograph.peers;

import barograph.peers.ByTheClock.Gauge;
import java.time.Duration;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The classical tests, looked at each minute.
final class Charts {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String PAGE =
            "Page, Continuous inspection schemes, 1954; allowance 0.5 standard deviations, decision limit 10: 1% false "
                    + "alarms in 1,440 looks by Siegmund's approximation";
    private static final String PEEKING =
            "two-proportion z-test (pooled, one-sided, 1%), looked at each minute as dashboards are";
    private static final double ALLOWANCE = 0.5;
    private static final double LIMIT = 10;
    private static final double Z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.01);
    private static final int FEWEST_FAILURES = 10;

    private Charts() {}

    static Rule cusum() {
        return new ByTheClock("cusum", PAGE, MINUTE, 1, Charts::rising);
    }

    static Rule peekingZ() {
        return new ByTheClock("z-test-peeking", PEEKING, MINUTE, 1, Charts::higher);
    }

    private static Gauge rising(Usual usual) {
        return new Gauge() {
            private double sum;

            @Override
            public boolean rollsBack(Tally interval) {
                if (interval.changed() > 0) {
                    double p = usual.share();
                    double deviation = Math.sqrt(interval.changed() * p * (1 - p));
                    double z = (interval.changedFailed() - interval.changed() * p) / deviation;
                    sum = Math.max(0, sum + z - ALLOWANCE);
                }
                return sum > LIMIT;
            }
        };
    }

    /// With nothing unchanged, the time before the change stands in. The normal law is not trusted below ten
    /// failures.
    private static Gauge higher(Usual usual) {
        return new Gauge() {
            private Tally all = Tally.NONE;

            @Override
            public boolean rollsBack(Tally interval) {
                all = all.plus(interval);
                long others = usual.control() ? all.unchanged() : usual.all().changed();
                long othersFailed =
                        usual.control() ? all.unchangedFailed() : usual.all().changedFailed();
                long failed = all.changedFailed() + othersFailed;
                if (all.changed() == 0 || others == 0 || failed < FEWEST_FAILURES) {
                    return false;
                }
                double pooled = (double) failed / (all.changed() + others);
                double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / all.changed() + 1.0 / others));
                return deviation > 0 && (all.changedShare() - (double) othersFailed / others) / deviation > Z;
            }
        };
    }
}
