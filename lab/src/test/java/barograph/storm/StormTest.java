package barograph.storm;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.ServerId;
import barograph.site.WatchRules.Policy;
import barograph.storm.Storms.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StormTest {
    private static final int SEEDS = 2_000;
    private static final long MINUTE = 60_000;
    private static final ServerId CANARY = Place.SERVERS.get(1);

    @Test
    void in_two_thousand_storms_every_promise_is_kept() {
        Map<String, Integer> endings = new TreeMap<>();
        List<Result> results = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(Storms::play)
                .toList();
        results.forEach(result -> endings.merge(result.ending(), 1, Integer::sum));
        System.out.println(SEEDS + " storms: " + endings);

        assertThat(results.stream()
                        .filter(result -> !result.kept())
                        .map(result -> Storms.shortest(result.seed()))
                        .toList())
                .as("barograph bench storm --seed SEED --seeds 1 --story tells more")
                .isEmpty();
        assertThat(endings).containsOnlyKeys("CONFIRMED", "ROLLED_BACK", "WITHDRAWN", "NEEDS_A_PERSON");
        assertThat(endings.get("CONFIRMED")).isGreaterThan(SEEDS / 10);
        assertThat(endings.get("ROLLED_BACK")).isGreaterThan(SEEDS / 10);
    }

    @Test
    void the_same_seed_is_the_same_storm() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Storms.story(seed)).as("seed " + seed).isEqualTo(Storms.story(seed));
        }
    }

    @Test
    void without_trouble_a_good_change_is_confirmed_and_a_bad_one_rolled_back() {
        assertThat(calm(-1, List.of()).ending()).contains(barograph.rollout.Ending.CONFIRMED);
        assertThat(calm(2 * MINUTE, List.of()).ending()).contains(barograph.rollout.Ending.ROLLED_BACK);
    }

    @Test
    void a_dead_controller_leaves_the_host_to_roll_back_by_itself() {
        Storm.Outcome outcome = calm(-1, List.of(new Trouble.Crash(20, 30 * MINUTE)));

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.ending()).contains(barograph.rollout.Ending.ROLLED_BACK);
    }

    @Test
    void an_hour_that_the_clock_goes_back_costs_no_good_change() {
        Storm.Outcome outcome = calm(-1, List.of(new Trouble.ClockStep(10_000, -60 * MINUTE)));

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.ending()).contains(barograph.rollout.Ending.CONFIRMED);
    }

    @Test
    void a_full_disk_delays_no_rollback() {
        Storm.Outcome outcome = calm(2 * MINUTE, List.of(new Trouble.FullDisk(CANARY, MINUTE, 40 * MINUTE)));

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.ending()).contains(barograph.rollout.Ending.ROLLED_BACK);
    }

    private static Storm.Outcome calm(long harmfulAfter, List<Trouble> troubles) {
        return Storm.play(
                new Schedule(5, MINUTE, harmfulAfter, 3 * MINUTE, false, Policy.ROLL_BACK, true, 2 * MINUTE, troubles));
    }
}
