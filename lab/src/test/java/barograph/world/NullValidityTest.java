package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.hindcast.Hindcast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A change that does nothing is not rolled back, whatever else happens: the promise of `false-rollback`, checked
/// over seeded worlds from one login a minute to two hundred a second.
class NullValidityTest {
    private static final double[] RATES = {0.02, 2, 200};
    private static final int SEEDS = 2;
    private static final int LINES = 6_000;
    /// With a true share of 1%, two or more of 6 happen in one case of 700; these are drawn once and for all.
    private static final int MOST_FALSE = 1;

    @ParameterizedTest
    @EnumSource
    void keeps_a_change_that_does_nothing(Regime regime) {
        List<String> falsely = new ArrayList<>();
        for (double rate : RATES) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                String world = String.format(Locale.ROOT, "seed %d at %.2f/s: ", seed, rate);
                run(regime, seed, rate)
                        .harm()
                        .ifPresent(turn -> falsely.add(world + turn.verdict().because()));
            }
        }

        assertThat(falsely).as("%s, of %d", regime, SEEDS * RATES.length).hasSizeLessThanOrEqualTo(MOST_FALSE);
    }

    /// A third of all people is cut off while the changed server restarts. The unchanged servers, which do not restart,
    /// tell so.
    @Test
    void an_outage_of_a_site_during_the_restart_is_no_silence_of_the_changed_server() {
        assertThat(run(Regime.LOCAL, 129_859, 2_000).harm()).isEmpty();
    }

    private static Hindcast.Summary run(Regime regime, long seed, double rate) {
        LoginWorld world = regime.world(Setup.seeded(seed, rate, LINES));
        return Worlds.watch(world);
    }
}
