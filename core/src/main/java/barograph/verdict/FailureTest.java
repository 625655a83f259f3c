package barograph.verdict;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Compares how often logins fail (or are slow, or fail for one reason) on changed and unchanged servers at the
/// same time, group by group, while the world moves: an [EProcess] over Bernoulli units.
///
/// Single-threaded. Work per [#add]: rows × states (about 400) multiplications, and as many exponentials where
/// groups are pooled.
public final class FailureTest {
    /// Offsets in log odds that come and go by themselves.
    private static final double[] RARE = {1.6, 3.2, 7};
    /// Offsets in log odds that an effect may have: from twice as many failures to all of them.
    private static final double[] EFFECTS = {0.7, 1.1, 1.6, 2.3, 3.2, 4.5, 7};
    /// Slower logins are minded from a shift of the whole distribution by about two thirds of a standard deviation;
    /// a fifth slower is nobody's harm.
    private static final double[] SLOWER = {1.6, 2.3, 3.2, 4.5, 7};

    private static final double SPREAD = 0.12;
    private static final double SPREAD_OF_SLOWNESS = 0.3;
    /// A group's state follows that of all so many times an hour.
    private static final double FOLLOWS = 6;

    private final Rows rows;
    private final EProcess process;
    private final double[] product;
    private final double[] work;
    private double[] stateShares;
    private double clock = Double.NaN;
    private boolean seen;

    private FailureTest(Rows rows, Pace pace) {
        this.rows = rows;
        process = new EProcess(States.ofFailing(), rows, pace);
        product = new double[process.size()];
        Arrays.fill(product, 1);
        work = new double[process.size()];
        stateShares = process.stateShares();
    }

    /// @param learned failures seen on the changed servers while learning: few leave the base uncertain
    public static FailureTest ofFailures(long learned, Pace pace) {
        return new FailureTest(Rows.of(spread(learned, SPREAD), RARE, EFFECTS), pace);
    }

    /// @param learned slow logins seen on the changed servers while learning
    public static FailureTest ofSlowness(long learned, Pace pace) {
        return new FailureTest(Rows.of(spread(learned, SPREAD_OF_SLOWNESS), RARE, SLOWER), pace);
    }

    private static double spread(long learned, double least) {
        return Math.sqrt(least * least + 1.0 / (learned + 2));
    }

    /// Prepares what [#add] needs for one group of logins.
    ///
    /// @param pooled whether other groups are weighed beside it, so that it may be in a state of its own
    public Member member(Base base, boolean pooled) {
        return new Member(rows, base, pooled);
    }

    /// Lets time pass; `hours` since the change.
    public void passTo(double hours) {
        process.passTo(hours);
        clock = hours;
        stateShares = process.stateShares();
    }

    /// Lets time pass for a test of one group, whose world mostly is the world of all.
    public void passTo(double hours, FailureTest ofAll) {
        double since = Double.isNaN(clock) ? 0 : hours - clock;
        if (since > 0) {
            process.lean(ofAll.stateShares, Math.min(1, FOLLOWS * since));
        }
        passTo(hours);
    }

    /// Notes what was seen of one group since the last [#weigh].
    public void add(Member group, Tally changed, Tally unchanged) {
        if (changed.units() + unchanged.units() == 0) {
            return;
        }
        group.likelihoods(work, changed, unchanged);
        if (group.apart != null) {
            group.apart.mix(work, stateShares, clock);
        }
        double best = 0;
        for (int j = 0; j < product.length; j++) {
            product[j] *= work[j];
            best = Math.max(best, product[j]);
        }
        for (int j = 0; j < product.length && best > 0; j++) {
            product[j] /= best;
        }
        seen = true;
    }

    /// Weighs what was noted.
    public void weigh() {
        if (seen) {
            process.weigh(product);
            Arrays.fill(product, 1);
            seen = false;
            stateShares = process.stateShares();
        }
    }

    /// The e-value against "the change does nothing".
    public double value() {
        return process.value();
    }

    /// The share that would fail now if the change did nothing, of logins of which `base` fail in normal times.
    public double usual(double base) {
        double usual = 0;
        for (int i = 0; i < stateShares.length; i++) {
            usual += stateShares[i] * Failing.share(base, i);
        }
        return usual;
    }

    /// Units, and how many of them failed.
    public record Tally(long units, long hits) {
        public static final Tally NONE = new Tally(0, 0);

        public Tally plus(Tally other) {
            return new Tally(units + other.units, hits + other.hits);
        }
    }

    /// The share of a group's units that fails in normal times, on each side; above 0, below 1.
    public record Base(double changed, double unchanged) {}

    /// One group of logins in one test: how likely its units fail and pass, for each row and state.
    public static final class Member {
        private final Base base;
        private final Chances changed;
        private final Chances unchanged;
        private final double[] likelihoodUnchanged = new double[Failing.COUNT];
        private final @Nullable Apart apart;

        private Member(Rows rows, Base base, boolean pooled) {
            this.base = base;
            int states = Failing.COUNT;
            double[] failing = new double[rows.count() * states];
            double[] failingUnchanged = new double[states];
            for (int i = 0; i < states; i++) {
                failingUnchanged[i] = Failing.share(base.unchanged(), i);
                double odds = Odds.of(Failing.share(base.changed(), i));
                for (int k = 0; k < rows.count(); k++) {
                    failing[k * states + i] = Odds.share(odds + rows.offset(k));
                }
            }
            changed = new Chances(failing);
            unchanged = new Chances(failingUnchanged);
            apart = pooled ? new Apart() : null;
        }

        public Base base() {
            return base;
        }

        private void likelihoods(double[] into, Tally seen, Tally seenUnchanged) {
            changed.likelihoods(into, seen);
            unchanged.likelihoods(likelihoodUnchanged, seenUnchanged);
            for (int j = 0; j < into.length; j++) {
                into[j] *= likelihoodUnchanged[j % likelihoodUnchanged.length];
            }
        }
    }

    /// Chances of failing, and their logarithms, which many units are weighed with.
    private static final class Chances {
        /// Up to so many units, multiplying is quicker than the exponential function, and exact enough.
        private static final int FEW = 6;

        private final double[] fails;
        private final double[] logFails;
        private final double[] logPasses;

        private Chances(double[] fails) {
            this.fails = fails;
            logFails = new double[fails.length];
            logPasses = new double[fails.length];
            for (int j = 0; j < fails.length; j++) {
                logFails[j] = Math.log(fails[j]);
                logPasses[j] = Math.log1p(-fails[j]);
            }
        }

        /// Up to a factor that all share.
        private void likelihoods(double[] into, Tally seen) {
            if (seen.units() <= FEW) {
                fewLikelihoods(into, seen);
                return;
            }
            long passes = seen.units() - seen.hits();
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < into.length; j++) {
                into[j] = seen.hits() * logFails[j] + passes * logPasses[j];
                best = Math.max(best, into[j]);
            }
            for (int j = 0; j < into.length; j++) {
                into[j] = Math.exp(into[j] - best);
            }
        }

        private void fewLikelihoods(double[] into, Tally seen) {
            Arrays.fill(into, 1);
            for (long unit = 0; unit < seen.units(); unit++) {
                boolean fails = unit < seen.hits();
                for (int j = 0; j < into.length; j++) {
                    into[j] *= fails ? this.fails[j] : 1 - this.fails[j];
                }
            }
        }
    }
}
