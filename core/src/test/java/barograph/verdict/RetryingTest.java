package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.verdict.FailureScale.Base;
import barograph.verdict.FailureScale.Member;
import barograph.verdict.FailureScale.Tally;
import org.junit.jupiter.api.Test;

class RetryingTest {
    private static final double AGAIN = 0.3;

    @Test
    void in_normal_times_as_many_fail_again_as_was_learned() {
        assertThat(Retrying.usual(0.02, AGAIN, Failing.NORMAL)).isEqualTo(AGAIN);
    }

    @Test
    void the_larger_an_incident_the_more_fail_again() {
        double last = AGAIN;
        for (int state = Failing.SHIFTS.length; state < Failing.COUNT; state++) {
            double next = Retrying.usual(0.02, AGAIN, state);
            assertThat(next).as("state %d", state).isGreaterThan(last).isLessThan(1);
            last = next;
        }
    }

    @Test
    void whom_a_lasting_effect_hits_mostly_fails_again_and_whom_a_scattered_one_hits_mostly_does_not() {
        assertThat(Retrying.withEffect(0.02, 0.12, AGAIN, true)).isGreaterThan(0.7);
        assertThat(Retrying.withEffect(0.02, 0.12, AGAIN, false)).isCloseTo(AGAIN, within(0.1));
    }

    @Test
    void who_gets_in_at_the_next_try_speaks_for_the_change_and_who_does_not_against_it() {
        assertThat(after(3)).isGreaterThan(2 * after(0));
    }

    /// The evidence once 3 of 40 logins have failed on the changed servers and none of 40 on the others, and so many
    /// of the three failed again.
    private static double after(int failedAgain) {
        FailureScale test = FailureScale.ofFailuresAndRetries(50, Pace.SHARED);
        Member all = test.member(new Base(0.02, 0.02), false);
        Member retries = test.retry(all, AGAIN);
        test.passTo(0.05);
        test.add(all, new Tally(40, 3), new Tally(40, 0));
        test.add(retries, new Tally(3, failedAgain), Tally.NONE);
        return test.value();
    }
}
