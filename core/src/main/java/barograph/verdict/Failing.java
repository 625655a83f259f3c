package barograph.verdict;

/// What share of logins fails in each hidden state, given the share that fails in normal times.
final class Failing {
    /// Small shifts of the log odds: the mix of people drifts through the day.
    static final double[] SHIFTS = {-0.45, -0.2, 0, 0.2, 0.45, 0.8, 1.2};
    /// A share that fails whatever its base: a backend incident, an attack that locks accounts, password day.
    static final double[] SHARES = {
        0.003, 0.006, 0.012, 0.025, 0.05, 0.08, 0.12, 0.18, 0.25, 0.33, 0.42, 0.52, 0.61, 0.69, 0.77, 0.84, 0.90, 0.945,
        0.975, 0.995
    };
    /// The state in which nothing is unusual.
    static final int NORMAL = 2;

    static final int COUNT = SHIFTS.length + SHARES.length;

    private Failing() {}

    static double share(double base, int state) {
        return isHit(state) ? hit(state) + (1 - hit(state)) * base : Odds.share(Odds.of(base) + SHIFTS[state]);
    }

    /// Whether a share fails in it whatever the base.
    static boolean isHit(int state) {
        return state >= SHIFTS.length;
    }

    /// That share.
    static double hit(int state) {
        return SHARES[state - SHIFTS.length];
    }
}
