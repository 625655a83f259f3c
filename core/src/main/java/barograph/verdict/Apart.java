package barograph.verdict;

import java.util.Arrays;

/// The small chance that one group among many is in a state of its own: its backend fails everywhere, the others'
/// does not.
///
/// What a pooled test weighs of a group is then a mixture of "it is in the state of all" and "it is in its own".
/// How likely it is apart depends on which state all are in (what is odd in one is usual in another), so there is a
/// chance for each; what befalls all befalls those apart, too. The weights come from what was seen before, so each
/// factor is still a probability of what is seen next, and the e-process stays one. State: two doubles per hidden
/// state, a clock. Single-threaded.
final class Apart {
    /// How often a group goes its own way, and comes back, per hour.
    private static final double LEAVES = 1.0 / 48;

    private static final double RETURNS = 0.5;
    private static final double AT_START = 0.002;

    private final States states = States.ofFailing();
    private final double[] own = states.start();
    private final double[] chances = new double[own.length];
    private final double[] atNull = new double[own.length];
    private double clock = Double.NaN;
    private final Pace pace;

    /// @param pace of the world that all share
    Apart(Pace pace) {
        this.pace = pace;
        Arrays.fill(chances, AT_START);
    }

    /// Replaces each likelihood by that of the mixture, then learns from what was seen.
    ///
    /// @param likelihoods row by row, in each row state by state; up to a factor that all share
    /// @param shared how likely each state of all was before this was seen
    /// @param hours since the change
    void mix(double[] likelihoods, double[] shared, double hours) {
        drift(shared, hours);
        System.arraycopy(likelihoods, Rows.CENTER * own.length, atNull, 0, own.length);
        for (int row = 0; row < likelihoods.length; row += own.length) {
            double apart = 0;
            for (int i = 0; i < own.length; i++) {
                apart += own[i] * likelihoods[row + i];
            }
            for (int i = 0; i < own.length; i++) {
                likelihoods[row + i] = (1 - chances[i]) * likelihoods[row + i] + chances[i] * apart;
            }
        }
        learn();
    }

    /// Bayes' rule, as if the change did nothing.
    private void learn() {
        double ifApart = 0;
        for (int i = 0; i < own.length; i++) {
            ifApart += own[i] * atNull[i];
        }
        if (ifApart <= 0) {
            return;
        }
        for (int i = 0; i < own.length; i++) {
            double either = chances[i] * ifApart + (1 - chances[i]) * atNull[i];
            chances[i] = either <= 0 ? chances[i] : chances[i] * ifApart / either;
            own[i] *= atNull[i] / ifApart;
        }
    }

    private void drift(double[] shared, double hours) {
        double left = Double.isNaN(clock) || Double.isNaN(hours) ? 0 : hours - clock;
        clock = hours;
        while (left > 0) {
            double step = Math.min(States.LONGEST_STEP_HOURS, left);
            states.drift(own, 0, step, LEAVES * step);
            double jumped = pace.chance(clock - left, step);
            left -= step;
            for (int i = 0; i < chances.length; i++) {
                double joined = chances[i] + step * (LEAVES * (1 - chances[i]) - RETURNS * chances[i]);
                chances[i] = joined + (AT_START - joined) * states.landed(jumped, i, shared[i]);
            }
        }
    }
}
