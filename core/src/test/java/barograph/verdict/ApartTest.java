package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ApartTest {
    private static final double BASE = 0.02;
    private static final double MINUTE = 1.0 / 60;
    private static final int COUNT = (Rows.CENTER + 1) * Failing.COUNT;
    /// "So large a share fails whatever its base": 95%.
    private static final int STORM = Failing.COUNT - 2;

    private final Apart apart = new Apart(Pace.SHARED);
    private final double[] shared = new double[Failing.COUNT];
    private double clock = 2;

    /// A minute passes, and one login of the group fails or gets in.
    private void see(boolean fails) {
        double[] likelihoods = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double share = Failing.share(BASE, i % Failing.COUNT);
            likelihoods[i] = fails ? share : 1 - share;
        }
        clock += MINUTE;
        apart.mix(likelihoods, shared, clock);
    }

    /// At least so likely the group is apart where all are in this state. Asking leaves a trace: ask once.
    private double apartIn(int state) {
        double[] likelihoods = new double[COUNT];
        Arrays.setAll(likelihoods, i -> i % Failing.COUNT == state ? 0 : 1);
        apart.mix(likelihoods, shared, clock);
        return likelihoods[Rows.CENTER * Failing.COUNT + state];
    }

    private void failsOften() {
        Arrays.fill(shared, 1.0 / Failing.COUNT);
        for (int i = 0; i < 4; i++) {
            see(true);
        }
    }

    private void getsInThroughAStorm() {
        shared[STORM] = 1;
        for (int i = 0; i < 4; i++) {
            see(false);
        }
    }

    @Test
    void a_group_that_fails_is_apart_where_all_others_get_in() {
        failsOften();

        assertThat(apartIn(Failing.NORMAL)).isGreaterThan(0.9);
    }

    @Test
    void a_group_that_fails_is_not_apart_where_all_others_fail() {
        failsOften();

        assertThat(apartIn(STORM)).isLessThan(0.01);
    }

    @Test
    void a_group_that_gets_in_through_a_storm_is_apart() {
        getsInThroughAStorm();

        assertThat(apartIn(STORM)).isGreaterThan(0.9);
    }

    @Test
    void the_next_storm_takes_it_along() {
        getsInThroughAStorm();
        shared[STORM] = 1e-6;
        see(true);

        assertThat(apartIn(STORM)).isLessThan(0.01);
    }
}
