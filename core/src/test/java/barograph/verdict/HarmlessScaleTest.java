package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.verdict.FailureScale.Tally;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HarmlessScaleTest {
    private static int unitsUntilRuledOut(HarmlessScale test, double usual) {
        int units = 0;
        while (!test.ruledOut()) {
            test.add(new Tally(1, 0), usual);
            units++;
        }
        return units;
    }

    @Test
    void sixty_to_a_hundred_good_logins_rule_out_a_rise_of_five_points() {
        HarmlessScale test = new HarmlessScale(0.05);
        long told = test.unitsNeeded(0.004);

        int units = unitsUntilRuledOut(test, 0.004);

        assertThat(units).isBetween(58, 100);
        assertThat(told).isBetween(units / 2L, units * 2L);
    }

    @Test
    void calls_harm_harmless_in_at_most_one_of_twenty_watches() {
        SplittableRandom random = new SplittableRandom(31);
        double usual = 0.03;
        double harmed = usual + 0.02 * (1 - usual);
        int watches = 2_000;
        int wrong = 0;
        for (int watch = 0; watch < watches; watch++) {
            HarmlessScale test = new HarmlessScale(0.02);
            boolean ever = false;
            for (int i = 0; i < 3_000 && !ever; i++) {
                test.add(new Tally(1, random.nextDouble() < harmed ? 1 : 0), usual);
                ever = test.ruledOut();
            }
            wrong += ever ? 1 : 0;
        }

        double oneInHundredByChance = 2.33 * Math.sqrt(HarmlessScale.RISK / watches);
        assertThat(wrong / (double) watches).isLessThanOrEqualTo(HarmlessScale.RISK + oneInHundredByChance);
    }

    @Test
    void harm_that_begins_late_takes_the_proof_back() {
        HarmlessScale test = new HarmlessScale(0.05);
        for (int i = 0; i < 10_000; i++) {
            test.add(new Tally(1, 0), 0.01);
        }
        assertThat(test.ruledOut()).isTrue();

        for (int i = 0; i < 40; i++) {
            test.add(new Tally(1, i % 2), 0.01);
        }

        assertThat(test.ruledOut()).isFalse();
    }

    @Test
    void an_incident_that_hits_all_neither_proves_nor_disproves() {
        HarmlessScale test = new HarmlessScale(0.02);

        for (int i = 0; i < 100; i++) {
            test.add(new Tally(10, 7), 0.7);
        }

        assertThat(test.ruledOut()).isFalse();
        assertThat(test.unitsNeeded(0.02)).isLessThan(1_000);
    }
}
