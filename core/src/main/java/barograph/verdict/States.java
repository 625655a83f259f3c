package barograph.verdict;

import java.util.Arrays;

/// The hidden states that all servers are in together, whoever has the change, and how they follow one another: a
/// continuous-time Markov chain.
///
/// The world moves while we watch: password day, an attack, a backend incident, night. What moves both sides alike
/// is not the change, and the tests know it only through this chain. Its states lie in one or two runs of
/// neighbors. From any of them it may jump anywhere ([Pace]), move to a neighbor or come back to normal, each so
/// many times an hour.
///
/// Immutable. Steps are first order in time, so none is longer than [#LONGEST_STEP_HOURS].
final class States {
    /// One minute: at the quickest rate below (6 an hour) a tenth of the mass moves.
    static final double LONGEST_STEP_HOURS = 1.0 / 60;

    /// The mix of people drifts slowly; an incident's strength changes within minutes; arrivals in between.
    private static final double SHIFT_WANDERS = 1;

    private static final double SHARE_WANDERS = 6;
    private static final double ARRIVALS_WANDER = 2;
    private static final double RECOVERS = 0.2;
    private static final double START_UNUSUAL = 0.1;
    private static final double GROUP_RETURNS = 0.5;
    private static final double GROUP_APART = 0.01;

    private final double[] landing;
    private final double[] up;
    private final double[] down;
    private final int normal;
    private final double recover;
    private final double unusual;

    /// @param landing where jumps land
    /// @param wander how often each state moves to its neighbors, per hour, half up and half down
    /// @param secondRun where the second run of neighbors begins
    /// @param recover how often any state comes back to normal, per hour
    /// @param unusual the chance that a watch does not start in the normal state
    private States(double[] landing, double[] wander, int secondRun, int normal, double recover, double unusual) {
        this.recover = recover;
        this.unusual = unusual;
        this.landing = landing;
        up = new double[landing.length];
        down = new double[landing.length + 1];
        for (int i = 1; i < landing.length; i++) {
            if (i != secondRun && landing[i - 1] > 0 && landing[i] > 0) {
                up[i - 1] = wander[i - 1] / 2;
                down[i] = wander[i] / 2;
            }
        }
        this.normal = normal;
    }

    /// Small shifts of the log odds of failing, then "so large a share fails whatever its base".
    static States ofFailing() {
        return new States(
                landingOfFailing(), wanderOfFailing(), Failing.SHIFTS.length, Failing.NORMAL, RECOVERS, START_UNUSUAL);
    }

    private static double[] landingOfFailing() {
        double[] landing = new double[Failing.COUNT];
        Arrays.fill(landing, 0, Failing.SHIFTS.length, 0.4 / Failing.SHIFTS.length);
        Arrays.fill(landing, Failing.SHIFTS.length, Failing.COUNT, 0.6 / Failing.SHARES.length);
        return landing;
    }

    private static double[] wanderOfFailing() {
        double[] wander = new double[Failing.COUNT];
        Arrays.fill(wander, SHARE_WANDERS);
        Arrays.fill(wander, 0, Failing.SHIFTS.length, SHIFT_WANDERS);
        return wander;
    }

    /// The states of one group of people among many: first those of its own, then, as the normal one, "it is in the
    /// state of all".
    static States ofGroup() {
        double[] landing = Arrays.copyOf(landingOfFailing(), Failing.COUNT + 1);
        double[] wander = Arrays.copyOf(wanderOfFailing(), Failing.COUNT + 1);
        return new States(landing, wander, Failing.SHIFTS.length, Failing.COUNT, GROUP_RETURNS, GROUP_APART);
    }

    /// Common shifts of the rate at which people arrive.
    static States ofArriving() {
        int all = Arriving.SHIFTS.length;
        double[] landing = new double[all];
        double[] wander = new double[all];
        Arrays.fill(landing, 1.0 / all);
        Arrays.fill(wander, ARRIVALS_WANDER);
        return new States(landing, wander, all, Arriving.NORMAL, RECOVERS, START_UNUSUAL);
    }

    int count() {
        return landing.length;
    }

    /// Where a watch starts that knows nothing yet: mostly normal.
    double[] start() {
        double[] mass = new double[landing.length];
        for (int i = 0; i < mass.length; i++) {
            mass[i] = unusual * landing[i];
        }
        mass[normal] += 1 - unusual;
        return mass;
    }

    /// How likely it is that the world has just jumped to a state, given that it is in it.
    ///
    /// @param jump the chance of a jump in the step just taken
    /// @param share how likely the state is after it
    double landed(double jump, int state, double share) {
        double landed = jump * landing[state];
        return landed >= share ? 1 : landed / share;
    }

    /// Lets the masses of one row drift; their sum stays what it is.
    ///
    /// @param hours at most [#LONGEST_STEP_HOURS]
    /// @param jump the chance of a jump in that time
    void drift(double[] masses, int from, double hours, double jump) {
        double sum = 0;
        for (int i = 0; i < landing.length; i++) {
            sum += masses[from + i];
        }
        if (sum == 0) {
            return;
        }
        double stays = 1 - jump - recover * hours;
        double cameUp = 0;
        double here = masses[from];
        for (int i = 0; i < landing.length; i++) {
            double next = i + 1 < landing.length ? masses[from + i + 1] : 0;
            double left = here * (stays - (up[i] + down[i]) * hours);
            masses[from + i] = left + (cameUp + next * down[i + 1]) * hours + jump * sum * landing[i];
            cameUp = here * up[i];
            here = next;
        }
        masses[from + normal] += recover * hours * sum;
    }
}
