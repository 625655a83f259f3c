package barograph.peers;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// So many of so many, with what the true share may be: the exact 95% interval of Clopper and Pearson (*The use of
/// confidence or fiducial limits illustrated in the case of the binomial*, 1934).
public record Share(long hits, long of) {
    private static final double TAIL = 0.025;

    public Share {
        if (hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of + " is no share");
        }
    }

    public double low() {
        return hits == 0
                ? 0
                : BetaDistribution.of((double) hits, of - hits + 1.0).inverseCumulativeProbability(TAIL);
    }

    public double high() {
        return hits == of
                ? 1
                : BetaDistribution.of(hits + 1.0, (double) (of - hits)).inverseSurvivalProbability(TAIL);
    }
}
