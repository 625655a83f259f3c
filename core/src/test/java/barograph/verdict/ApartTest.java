package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ApartTest {
    private static final double BASE = 0.02;
    private static final double MINUTE = 1.0 / 60;
    /// The rows of a harmless change, and one of a harmful one.
    private static final int NULLS = Rows.CENTER + 1;

    private static final int COUNT = (NULLS + 1) * Failing.COUNT;
    /// "So large a share fails whatever its base": 95%.
    private static final int STORM = Failing.COUNT - 2;

    private final Apart apart = new Apart(Pace.SHARED, NULLS);
    private final double[] shared = new double[Failing.COUNT];
    private double clock = 2;

    /// A minute passes, and one login of the group fails or gets in.
    private void see(boolean fails) {
        see(fails, fails);
    }

    /// @param harmful what it looks like if the change does harm: what fails fails because of it
    private void see(boolean fails, boolean harmful) {
        double[] all = likelihoods(fails, COUNT);
        System.arraycopy(likelihoods(harmful, Failing.COUNT), 0, all, NULLS * Failing.COUNT, Failing.COUNT);
        clock += MINUTE;
        apart.mix(all, new double[] {1}, shared, clock);
    }

    private static double[] likelihoods(boolean fails, int count) {
        double[] likelihoods = new double[count];
        Arrays.setAll(likelihoods, i -> {
            double share = Failing.share(BASE, i % Failing.COUNT);
            return fails ? share : 1 - share;
        });
        return likelihoods;
    }

    /// At least so likely the group is apart where all are in this state. Asking leaves a trace: ask once.
    private double apartIn(int state) {
        return apartIn(Rows.CENTER, state);
    }

    private double apartIn(int row, int state) {
        double[] likelihoods = new double[COUNT];
        Arrays.setAll(likelihoods, i -> i % Failing.COUNT == state ? 0 : 1);
        apart.mix(likelihoods, new double[] {1}, shared, clock);
        return likelihoods[row * Failing.COUNT + state];
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

    @Test
    void failures_that_harm_explains_do_not_make_the_group_apart_if_the_change_does_harm() {
        Arrays.fill(shared, 1.0 / Failing.COUNT);
        for (int i = 0; i < 4; i++) {
            see(true, false);
        }

        assertThat(apartIn(NULLS, Failing.NORMAL)).isLessThan(0.01);
    }

    @Test
    void failures_that_it_does_not_explain_do() {
        failsOften();

        assertThat(apartIn(NULLS, Failing.NORMAL)).isGreaterThan(0.9);
    }
}
