package barograph.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.forecast.Forecast.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void without_reasons_it_is_the_base_rate_within_what_surveys_report() {
        Forecast.Range range = Weights.JUDGED.range(List.of());

        assertThat(Weights.JUDGED.harm(List.of())).isCloseTo(0.1, within(1e-9));
        assertThat(range.low()).isBetween(0.04, 0.06);
        assertThat(range.high()).isBetween(0.18, 0.21);
    }

    @Test
    void each_reason_widens_the_range_of_odds() {
        Reason worse = Weights.JUDGED.reason(Factor.WORSE, "a probe fails", 1);

        Forecast.Range range = Weights.JUDGED.range(List.of(worse));

        assertThat(Weights.JUDGED.harm(List.of(worse))).isBetween(range.low(), range.high());
        assertThat(odds(range.high()) - odds(range.low()))
                .isGreaterThan(odds(Weights.JUDGED.range(List.of()).high())
                        - odds(Weights.JUDGED.range(List.of()).low()));
    }

    @Test
    void half_of_a_factor_weighs_half() {
        assertThat(Weights.JUDGED.reason(Factor.UNCOVERED, "half", 0.5).weight())
                .isEqualTo(Weights.JUDGED.of(Factor.UNCOVERED) / 2);
    }

    private static double odds(double share) {
        return Math.log(share / (1 - share));
    }
}
