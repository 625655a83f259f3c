package barograph.verdict;

import java.util.List;

/// Compares how many people arrive at changed and unchanged servers with how many are expected: an [EProcess] with
/// Poisson counts, so that logins that stop coming are evidence too.
///
/// Arrivals come in clumps (a train, a shift, a reboot), so log likelihoods are divided by an overdispersion of
/// 1.25 (quasi-likelihood; Wedderburn 1974). Unchanged servers share the state: a quiet afternoon is not silence,
/// and clients that fail over count twice, missing here and coming there. Single-threaded.
public final class ArrivalScale {
    private static final double OVERDISPERSION = 1.25;
    private static final double SPREAD = 0.1;
    private static final double SPREAD_OF_THE_DAY = 0.3;
    private static final double ASIDE_AT_FIRST = 0.28;
    private static final double DRIFTS_WITH_THE_DAY = 1;
    /// Gaps that come and go by themselves: network gear before one server reboots, a site is cut off. The larger,
    /// the rarer.
    private static final List<Rows.Local> RARE = List.of(
            new Rows.Local(-0.45, 0.010),
            new Rows.Local(-0.75, 0.008),
            new Rows.Local(-1.1, 0.006),
            new Rows.Local(-1.6, 0.004),
            new Rows.Local(-2.5, 0.003),
            new Rows.Local(-7, 0.002));
    private static final List<Rows.Effect> EFFECTS = List.of(
            new Rows.Effect(-0.75, 0.12),
            new Rows.Effect(-1.1, 0.12),
            new Rows.Effect(-1.6, 0.14),
            new Rows.Effect(-2.5, 0.16),
            new Rows.Effect(-7, 0.20));

    private final Rows rows;
    private final EProcess process;
    private final double[] work;
    /// By row and state: how many more arrive on changed servers, as a factor, and its logarithm.
    private final double[] rates;
    private final double[] logRates;

    /// @param learned arrivals seen on the changed servers while learning
    /// @param byHour whether it is known at which hour how many come; if not, the sides may drift apart
    public ArrivalScale(long learned, boolean byHour, Pace pace) {
        double spread = Math.sqrt(SPREAD * SPREAD + OVERDISPERSION / (learned + 2));
        Rows.Usual usual = byHour
                ? Rows.Usual.steady(spread)
                : new Rows.Usual(Math.max(spread, SPREAD_OF_THE_DAY), ASIDE_AT_FIRST, DRIFTS_WITH_THE_DAY);
        rows = Rows.of(usual, RARE, EFFECTS);
        process = new EProcess(States.ofArriving(), rows, pace);
        work = new double[rows.count() * Arriving.SHIFTS.length];
        rates = new double[work.length];
        logRates = new double[work.length];
        for (int j = 0; j < work.length; j++) {
            logRates[j] = Arriving.SHIFTS[j % Arriving.SHIFTS.length] + rows.offset(j / Arriving.SHIFTS.length);
            rates[j] = Math.exp(logRates[j]);
        }
    }

    public void passTo(double hours) {
        process.passTo(hours);
    }

    /// Weighs one interval of time.
    public void weigh(Arrivals changed, Arrivals unchanged) {
        int states = Arriving.SHIFTS.length;
        int normal = Rows.CENTER * states;
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < work.length; j++) {
            work[j] = (logPoisson(changed, j) + logPoisson(unchanged, normal + j % states)) / OVERDISPERSION;
            best = Math.max(best, work[j]);
        }
        for (int j = 0; j < work.length; j++) {
            work[j] = Math.exp(work[j] - best);
        }
        process.weigh(work);
    }

    /// Up to a constant that all rows and states share.
    ///
    /// @param at row and state
    private double logPoisson(Arrivals arrivals, int at) {
        return arrivals.seen() * logRates[at] - arrivals.expected() * rates[at];
    }

    public double value() {
        return process.value();
    }

    /// By what factor fewer or more people than learned are expected now, everywhere alike.
    public double weather() {
        double[] shares = process.stateShares();
        double factor = 0;
        for (int i = 0; i < shares.length; i++) {
            factor += shares[i] * Math.exp(Arriving.SHIFTS[i]);
        }
        return factor;
    }

    /// How many arrived, and how many were expected.
    public record Arrivals(long seen, double expected) {
        public static final Arrivals NONE = new Arrivals(0, 0);

        public Arrivals plus(Arrivals other) {
            return new Arrivals(seen + other.seen, expected + other.expected);
        }
    }
}
