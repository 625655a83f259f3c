package barograph.verdict;

/// Log odds, the scale on which shares of failing logins are compared: a step means the same at 1% and at 50%.
final class Odds {
    private Odds() {}

    /// @param share above 0 and below 1
    static double of(double share) {
        return Math.log(share / (1 - share));
    }

    static double share(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
