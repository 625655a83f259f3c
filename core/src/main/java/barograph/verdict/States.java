package barograph.verdict;

/// The hidden states that all servers are in together, whoever has the change, and how they follow one another: a
/// continuous-time Markov chain.
///
/// The world moves while we watch: password day, an attack, a backend incident, night. What moves both sides alike is
/// not the change, and the tests know it only through this chain. It lies in one or two runs of neighbors; from any
/// state it may jump anywhere (`jump`), move to a neighbor (`wander`) or come back to normal (`recover`), each so many
/// times an hour.
///
/// Immutable; the steps are first order in time, so no step is longer than [#LONGEST_STEP_HOURS].
public final class States {
    /// One minute: at the quickest pace below (6 an hour) a tenth of the mass moves.
    static final double LONGEST_STEP_HOURS = 1.0 / 60;

    private final double[] prior;
    private final double[] wander;
    private final int firstOfSecondRun;
    private final int normal;
    private final double recover;

    private States(double[] prior, double[] wander, int firstOfSecondRun, int normal, double recover) {
        this.prior = prior;
        this.wander = wander;
        this.firstOfSecondRun = firstOfSecondRun;
        this.normal = normal;
        this.recover = recover;
    }

    /// Small shifts of the log odds of failing, then "so large a share fails whatever its base".
    static States ofFailing() {
        int shifts = Failing.SHIFTS.length;
        int all = Failing.COUNT;
        double[] prior = new double[all];
        double[] wander = new double[all];
        for (int i = 0; i < all; i++) {
            boolean shift = i < shifts;
            prior[i] = shift ? 0.4 / shifts : 0.6 / (all - shifts);
            wander[i] = shift ? 1 : 6;
        }
        return new States(prior, wander, shifts, Failing.NORMAL, 0.2);
    }

    /// Common shifts of the rate at which people arrive.
    static States ofArriving() {
        int all = Arriving.SHIFTS.length;
        double[] prior = new double[all];
        double[] wander = new double[all];
        java.util.Arrays.fill(prior, 1.0 / all);
        java.util.Arrays.fill(wander, 2);
        return new States(prior, wander, all, Arriving.NORMAL, 0.2);
    }

    int count() {
        return prior.length;
    }

    /// Where a watch starts that knows nothing yet: mostly normal.
    double[] start() {
        double[] mass = prior.clone();
        for (int i = 0; i < mass.length; i++) {
            mass[i] *= 0.1;
        }
        mass[normal] += 0.9;
        return mass;
    }

    /// Lets one row of masses drift for `hours`, at most [#LONGEST_STEP_HOURS]; the row's sum stays what it is.
    void drift(double[] masses, int from, double hours, double jump) {
        int count = prior.length;
        double sum = 0;
        double left = 0;
        for (int i = 0; i < count; i++) {
            sum += masses[from + i];
        }
        for (int i = 0; i < count; i++) {
            double here = masses[from + i];
            double step = wander[i] * hours / 2;
            boolean first = i == 0 || i == firstOfSecondRun;
            boolean last = i == count - 1 || i == firstOfSecondRun - 1;
            double up = last ? 0 : step * here;
            double down = first ? 0 : step * here;
            double leaving = up + down + (jump + recover) * hours * here;
            masses[from + i] = here - leaving + left + jump * hours * sum * prior[i];
            if (!first) {
                masses[from + i - 1] += down;
            }
            left = up;
        }
        masses[from + normal] += recover * hours * sum;
    }
}
