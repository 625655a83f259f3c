package barograph.verdict;

/// How soon harm would be seen, told before it is looked for.
///
/// A test against "the change does nothing" gains on average KL(p₁ ‖ p₀) nats a unit when logins fail with p₁
/// instead of p₀, and needs about log(1/threshold) of them (Wald 1945, *Sequential tests of statistical
/// hypotheses*, §3; Lorden 1971). What the prior keeps for other worlds costs some more.
public final class Power {
    /// Nats that the mixtures over effects and onsets cost: log(1 / (0.6 · 2/7)), rounded up.
    private static final double MIXTURE = 2;

    private static final int FEWEST_HITS = 3;

    private Power() {}

    /// About how many units are needed, on average, to see that `harm` of those that would get through fail.
    ///
    /// @param base the share that fails in normal times; above 0, below 1
    /// @param harm above 0, up to 1
    /// @param threshold that the e-value must reach
    public static double unitsToSee(double base, double harm, double threshold) {
        double failing = base + harm * (1 - base);
        double nats = failing * Math.log(failing / base);
        if (failing < 1) {
            nats += (1 - failing) * Math.log((1 - failing) / (1 - base));
        }
        return Math.max(FEWEST_HITS / failing, (Math.log(threshold) + MIXTURE) / nats);
    }
}
