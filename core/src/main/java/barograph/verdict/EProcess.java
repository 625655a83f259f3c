package barograph.verdict;

/// The evidence against "the change does nothing", which may be looked at after every login.
///
/// Mass lies on pairs of a row (how far the changed servers stand off, [Rows]) and a hidden state of the world
/// ([States]). Each new observation multiplies each mass by its likelihood. The mass of the null rows is a mixture of
/// worlds in which the change does nothing; from them, mass flows over to the alternatives as the effect may begin,
/// most
/// of it at the change itself. The e-value is the ratio of the two mixtures: under the null mixture a nonnegative
/// martingale that starts at 1, so that the chance of ever seeing 1/a is at most a (Ville 1939; mixtures over onsets:
/// Shin, Ramdas, Rinaldo, *E-detectors*, §2).
///
/// State: rows × states doubles (about 3 kB), a clock, the mass not yet given to an onset. Single-threaded.
public final class EProcess {
    /// An e-value is told up to here; beyond, only rounding would grow.
    static final double MOST = 1e250;

    private final States states;
    private final Rows rows;
    private final double[] masses;
    private final double[] before;
    private final boolean controlled;
    private double clock = Double.NaN;
    private double given;

    /// @param controlled whether unchanged servers are seen beside the changed ones
    EProcess(States states, Rows rows, boolean controlled) {
        this.states = states;
        this.rows = rows;
        this.controlled = controlled;
        masses = new double[rows.count() * states.count()];
        before = new double[states.count()];
        double[] start = states.start();
        for (int k = 0; k < rows.nulls(); k++) {
            for (int i = 0; i < start.length; i++) {
                masses[k * start.length + i] = rows.weight(k) * start[i];
            }
        }
    }

    /// Lets time pass.
    ///
    /// @param hours since the change; negative while the warm-up before it is replayed; never goes back
    void passTo(double hours) {
        if (Double.isNaN(clock)) {
            clock = Math.min(hours, 0);
        }
        while (clock < hours) {
            double step = Math.min(States.LONGEST_STEP_HOURS, hours - clock);
            clock += step;
            double jump = Onset.jumps(clock, controlled);
            for (int k = 0; k < rows.count(); k++) {
                states.drift(masses, k * states.count(), step, jump);
            }
            rows.drift(masses, states.count(), step);
            begin();
        }
        begin();
    }

    /// Mass flows from the null mixture to the alternatives, as much as effects may have begun by now.
    private void begin() {
        double due = Onset.givenBy(clock) - given;
        if (due <= 0) {
            return;
        }
        given += due;
        int count = states.count();
        java.util.Arrays.fill(before, 0);
        for (int k = 0; k < rows.nulls(); k++) {
            for (int i = 0; i < count; i++) {
                before[i] += masses[k * count + i];
            }
        }
        for (int k = rows.nulls(); k < rows.count(); k++) {
            for (int i = 0; i < count; i++) {
                masses[k * count + i] += due * rows.weight(k) * before[i];
            }
        }
    }

    /// Takes in an observation.
    ///
    /// @param logLikelihood of what was seen, row by row, in each row state by state
    void weigh(double[] logLikelihood) {
        double best = Double.NEGATIVE_INFINITY;
        for (double value : logLikelihood) {
            best = Math.max(best, value);
        }
        for (int j = 0; j < masses.length; j++) {
            masses[j] *= Math.exp(logLikelihood[j] - best);
        }
        double nulls = sum(0, rows.nulls());
        double scale = 1 / Math.max(nulls, 1e-280);
        for (int j = 0; j < masses.length; j++) {
            masses[j] = Math.min(masses[j] * scale, MOST);
        }
    }

    /// The evidence now, in [0, [#MOST]]; 1 says nothing either way.
    public double value() {
        double nulls = sum(0, rows.nulls());
        double value = 1 - given + sum(rows.nulls(), rows.count()) / Math.max(nulls, 1e-280);
        return Math.min(value, MOST);
    }

    /// How likely each hidden state is if the change does nothing.
    double[] stateShares() {
        double[] shares = new double[states.count()];
        double nulls = Math.max(sum(0, rows.nulls()), 1e-280);
        for (int k = 0; k < rows.nulls(); k++) {
            for (int i = 0; i < shares.length; i++) {
                shares[i] += masses[k * shares.length + i] / nulls;
            }
        }
        return shares;
    }

    private double sum(int fromRow, int toRow) {
        double sum = 0;
        for (int j = fromRow * states.count(); j < toRow * states.count(); j++) {
            sum += masses[j];
        }
        return sum;
    }
}
