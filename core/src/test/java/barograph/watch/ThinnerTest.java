package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.verdict.FailureScale.Tally;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinnerTest {
    @Test
    void few_are_left_as_they_are() {
        assertThat(new Thinner().thin(new Tally(7, 3), 1)).isEqualTo(new Tally(7, 3));
    }

    @Test
    void nothing_is_lost_over_time() {
        Random random = new Random(4);
        Thinner thinner = new Thinner();
        Tally all = Tally.NONE;
        Tally left = Tally.NONE;
        for (int i = 0; i < 10_000; i++) {
            Tally some = new Tally(3 + random.nextInt(5), random.nextInt(3));
            all = all.plus(some);
            left = left.plus(thinner.thin(some, 0.01));
        }

        assertThat(left.hits()).as("seed 4").isBetween(all.hits() / 100 - 1, all.hits() / 100);
        assertThat(left.units()).as("seed 4").isBetween(all.units() / 100 - 2, all.units() / 100);
    }
}
