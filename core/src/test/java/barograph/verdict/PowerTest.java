package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PowerTest {
    @Test
    void a_total_break_is_seen_after_a_handful_of_logins() {
        assertThat(Power.unitsToSee(0.02, 1, 278)).isBetween(2.0, 4.0);
    }

    @Test
    void one_login_in_twenty_takes_hundreds() {
        assertThat(Power.unitsToSee(0.03, 0.05, 278)).isBetween(150.0, 400.0);
    }

    @Test
    void a_stricter_site_waits_longer() {
        assertThat(Power.unitsToSee(0.03, 0.05, 2_780)).isGreaterThan(Power.unitsToSee(0.03, 0.05, 278));
    }
}
