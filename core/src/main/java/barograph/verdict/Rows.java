package barograph.verdict;

import java.util.Arrays;
import java.util.List;

/// How far the changed servers may stand off the unchanged ones: the offsets that a harmless change explains, and
/// those that only a harmful one does.
///
/// Null rows come first: five small ones around 0 (no two servers have quite the same users; what was learned is
/// not exact), then rare large ones that come and go by themselves (the network gear before one server reboots).
/// Then the alternatives: the change has an effect; the first of them sleeps, because an effect may pause (a
/// flapping link). Immutable.
final class Rows {
    /// The row of no offset at all.
    static final int CENTER = 2;

    private static final int SMALL = 5;
    /// Of what lies aside of the center, so much lies one spread off on each side, the rest two.
    private static final double NEAR = 0.4;

    /// How often something local ends, per hour: it lasts as long as a reboot.
    private static final double RARE_END = 12;
    /// An effect grows to its neighbor, fades to the other, falls asleep, and wakes, per hour. Harm spreads as caches
    /// and sessions run out; it seldom heals by itself.
    private static final double EFFECT_GROWS = 4;

    private static final double EFFECT_FADES = 0.5;

    private static final double EFFECT_SLEEP = 0.5;
    private static final double EFFECT_WAKE = 3;

    private final double[] offsets;
    private final double[] weights;
    private final Usual usual;
    private final double[] begins;
    private final double beginsAny;
    private final int nulls;
    private final int scattered;

    private Rows(double[] offsets, double[] weights, Usual usual, double[] begins, int nulls, int scattered) {
        this.offsets = offsets;
        this.weights = weights;
        this.usual = usual;
        this.begins = begins;
        this.nulls = nulls;
        this.scattered = scattered;
        beginsAny = Arrays.stream(begins).sum();
    }

    /// How far two sides usually stand off each other.
    ///
    /// @param spread from one small offset to the next
    /// @param aside the chance that they stand off at all when the watch begins
    /// @param wander moves between neighboring small offsets, per hour
    record Usual(double spread, double aside, double wander) {
        /// What was learned stays true for the hours of a watch.
        static Usual steady(double spread) {
            return new Usual(spread, 0.54, 0.1);
        }

        private double weight(int row) {
            return switch (Math.abs(row - CENTER)) {
                case 0 -> 1 - aside;
                case 1 -> NEAR * aside;
                default -> (0.5 - NEAR) * aside;
            };
        }
    }

    /// An offset that comes and goes by itself.
    ///
    /// @param perHour how often it begins
    record Local(double offset, double perHour) {
        Local rarer(double factor) {
            return new Local(offset, perHour * factor);
        }
    }

    /// An offset that a harmful change may cause.
    ///
    /// @param weight how often, compared with the others
    /// @param lasting whether it hits the same people whenever they try; if not, each login anew
    record Effect(double offset, double weight, boolean lasting) {
        Effect(double offset, double weight) {
            this(offset, weight, true);
        }
    }

    /// @param effects those that last first, each kind from the smallest on
    static Rows of(Usual usual, List<Local> rare, List<Effect> effects) {
        double[] offsets = new double[SMALL + rare.size() + 1 + effects.size()];
        double[] weights = new double[offsets.length];
        double[] begins = new double[SMALL + rare.size()];
        for (int k = 0; k < SMALL; k++) {
            offsets[k] = (k - CENTER) * usual.spread();
        }
        for (int k = 0; k < rare.size(); k++) {
            offsets[SMALL + k] = rare.get(k).offset();
            begins[SMALL + k] = rare.get(k).perHour();
        }
        double all = effects.stream().mapToDouble(Effect::weight).sum();
        for (int k = 0; k < effects.size(); k++) {
            int row = SMALL + rare.size() + 1 + k;
            offsets[row] = effects.get(k).offset();
            weights[row] = effects.get(k).weight() / all;
        }
        for (int k = 0; k < SMALL; k++) {
            weights[k] = usual.weight(k);
        }
        int lasting = (int) effects.stream().filter(Effect::lasting).count();
        int nulls = SMALL + rare.size();
        return new Rows(offsets, weights, usual, begins, nulls, nulls + 1 + lasting);
    }

    int count() {
        return offsets.length;
    }

    /// How many of the rows are null rows; they come first.
    int nulls() {
        return nulls;
    }

    double offset(int row) {
        return offsets[row];
    }

    /// Whether it is one of the small offsets by which two sides usually differ: those are everybody's.
    boolean usual(int row) {
        return row < SMALL;
    }

    /// Whether what is not usual (an effect, a local fault) hits the same people whenever they try; if not, each login
    /// anew.
    boolean lasting(int row) {
        return row < scattered;
    }

    /// The weight of a row at the start: of a null row among the null rows, of an alternative among the
    /// alternatives.
    double weight(int row) {
        return weights[row];
    }

    /// Moves mass between rows for `hours`, in each state alike; null mass stays null mass, alternatives stay
    /// alternatives.
    void drift(double[] masses, int states, double hours) {
        driftNulls(masses, states, hours);
        driftEffects(masses, states, hours);
    }

    private void driftNulls(double[] masses, int states, double hours) {
        exchange(masses, states, 0, SMALL, usual.wander() * hours / 2, usual.wander() * hours / 2);
        double[] small = new double[states];
        double[] ended = new double[states];
        for (int k = 0; k < SMALL; k++) {
            take(masses, k * states, beginsAny * hours, small);
        }
        for (int k = SMALL; k < nulls; k++) {
            take(masses, k * states, RARE_END * hours, ended);
            give(masses, k * states, begins[k] / beginsAny, small);
        }
        for (int k = 0; k < SMALL; k++) {
            give(masses, k * states, weights[k], ended);
        }
    }

    private void driftEffects(double[] masses, int states, double hours) {
        int first = nulls + 1;
        exchange(masses, states, first, scattered, EFFECT_GROWS * hours, EFFECT_FADES * hours);
        exchange(masses, states, scattered, count(), EFFECT_GROWS * hours, EFFECT_FADES * hours);
        double[] woken = new double[states];
        double[] asleep = new double[states];
        take(masses, nulls * states, EFFECT_WAKE * hours, woken);
        for (int k = first; k < count(); k++) {
            take(masses, k * states, EFFECT_SLEEP * hours, asleep);
            give(masses, k * states, 1.0 / (count() - first), woken);
        }
        give(masses, nulls * states, 1, asleep);
    }

    /// Takes a share of a row's mass away.
    private static void take(double[] masses, int from, double share, double[] taken) {
        for (int i = 0; i < taken.length; i++) {
            double part = masses[from + i] * share;
            masses[from + i] -= part;
            taken[i] += part;
        }
    }

    /// Gives a row a share of what was taken.
    private static void give(double[] masses, int to, double share, double[] taken) {
        for (int i = 0; i < taken.length; i++) {
            masses[to + i] += taken[i] * share;
        }
    }

    /// Neighbors `from` to `to` (exclusive) pass on shares of their mass, up and down.
    private static void exchange(double[] masses, int states, int from, int to, double upward, double downward) {
        double[] below = new double[states];
        for (int k = from; k < to; k++) {
            double stays = 1 - (k == to - 1 ? 0 : upward) - (k == from ? 0 : downward);
            double fromBelow = k == from ? 0 : upward;
            double fromAbove = k == to - 1 ? 0 : downward;
            int next = k == to - 1 ? k : k + 1;
            for (int i = 0; i < states; i++) {
                double here = masses[k * states + i];
                masses[k * states + i] = here * stays + below[i] * fromBelow + masses[next * states + i] * fromAbove;
                below[i] = here;
            }
        }
    }
}
