package barograph.verdict;

import java.util.Arrays;

/// The evidence against "the change does nothing", which may be looked at after every login.
///
/// Mass lies on pairs of a row (how far the changed servers stand off, [Rows]) and a hidden state of the world
/// ([States]); each observation multiplies each mass by its likelihood. The null rows together are a mixture of
/// worlds in which the change does nothing. From them, mass flows over to the alternatives as effects may begin
/// ([Onset]). The e-value is the ratio of the two mixtures: under the null mixture a nonnegative martingale that
/// starts at 1, so that the chance of ever seeing 1/a is at most a (Ville 1939; mixtures over the time of onset:
/// Shin, Ramdas, Rinaldo, *E-detectors*, §3).
///
/// State: rows × states doubles (about 5 kB), a clock, and how much has begun. Single-threaded.
final class EProcess {
    /// An e-value is told up to here; beyond, only rounding would grow.
    static final double MOST = 1e200;

    private static final double LEAST = 1e-280;
    /// Below a quarter of a second nothing drifts that matters.
    private static final double SHORTEST_STEP_HOURS = 0.25 / 3600;

    private final States states;
    private final Rows rows;
    private final Pace pace;
    private final double[] masses;
    private final double[] nulls;
    private double clock = Double.NaN;
    private double begun;
    private double value = 1;

    EProcess(States states, Rows rows, Pace pace) {
        this.states = states;
        this.rows = rows;
        this.pace = pace;
        masses = new double[rows.count() * states.count()];
        nulls = new double[states.count()];
        double[] start = states.start();
        for (int k = 0; k < rows.nulls(); k++) {
            for (int i = 0; i < start.length; i++) {
                masses[k * start.length + i] = rows.weight(k) * start[i];
            }
        }
        sum();
    }

    int size() {
        return masses.length;
    }

    /// Lets time pass.
    ///
    /// @param hours since the change; negative while the warm-up before it is replayed; never goes back
    void passTo(double hours) {
        if (Double.isNaN(clock)) {
            clock = Math.min(hours, 0);
        }
        boolean firstLook = begun == 0 && hours > 0;
        if (hours - clock < SHORTEST_STEP_HOURS && !firstLook) {
            return;
        }
        while (clock < hours) {
            double step = Math.min(States.LONGEST_STEP_HOURS, hours - clock);
            double jump = pace.chance(clock, step);
            clock += step;
            for (int k = 0; k < rows.count(); k++) {
                states.drift(masses, k * states.count(), step, jump);
            }
            rows.drift(masses, states.count(), step);
            begin();
        }
        sum();
    }

    /// Mass flows from the null mixture to the alternatives, as much as effects may have begun by now.
    private void begin() {
        double due = Onset.begunBy(clock) - begun;
        if (due <= 0) {
            return;
        }
        begun += due;
        sumNulls();
        for (int k = rows.nulls(); k < rows.count(); k++) {
            for (int i = 0; i < nulls.length; i++) {
                masses[k * nulls.length + i] += due * rows.weight(k) * nulls[i];
            }
        }
    }

    /// Takes in an observation.
    ///
    /// @param likelihoods of what was seen, row by row, in each row state by state; up to a factor that all share
    void weigh(double[] likelihoods) {
        for (int j = 0; j < masses.length; j++) {
            masses[j] *= likelihoods[j];
        }
        sumNulls();
        double all = 0;
        for (double mass : nulls) {
            all += mass;
        }
        double scale = 1 / Math.max(all, LEAST);
        for (int j = 0; j < masses.length; j++) {
            masses[j] = Math.min(masses[j] * scale, MOST);
        }
        sum();
    }

    private void sumNulls() {
        Arrays.fill(nulls, 0);
        for (int k = 0; k < rows.nulls(); k++) {
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] += masses[k * nulls.length + i];
            }
        }
    }

    private void sum() {
        sumNulls();
        double all = 0;
        for (double mass : nulls) {
            all += mass;
        }
        double effects = 0;
        for (int j = rows.nulls() * states.count(); j < masses.length; j++) {
            effects += masses[j];
        }
        value = Math.min(1 - begun + effects / Math.max(all, LEAST), MOST);
    }

    /// The evidence now, in [0, [#MOST]]; 1 says nothing either way.
    double value() {
        return value;
    }

    /// How likely each row of an effect is if the change has one; the caller's own copy.
    double[] effectShares() {
        double[] shares = new double[rows.count() - rows.nulls()];
        double all = 0;
        for (int k = 0; k < shares.length; k++) {
            for (int i = 0; i < nulls.length; i++) {
                shares[k] += masses[(rows.nulls() + k) * nulls.length + i];
            }
            all += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] = all > 0 ? shares[k] / all : rows.weight(rows.nulls() + k);
        }
        return shares;
    }

    /// How likely each hidden state is if the change does nothing; the caller's own copy.
    double[] stateShares() {
        double all = 0;
        for (double mass : nulls) {
            all += mass;
        }
        double[] shares = nulls.clone();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= Math.max(all, LEAST);
        }
        return shares;
    }
}
