package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RetriesTest {
    private final Retries retries = new Retries();

    @Test
    void knows_nothing_but_what_is_common_at_first() {
        assertThat(retries.failing(3)).isEqualTo(0.3);
    }

    @Test
    void a_segment_that_often_fails_again_is_believed_with_time_and_others_a_little() {
        retries.learn(1, true, 900);
        retries.learn(1, false, 100);
        retries.learn(2, false, 1000);

        assertThat(retries.failing(1)).isCloseTo(0.9, within(0.01));
        assertThat(retries.failing(2)).isCloseTo(0, within(0.01)).isPositive();
        assertThat(retries.failing(3)).isCloseTo(0.45, within(0.01));
    }

    @Test
    void what_moves_to_a_pool_is_counted_there() {
        retries.learn(1, true, 50);
        retries.move(1, 60);

        assertThat(retries.failing(60)).isGreaterThan(retries.failing(1));
    }
}
