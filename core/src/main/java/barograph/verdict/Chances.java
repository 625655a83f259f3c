package barograph.verdict;

import barograph.verdict.FailureTest.Tally;
import java.util.Arrays;

/// Chances of failing, one per state or per row and state, and how likely they make what was seen. Immutable.
final class Chances {
    /// Up to so many units, multiplying is quicker than the exponential function, and exact enough.
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

    /// Up to a factor that all share.
    void likelihoods(double[] into, Tally seen) {
        if (seen.units() <= FEW) {
            fewLikelihoods(into, seen);
            return;
        }
        long passes = seen.units() - seen.hits();
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < into.length; j++) {
            into[j] = seen.hits() * logFails[j] + passes * logPasses[j];
            best = Math.max(best, into[j]);
        }
        for (int j = 0; j < into.length; j++) {
            into[j] = Math.exp(into[j] - best);
        }
    }

    private void fewLikelihoods(double[] into, Tally seen) {
        Arrays.fill(into, 1);
        for (long unit = 0; unit < seen.units(); unit++) {
            boolean fails = unit < seen.hits();
            for (int j = 0; j < into.length; j++) {
                into[j] *= fails ? this.fails[j] : 1 - this.fails[j];
            }
        }
    }
}
