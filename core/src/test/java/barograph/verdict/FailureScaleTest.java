package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.verdict.FailureScale.Base;
import barograph.verdict.FailureScale.Member;
import barograph.verdict.FailureScale.Tally;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureScaleTest {
    private static final double HOURS_PER_UNIT = 5.0 / 3600;

    private static FailureScale fresh() {
        return FailureScale.ofFailures(50, Pace.SHARED);
    }

    /// Both sides as they will be, for a quarter of an hour before the change.
    private static Member warm(
            FailureScale test, double base, double changed, double unchanged, SplittableRandom random) {
        Member all = test.member(new Base(base, base), false);
        for (int i = -180; i <= 0; i++) {
            test.passTo(i * HOURS_PER_UNIT);
            test.add(all, unit(random.nextDouble() < changed), unit(random.nextDouble() < unchanged));
        }
        return all;
    }

    private static Tally unit(boolean fails) {
        return new Tally(1, fails ? 1 : 0);
    }

    /// Ville's inequality, seen from outside: of many watches over a change that does nothing, at most one in
    /// twenty ever shows an e-value of 20. `seen` is the true share that fails, which learning did not quite hit.
    @ParameterizedTest(name = "base {0}, truly {1} and {2}")
    @CsvSource({"0.03, 0.03, 0.03", "0.03, 0.04, 0.04", "0.03, 0.3, 0.3", "0.03, 0.034, 0.03", "0.003, 0.003, 0.003"})
    void seldom_speaks_against_a_change_that_does_nothing(double base, double changed, double unchanged) {
        SplittableRandom random = new SplittableRandom(8812);
        int watches = 600;
        int spoke = 0;
        for (int watch = 0; watch < watches; watch++) {
            FailureScale test = fresh();
            Member all = warm(test, base, changed, unchanged, random);
            double most = 0;
            for (int i = 1; i <= 150; i++) {
                test.passTo(i * HOURS_PER_UNIT);
                test.add(all, unit(random.nextDouble() < changed), unit(random.nextDouble() < unchanged));
                most = Math.max(most, test.value());
            }
            spoke += most >= 20 ? 1 : 0;
        }

        assertThat(spoke / (double) watches).isLessThanOrEqualTo(0.05);
    }

    /// The e-value of what comes next is on average what it is now: with equal sides and the true base in the
    /// middle of the null rows, the mean over many watches stays near 1.
    @Test
    void is_a_fair_game_on_average() {
        SplittableRandom random = new SplittableRandom(4);
        double sum = 0;
        int watches = 2_000;
        for (int watch = 0; watch < watches; watch++) {
            FailureScale test = fresh();
            Member all = test.member(new Base(0.05, 0.05), false);
            for (int i = 1; i <= 25; i++) {
                test.passTo(i * HOURS_PER_UNIT);
                test.add(all, unit(random.nextDouble() < 0.05), unit(random.nextDouble() < 0.05));
            }
            sum += test.value();
        }

        assertThat(sum / watches).isBetween(0.4, 1.25);
    }

    @Test
    void total_failure_on_changed_servers_alone_speaks_at_once() {
        FailureScale test = fresh();
        Member all = test.member(new Base(0.02, 0.02), false);

        for (int i = 1; i <= 4; i++) {
            test.passTo(i * HOURS_PER_UNIT);
            test.add(all, unit(true), unit(false));
        }

        assertThat(test.value())
                .as("what all logins' share of one in a hundred asks for")
                .isGreaterThan(1 / (0.01 * 0.33));
    }

    /// Two failures of five on the changed servers, none on the others: one group's people, among those of two.
    @Test
    void harm_to_one_group_among_several_is_the_clearer_the_longer_it_lasts() {
        FailureScale test = fresh();
        Member hit = test.member(new Base(0.024, 0.024), true);
        Member other = test.member(new Base(0.024, 0.024), true);
        double after40 = 0;

        for (int i = 1; i <= 200; i++) {
            test.passTo(i * HOURS_PER_UNIT);
            test.add(hit, unit(i % 5 < 2), Tally.NONE);
            test.add(i % 2 == 0 ? hit : other, Tally.NONE, unit(false));
            after40 = i == 40 ? test.value() : after40;
        }

        assertThat(after40).isGreaterThan(1_000);
        assertThat(test.value()).isGreaterThan(1e9);
    }

    @Test
    void failure_on_both_sides_says_nothing_about_the_change() {
        FailureScale test = fresh();
        Member all = test.member(new Base(0.02, 0.02), false);

        for (int i = 1; i <= 200; i++) {
            test.passTo(i * HOURS_PER_UNIT);
            test.learn(all, unit(true));
            test.add(all, unit(true), unit(true));
        }

        assertThat(test.value()).isLessThan(20);
        assertThat(test.usual(0.02)).isGreaterThan(0.9);
    }

    /// Where many log in, few are weighed. What the unchanged servers show all the same tells how the world is.
    @Test
    void unchanged_logins_that_are_not_weighed_tell_what_is_usual_and_prove_nothing() {
        FailureScale test = fresh();
        Member all = test.member(new Base(0.02, 0.02), false);

        test.passTo(HOURS_PER_UNIT);
        test.learn(all, new Tally(100, 95));
        test.add(all, Tally.NONE, Tally.NONE);

        assertThat(test.usual(0.02)).isGreaterThan(0.9);
        assertThat(test.value()).isCloseTo(1, within(1e-6));
    }

    @Test
    void failure_of_one_group_everywhere_does_not_speak_against_the_change_where_sides_differ_in_groups() {
        FailureScale test = fresh();
        Member onlyChanged = test.member(new Base(0.02, 0.02), true);
        Member both = test.member(new Base(0.02, 0.02), true);
        FailureScale naive = fresh();
        Member pooled = naive.member(new Base(0.02, 0.02), false);

        for (int i = 1; i <= 60; i++) {
            for (FailureScale each : new FailureScale[] {test, naive}) {
                each.passTo(1 + i * HOURS_PER_UNIT);
            }
            test.add(onlyChanged, unit(i % 2 == 0), Tally.NONE);
            test.add(both, new Tally(5, 0), new Tally(5, 0));
            naive.add(pooled, new Tally(6, i % 2 == 0 ? 1 : 0), new Tally(5, 0));
        }

        assertThat(test.value()).isLessThan(naive.value());
    }

    @Test
    void many_units_at_once_weigh_as_much_as_one_by_one() {
        FailureScale once = fresh();
        FailureScale oneByOne = fresh();
        Member first = once.member(new Base(0.05, 0.05), false);
        Member second = oneByOne.member(new Base(0.05, 0.05), false);
        once.passTo(0.1);
        oneByOne.passTo(0.1);

        once.add(first, new Tally(40, 7), new Tally(50, 2));
        for (int i = 0; i < 50; i++) {
            oneByOne.add(second, i < 40 ? unit(i < 7) : Tally.NONE, unit(i < 2));
        }

        assertThat(Math.log(oneByOne.value()))
                .isCloseTo(Math.log(once.value()), org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void numbers_stay_numbers_in_a_flood() {
        FailureScale test = fresh();
        Member all = test.member(new Base(1e-4, 1e-4), true);

        for (int i = 1; i <= 50; i++) {
            test.passTo(i * HOURS_PER_UNIT);
            test.add(all, new Tally(100_000, 99_000), new Tally(100_000, 10));
        }

        assertThat(test.value()).isFinite().isGreaterThan(1e4);
    }
}
