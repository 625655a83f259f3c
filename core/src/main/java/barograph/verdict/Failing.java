package barograph.verdict;

/// What share of logins fails in each hidden state, given the share that fails in normal times.
final class Failing {
    /// Small shifts of the log odds: the mix of people drifts through the day.
    static final double[] SHIFTS = {-0.45, -0.2, 0, 0.2, 0.45, 0.8, 1.2};
    /// A share that fails whatever its base: a backend incident, an attack that locks accounts, password day.
    static final double[] SHARES = {
        0.003, 0.006, 0.012, 0.025, 0.05, 0.08, 0.12, 0.18, 0.25, 0.33, 0.42, 0.52, 0.63, 0.75, 0.87, 0.95, 0.995
    };
    /// The state in which nothing is unusual.
    static final int NORMAL = 2;

    static final int COUNT = SHIFTS.length + SHARES.length;

    private Failing() {}

    static double share(double base, int state) {
        if (state < SHIFTS.length) {
            return Odds.share(Odds.of(base) + SHIFTS[state]);
        }
        double hit = SHARES[state - SHIFTS.length];
        return hit + (1 - hit) * base;
    }
}
