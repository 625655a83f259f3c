package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.hindcast.Hindcast;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A change that does harm is found, and is not called healthy before. How soon, and in how many worlds, is measured
/// by `barograph bench verdict`; this is the floor below which it may not fall.
class EffectsTest {
    private static final int SEEDS = 3;

    /// @param within how many logins after the onset, on all servers together, it must be found
    /// @param misses in how many of the worlds it need not be
    record Harm(Effect effect, double rate, double within, int misses) {
        Harm(Effect effect, double rate, double within) {
            this(effect, rate, within, 0);
        }
    }

    static Stream<Harm> harms() {
        return Stream.of(
                new Harm(Effect.OUTAGE, 0.02, 250),
                new Harm(Effect.OUTAGE, 2, 120),
                new Harm(Effect.OUTAGE, 20, 400),
                new Harm(Effect.PARTIAL, 2, 9_000, 1),
                new Harm(Effect.PARTIAL, 20, 9_000),
                new Harm(Effect.GROUP, 2, 4_000),
                new Harm(Effect.GROUP, 20, 2_000),
                new Harm(Effect.METHOD, 2, 2_000),
                new Harm(Effect.SILENCE, 0.2, 2_500),
                new Harm(Effect.SILENCE, 20, 1_000),
                new Harm(Effect.FAIL_OVER, 0.2, 2_500),
                new Harm(Effect.LATENCY, 2, 600),
                new Harm(Effect.DEGRADED, 2, 2_500),
                new Harm(Effect.RAMP, 2, 6_000),
                new Harm(Effect.FLAP, 2, 600),
                new Harm(Effect.LATE, 2, 600),
                new Harm(Effect.LATE, 20, 600));
    }

    @ParameterizedTest
    @MethodSource("harms")
    void harm_is_found_in_each_world(Harm harm) {
        List<String> late = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<Double> logins = loginsUntilFound(harm, seed);
            if (logins.filter(count -> count <= harm.within()).isEmpty()) {
                late.add("seed " + seed + ": " + logins);
            }
        }

        assertThat(late).as("%s", harm).hasSizeLessThanOrEqualTo(harm.misses());
    }

    private static Optional<Double> loginsUntilFound(Harm harm, long seed) {
        LoginWorld world = new LoginWorld(Setup.seeded(seed, harm.rate(), 15_000), harm.effect());

        Hindcast.Summary summary = Worlds.watch(world);

        assertThat(summary.turns())
                .as("%s, seed %d", harm, seed)
                .noneMatch(turn -> turn.verdict() instanceof Verdict.Healthy);
        return summary.harm()
                .map(turn -> Duration.between(world.truth().onset(), turn.at()))
                .map(delay -> delay.toMillis() / 1e3 * harm.rate());
    }
}
