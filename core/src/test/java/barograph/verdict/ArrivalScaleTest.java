package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.verdict.ArrivalScale.Arrivals;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScaleTest {
    private static final double MINUTE = 1.0 / 60;

    private static ArrivalScale fresh() {
        return new ArrivalScale(1_000, true, Pace.SHARED);
    }

    @Test
    void people_who_stay_away_from_changed_servers_alone_are_missed() {
        ArrivalScale test = fresh();

        for (int minute = 1; minute <= 5; minute++) {
            test.passTo(minute * MINUTE);
            test.weigh(new Arrivals(0, 6), new Arrivals(6, 6));
        }

        assertThat(test.value()).isGreaterThan(1_000);
    }

    @Test
    void clients_that_fail_over_are_seen_twice() {
        ArrivalScale stayedHome = fresh();
        ArrivalScale failedOver = fresh();

        for (int minute = 1; minute <= 3; minute++) {
            stayedHome.passTo(minute * MINUTE);
            failedOver.passTo(minute * MINUTE);
            stayedHome.weigh(new Arrivals(4, 8), new Arrivals(8, 8));
            failedOver.weigh(new Arrivals(4, 8), new Arrivals(12, 8));
        }

        assertThat(failedOver.value()).isGreaterThan(stayedHome.value());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3, 0.6, 1, 1.4})
    void an_hour_that_is_quiet_or_busy_everywhere_is_not_silence(double share) {
        SplittableRandom random = new SplittableRandom(7);
        int spoke = 0;
        for (int watch = 0; watch < 200; watch++) {
            ArrivalScale test = fresh();
            double most = 0;
            for (int minute = 1; minute <= 120; minute++) {
                test.passTo(minute * MINUTE);
                double now = minute < 30 ? 1 : share;
                test.weigh(new Arrivals(poisson(random, 6 * now), 6), new Arrivals(poisson(random, 6 * now), 6));
                most = Math.max(most, test.value());
            }
            spoke += most >= 100 ? 1 : 0;
        }

        assertThat(spoke).isLessThanOrEqualTo(2);
    }

    private static long poisson(SplittableRandom random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
