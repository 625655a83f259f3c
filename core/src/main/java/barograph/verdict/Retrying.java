package barograph.verdict;

/// How often who has just failed fails at the next try, too.
///
/// Who mistyped mostly gets in; whom a broken server does not let in fails again. So the retry tells apart what the
/// first failure alone does not.
final class Retrying {
    /// An incident may hit the same people again, or each login anew; so much of it does the former.
    private static final double SAME_AGAIN = 0.25;
    /// Who is hit by a lasting effect fails again so often: some turn elsewhere, some are let in by a cache.
    private static final double LASTS = 0.85;

    private Retrying() {}

    /// In a hidden state, without a change.
    ///
    /// @param base the share of first tries that fails in normal times
    /// @param again the share of retries that does
    static double usual(double base, double again, int state) {
        if (!Failing.isHit(state)) {
            return again;
        }
        double all = Failing.share(base, state);
        double hit = Failing.hit(state);
        double hitAgain = either(SAME_AGAIN + (1 - SAME_AGAIN) * hit, again);
        return (hit * hitAgain + (all - hit) * again) / all;
    }

    /// With an effect.
    ///
    /// @param before the share of first tries that fails without it
    /// @param now the share that fails with it; larger
    /// @param again the share of retries that fails without it
    /// @param lasting whether it hits the same people whenever they try
    static double withEffect(double before, double now, double again, boolean lasting) {
        double caused = (now - before) / (1 - before);
        double causedAgain = lasting ? LASTS : either(caused, again);
        return (caused * causedAgain + (now - caused) * again) / now;
    }

    private static double either(double one, double other) {
        return one + (1 - one) * other;
    }
}
