package barograph.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Against closed forms: with no hit of n the upper limit is 1 - (0.025)^(1/n); and against a published value.
class ShareTest {
    @Test
    void none_of_a_hundred_may_be_nearly_four_in_a_hundred() {
        Share none = new Share(0, 100);

        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(1 - Math.pow(0.025, 0.01), within(1e-9));
    }

    @Test
    void all_is_the_mirror_of_none() {
        Share all = new Share(100, 100);

        assertThat(all.low()).isCloseTo(Math.pow(0.025, 0.01), within(1e-9));
        assertThat(all.high()).isOne();
    }

    /// R: binom.test(1, 10)$conf.int is 0.002528579, 0.445016117.
    @Test
    void one_of_ten_is_as_r_says() {
        Share one = new Share(1, 10);

        assertThat(one.low()).isCloseTo(0.002528579, within(1e-8));
        assertThat(one.high()).isCloseTo(0.445016117, within(1e-8));
    }

    @Test
    void nothing_seen_says_nothing() {
        assertThat(new Share(0, 0).low()).isZero();
        assertThat(new Share(0, 0).high()).isOne();
    }
}
