package barograph.verdict;

/// Compares how often logins fail (or are slow, or fail for one reason) on changed and unchanged servers at the same
/// time, group by group, while the world moves: an [EProcess] with Bernoulli units.
///
/// Single-threaded. Work per [#add]: rows × states multiplications (about 400).
public final class FailureTest {
    /// Offsets in log odds that come and go by themselves.
    private static final double[] RARE = {1.6, 3.2, 7};
    /// Offsets in log odds that an effect may have: from twice as many failures to all of them.
    private static final double[] EFFECTS = {0.7, 1.1, 1.6, 2.3, 3.2, 4.5, 7};
    /// Logins that are slower are minded from a shift of the whole distribution by about half a standard deviation.
    private static final double[] SLOWER = {1.6, 2.3, 3.2, 4.5, 7};

    private final Rows rows;
    private final EProcess process;
    private final double[] sum;
    private boolean seen;

    private FailureTest(Rows rows, boolean controlled) {
        this.rows = rows;
        process = new EProcess(States.ofFailing(), rows, controlled);
        sum = new double[rows.count() * Failing.COUNT];
    }

    /// @param learned failures seen on the changed servers while learning: few leave the base uncertain
    public static FailureTest ofFailures(long learned, boolean controlled) {
        return new FailureTest(Rows.of(spread(learned, 0.12), RARE, EFFECTS), controlled);
    }

    public static FailureTest ofSlowness(long learned, boolean controlled) {
        return new FailureTest(Rows.of(spread(learned, 0.3), RARE, SLOWER), controlled);
    }

    private static double spread(long learned, double least) {
        return Math.sqrt(least * least + 1.0 / (learned + 2));
    }

    /// Prepares what [#add] needs for one group of logins.
    public Likelihood likelihood(Base base) {
        return new Likelihood(rows, base);
    }

    /// Lets time pass; `hours` since the change.
    public void passTo(double hours) {
        process.passTo(hours);
    }

    /// Notes what was seen of one group since the last [#weigh].
    public void add(Likelihood group, Tally changed, Tally unchanged) {
        if (changed.units() + unchanged.units() == 0) {
            return;
        }
        seen = true;
        group.addTo(sum, changed, unchanged);
    }

    /// Weighs what was noted.
    public void weigh() {
        if (!seen) {
            return;
        }
        process.weigh(sum);
        java.util.Arrays.fill(sum, 0);
        seen = false;
    }

    public double value() {
        return process.value();
    }

    /// The share that would fail now on the changed servers if the change did nothing.
    public double usual(double base) {
        double[] shares = process.stateShares();
        double usual = 0;
        for (int i = 0; i < shares.length; i++) {
            usual += shares[i] * Failing.share(base, i);
        }
        return usual;
    }

    /// Units and how many of them failed.
    public record Tally(long units, long hits) {}

    /// The share of a group's units that fails in normal times, on each side; above 0, below 1.
    public record Base(double changed, double unchanged) {}

    /// The logarithms that a group's units are weighed with: one per row and state.
    public static final class Likelihood {
        private final Base base;
        private final double[] logFails;
        private final double[] logPasses;
        private final double[] logFailsUnchanged = new double[Failing.COUNT];
        private final double[] logPassesUnchanged = new double[Failing.COUNT];

        private Likelihood(Rows rows, Base base) {
            this.base = base;
            int states = Failing.COUNT;
            logFails = new double[rows.count() * states];
            logPasses = new double[rows.count() * states];
            for (int i = 0; i < states; i++) {
                double unchanged = Failing.share(base.unchanged(), i);
                logFailsUnchanged[i] = Math.log(unchanged);
                logPassesUnchanged[i] = Math.log1p(-unchanged);
                double odds = Odds.of(Failing.share(base.changed(), i));
                for (int k = 0; k < rows.count(); k++) {
                    logFails[k * states + i] = -Math.log1p(Math.exp(-odds - rows.offset(k)));
                    logPasses[k * states + i] = -Math.log1p(Math.exp(odds + rows.offset(k)));
                }
            }
        }

        public Base base() {
            return base;
        }

        private void addTo(double[] sum, Tally changed, Tally unchanged) {
            int states = Failing.COUNT;
            long passes = changed.units() - changed.hits();
            long passesUnchanged = unchanged.units() - unchanged.hits();
            for (int j = 0; j < sum.length; j++) {
                int i = j % states;
                sum[j] += changed.hits() * logFails[j]
                        + passes * logPasses[j]
                        + unchanged.hits() * logFailsUnchanged[i]
                        + passesUnchanged * logPassesUnchanged[i];
            }
        }
    }
}
