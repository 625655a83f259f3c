package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.hindcast.Hindcast;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A change that does harm is found, and is not called healthy before.
class EffectsTest {
    /// @param within how many logins later, on all servers together, it must be found
    private record Harm(Effect effect, double rate, double within) {}

    private static final List<Harm> HARMS = List.of(
            new Harm(Effect.OUTAGE, 0.02, 250),
            new Harm(Effect.OUTAGE, 2, 120),
            new Harm(Effect.OUTAGE, 20, 400),
            new Harm(Effect.PARTIAL, 2, 9_000),
            new Harm(Effect.PARTIAL, 20, 9_000),
            new Harm(Effect.GROUP, 2, 4_000),
            new Harm(Effect.GROUP, 20, 2_000),
            new Harm(Effect.METHOD, 2, 1_000),
            new Harm(Effect.SILENCE, 0.2, 2_500),
            new Harm(Effect.SILENCE, 20, 1_000),
            new Harm(Effect.LATENCY, 2, 600),
            new Harm(Effect.RAMP, 2, 6_000),
            new Harm(Effect.FLAP, 2, 600));

    static Stream<Arguments> worlds() {
        return HARMS.stream()
                .flatMap(harm -> LongStream.rangeClosed(1, 3)
                        .mapToObj(seed -> Arguments.of(harm.effect(), harm.rate(), seed, harm.within())));
    }

    @ParameterizedTest(name = "{0} at {1}/s, seed {2}")
    @MethodSource("worlds")
    void harm_is_found(Effect effect, double rate, long seed, double within) {
        Setup setup = Setup.seeded(seed, rate, 15_000);
        LoginWorld world = new LoginWorld(setup, effect);

        Hindcast.Summary summary = Worlds.watch(world);

        assertThat(summary.harm()).as("seed %d", seed).isPresent();
        Duration delay = Duration.between(
                world.truth().onset(), summary.harm().orElseThrow().at());
        assertThat(delay.toMillis() / 1e3 * rate)
                .as("logins until found, seed %d", seed)
                .isLessThan(within);
        assertThat(summary.turns()).as("seed %d", seed).noneMatch(turn -> turn.verdict() instanceof Verdict.Healthy);
    }
}
