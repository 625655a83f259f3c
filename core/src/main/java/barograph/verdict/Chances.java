package barograph.verdict;

import barograph.verdict.FailureScale.Tally;
import java.util.Arrays;

/// Chances of failing, one per state or per row and state, and how likely they make what was seen. Immutable.
final class Chances {
    /// Up to so many units, multiplying is quicker than the exponential function.
    private static final int FEW = 6;

    private final double[] fails;
    private final double[] logFails;
    private final double[] logPasses;

    Chances(double[] fails) {
        this.fails = fails;
        logFails = new double[fails.length];
        logPasses = new double[fails.length];
        for (int j = 0; j < fails.length; j++) {
            logFails[j] = Math.log(fails[j]);
            logPasses[j] = Math.log1p(-fails[j]);
        }
    }

    /// @param seen so few units that no likelihood is too small for a number; see [Tally#parts]
    void likelihoods(double[] into, Tally seen) {
        if (seen.units() > FEW) {
            long passes = seen.units() - seen.hits();
            for (int j = 0; j < into.length; j++) {
                into[j] = Math.exp(seen.hits() * logFails[j] + passes * logPasses[j]);
            }
            return;
        }
        Arrays.fill(into, 1);
        for (long unit = 0; unit < seen.units(); unit++) {
            boolean hit = unit < seen.hits();
            for (int j = 0; j < into.length; j++) {
                into[j] *= hit ? fails[j] : 1 - fails[j];
            }
        }
    }
}
