package barograph.watch;

import barograph.verdict.FailureScale.Tally;

/// Makes fewer units of many, in the same proportion over time: what is cut off now is added later.
final class Thinner {
    private double hits;
    private double passes;

    /// @param weight how many of them are left, 0 to 1
    Tally thin(Tally units, double weight) {
        if (weight >= 1) {
            return units;
        }
        hits += weight * units.hits();
        passes += weight * (units.units() - units.hits());
        long wholeHits = (long) hits;
        long wholePasses = (long) passes;
        hits -= wholeHits;
        passes -= wholePasses;
        return new Tally(wholeHits + wholePasses, wholeHits);
    }
}
