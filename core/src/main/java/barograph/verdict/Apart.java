package barograph.verdict;

import java.util.Arrays;

/// The small chance that one group among many is in a state of its own: its backend fails everywhere, the others'
/// does not.
///
/// What a pooled test weighs of a group is then a mixture of "it is in the state of all" and "it is in its own".
/// How likely it is apart depends on which state all are in (what is odd in one is usual in another), so there is a
/// chance for each; what befalls all befalls those apart, too. The weights come from what was seen before, so each
/// factor is still a probability of what is seen next, and the e-process stays one.
///
/// There are two such beliefs, one if the change does nothing and one if it does harm: were failures that harm explains
/// taken for the group's own state there, too, harm would explain itself away. State: four doubles per hidden state, a
/// clock. Single-threaded.
final class Apart {
    /// How often a group goes its own way, and comes back, per hour.
    private static final double LEAVES = 1.0 / 48;

    private static final double RETURNS = 0.5;
    private static final double AT_START = 0.002;

    private final States states = States.ofFailing();
    private final Belief ifHarmless = new Belief();
    private final Belief ifHarmful = new Belief();
    private final double[] seen = new double[states.start().length];
    private double clock = Double.NaN;
    private final Pace pace;
    private final int nulls;

    /// @param pace of the world that all share
    /// @param nulls how many rows a harmless change explains; they come first
    Apart(Pace pace, int nulls) {
        this.pace = pace;
        this.nulls = nulls;
    }

    /// Replaces each likelihood by that of the mixture, then learns from what was seen.
    ///
    /// @param likelihoods row by row, in each row state by state; up to a factor that all share
    /// @param effects how likely each row of a harmful change was before this was seen, if it is one; in all 1
    /// @param shared how likely each state of all was before this was seen
    /// @param hours since the change
    void mix(double[] likelihoods, double[] effects, double[] shared, double hours) {
        drift(shared, hours);
        int count = seen.length;
        System.arraycopy(likelihoods, Rows.CENTER * count, seen, 0, count);
        for (int row = 0; row < nulls; row++) {
            ifHarmless.mix(likelihoods, row * count);
        }
        ifHarmless.learn(seen);
        Arrays.fill(seen, 0);
        for (int k = 0; k < effects.length; k++) {
            for (int i = 0; i < count; i++) {
                seen[i] += effects[k] * likelihoods[(nulls + k) * count + i];
            }
            ifHarmful.mix(likelihoods, (nulls + k) * count);
        }
        ifHarmful.learn(seen);
    }

    private void drift(double[] shared, double hours) {
        double left = Double.isNaN(clock) || Double.isNaN(hours) ? 0 : hours - clock;
        clock = hours;
        while (left > 0) {
            double step = Math.min(States.LONGEST_STEP_HOURS, left);
            double jumped = pace.chance(clock - left, step);
            left -= step;
            ifHarmless.drift(shared, step, jumped);
            ifHarmful.drift(shared, step, jumped);
        }
    }

    /// In which state the group is, if it is apart, and how likely that is, by the state of all.
    private final class Belief {
        private final double[] own = states.start();
        private final double[] chances = new double[own.length];

        private Belief() {
            Arrays.fill(chances, AT_START);
        }

        private void mix(double[] likelihoods, int from) {
            double apart = 0;
            for (int i = 0; i < own.length; i++) {
                apart += own[i] * likelihoods[from + i];
            }
            for (int i = 0; i < own.length; i++) {
                likelihoods[from + i] = (1 - chances[i]) * likelihoods[from + i] + chances[i] * apart;
            }
        }

        /// Bayes' rule.
        private void learn(double[] seen) {
            double ifApart = 0;
            for (int i = 0; i < own.length; i++) {
                ifApart += own[i] * seen[i];
            }
            if (ifApart <= 0) {
                return;
            }
            for (int i = 0; i < own.length; i++) {
                double either = chances[i] * ifApart + (1 - chances[i]) * seen[i];
                chances[i] = either <= 0 ? chances[i] : chances[i] * ifApart / either;
                own[i] *= seen[i] / ifApart;
            }
        }

        private void drift(double[] shared, double step, double jumped) {
            states.drift(own, 0, step, LEAVES * step);
            for (int i = 0; i < chances.length; i++) {
                double joined = chances[i] + step * (LEAVES * (1 - chances[i]) - RETURNS * chances[i]);
                chances[i] = joined + (AT_START - joined) * states.landed(jumped, i, shared[i]);
            }
        }
    }
}
