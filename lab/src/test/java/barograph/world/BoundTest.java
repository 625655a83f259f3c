package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundTest {
    private static final double ENOUGH = Math.log(100);

    @Test
    void a_coin_against_itself_tells_nothing() {
        assertThat(Bound.coins(0.3, 0.3)).isZero();
    }

    @Test
    void a_sure_failure_tells_as_much_as_it_is_rare() {
        assertThat(Bound.coins(1, 0.02)).isCloseTo(-Math.log(0.02), within(1e-12));
    }

    /// 0.1 log(0.1/0.05) + 0.9 log(0.9/0.95), by hand.
    @Test
    void twice_the_failures_tell_little() {
        assertThat(Bound.coins(0.1, 0.05)).isCloseTo(0.0206538, within(1e-6));
    }

    /// (log 4)² / (2 · 0.5²) = 1.9218 / 0.5.
    @Test
    void four_times_as_slow_tells_nearly_four_nats() {
        assertThat(Bound.slower(4, 0.5)).isCloseTo(3.8436, within(1e-3));
    }

    @Test
    void at_a_steady_rate_the_bound_is_nats_over_rate() {
        Bound bound = Bound.of(1, 0.02, _ -> 0.5, _ -> 2, 1e6);

        assertThat(bound.units()).isCloseTo(ENOUGH / 2, within(1e-6));
        assertThat(bound.seconds()).isCloseTo(ENOUGH, within(1e-6));
    }

    /// With nats that grow as the time does, ∫ t dt = t²/2.
    @Test
    void what_grows_is_added_up() {
        assertThat(Bound.of(1, 0.02, _ -> 1, since -> since, 1e6).seconds())
                .isCloseTo(Math.sqrt(2 * ENOUGH), within(0.01));
    }

    @Test
    void what_never_comes_is_never_found() {
        assertThat(Bound.of(1, 0.02, _ -> 1e-9, _ -> 1, 1e4).seconds()).isInfinite();
    }

    /// The truth of the public traces, by the same formula; the share of a ramp at the bound is 1 - exp(-t/τ).
    @Test
    void agrees_with_the_truth_of_the_public_traces() throws IOException {
        List<Trace> traces = Trace.in(Path.of("../core/src/test/resources/traces"));

        assertThat(traces).hasSizeGreaterThan(3);
        for (Trace trace : traces) {
            Bound bound = trace.truth().bound();
            double share =
                    trace.truth().effect().equals("ramp") ? 1 - Math.exp(-bound.seconds() / 5400) : bound.share();
            double failing = bound.usual() + (1 - bound.usual()) * share;
            double expected = switch (trace.truth().effect()) {
                case "none" -> 0;
                case "silence" -> 1;
                case "latency" -> Bound.slower(4, 0.5);
                default -> Bound.coins(failing, bound.usual());
            };
            assertThat(bound.natsPerUnit()).as(trace.name()).isCloseTo(expected, within(0.005 * expected));
        }
    }
}
