package barograph.verdict;

/// The small chance that one group among many is in a state of its own: its backend fails everywhere, the others'
/// does not.
///
/// What a pooled test weighs of a group is then a mixture of "it is in the state of all" and "it is in its own".
/// The weights come from what was seen before, so each factor is still a probability of what is seen next, and the
/// e-process stays one. State: one double per hidden state, the chance, a clock. Single-threaded.
final class Apart {
    /// How often a group goes its own way, and comes back, per hour.
    private static final double LEAVES = 1.0 / 48;

    private static final double RETURNS = 0.5;
    private static final double AT_START = 0.002;

    private final States states = States.ofFailing();
    private final double[] own = states.start();
    private final double[] atNull = new double[own.length];
    private double chance = AT_START;
    private double clock = Double.NaN;

    /// Replaces each likelihood by that of the mixture, then learns from what was seen.
    ///
    /// @param likelihoods row by row, in each row state by state; up to a factor that all share
    /// @param shared how likely each state of all was before this was seen
    /// @param hours since the change
    void mix(double[] likelihoods, double[] shared, double hours) {
        drift(hours);
        System.arraycopy(likelihoods, Rows.CENTER * own.length, atNull, 0, own.length);
        for (int row = 0; row < likelihoods.length; row += own.length) {
            double apart = 0;
            for (int i = 0; i < own.length; i++) {
                apart += own[i] * likelihoods[row + i];
            }
            for (int i = 0; i < own.length; i++) {
                likelihoods[row + i] = (1 - chance) * likelihoods[row + i] + chance * apart;
            }
        }
        learn(shared);
    }

    /// Bayes' rule, as if the change did nothing.
    private void learn(double[] shared) {
        double ifApart = 0;
        double ifShared = 0;
        for (int i = 0; i < own.length; i++) {
            ifApart += own[i] * atNull[i];
            ifShared += shared[i] * atNull[i];
        }
        double either = chance * ifApart + (1 - chance) * ifShared;
        if (ifApart <= 0 || either <= 0) {
            return;
        }
        chance = chance * ifApart / either;
        for (int i = 0; i < own.length; i++) {
            own[i] *= atNull[i] / ifApart;
        }
    }

    private void drift(double hours) {
        double left = Double.isNaN(clock) || Double.isNaN(hours) ? 0 : hours - clock;
        clock = hours;
        while (left > 0) {
            double step = Math.min(States.LONGEST_STEP_HOURS, left);
            left -= step;
            states.drift(own, 0, step, LEAVES * step);
            chance += step * (LEAVES * (1 - chance) - RETURNS * chance);
        }
    }
}
