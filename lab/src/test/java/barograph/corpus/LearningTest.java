package barograph.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.corpus.Learning.Example;
import barograph.forecast.Factor;
import barograph.forecast.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final long SEED = 11;

    @Test
    void without_examples_what_was_judged_stays() {
        Weights learned = Learning.fit(List.of(), Weights.JUDGED);

        assertThat(learned.base()).isCloseTo(Weights.JUDGED.base(), within(1e-9));
        for (Factor factor : Factor.values()) {
            assertThat(learned.of(factor)).isCloseTo(Weights.JUDGED.of(factor), within(1e-9));
        }
    }

    @Test
    void from_many_examples_it_learns_what_made_them_whatever_was_judged() {
        Weights truth = new Weights(-1, Map.of(Factor.WORSE, 2.0, Factor.RESTART, -1.0), 0.5);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Example blank = new Example(
                    "change-" + i,
                    Map.of(
                            Factor.WORSE, random.nextInt(2) * 1.0,
                            Factor.RESTART, random.nextInt(2) * 1.0),
                    false);
            examples.add(new Example(blank.change(), blank.amounts(), random.nextDouble() < blank.harm(truth)));
        }

        Weights learned = Learning.fit(examples, Weights.JUDGED);

        assertThat(learned.of(Factor.WORSE)).as("seed " + SEED).isCloseTo(2, within(0.3));
        assertThat(learned.of(Factor.RESTART)).as("seed " + SEED).isCloseTo(-1, within(0.3));
        assertThat(learned.base()).as("seed " + SEED).isCloseTo(-1, within(0.2));
    }
}
