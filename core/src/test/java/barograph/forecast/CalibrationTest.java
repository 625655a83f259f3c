package barograph.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.forecast.Calibration.Bin;
import barograph.forecast.Calibration.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void a_forecaster_who_knows_scores_zero_and_a_coin_a_quarter_and_one_bit() {
        Calibration knows = new Calibration(List.of(new Scored("a", 1, true), new Scored("b", 0, false)));
        Calibration coin = new Calibration(List.of(new Scored("a", 0.5, true), new Scored("b", 0.5, false)));

        assertThat(knows.brier()).isZero();
        assertThat(knows.bits()).isCloseTo(0, within(1e-9));
        assertThat(coin.brier()).isEqualTo(0.25);
        assertThat(coin.bits()).isCloseTo(1, within(1e-9));
    }

    @Test
    void being_sure_and_wrong_costs_much_and_not_infinitely_much() {
        Calibration wrong = new Calibration(List.of(new Scored("a", 0, true)));

        assertThat(wrong.bits()).isBetween(9.0, 11.0);
    }

    @Test
    void the_base_rate_of_a_change_does_not_know_that_change() {
        Calibration one = new Calibration(List.of(new Scored("a", 0.9, true)));
        Calibration three = new Calibration(
                List.of(new Scored("a", 0.9, true), new Scored("b", 0.1, false), new Scored("c", 0.1, false)));

        assertThat(one.baseline().scored().getFirst().harm()).isEqualTo(Weights.BASE_RATE);
        assertThat(three.baseline().scored())
                .extracting(Scored::harm)
                .allSatisfy(harm -> assertThat(harm).isBetween(0.03, 0.37));
        assertThat(three.baseline().scored().get(0).harm())
                .isLessThan(three.baseline().scored().get(1).harm());
    }

    @Test
    void forecasts_fall_into_tenths() {
        Calibration calibration = new Calibration(
                List.of(new Scored("a", 0.03125, false), new Scored("b", 0.0625, true), new Scored("c", 1, true)));

        assertThat(calibration.bins()).containsExactly(new Bin(2, 0.046875, 0.5), new Bin(1, 1, 1));
    }

    @Test
    void without_a_scored_forecast_it_says_so() {
        assertThat(new Calibration(List.of()).words()).contains("No forecast of this site has been scored yet");
    }
}
