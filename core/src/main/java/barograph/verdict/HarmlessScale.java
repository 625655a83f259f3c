package barograph.verdict;

/// The evidence against "the change harms at least a share `harm` of these logins": what a verdict of health rests
/// on.
///
/// Of the logins that would get through, a share `harm` fails under the null, so `p0 + harm·(1 − p0)` of all. The
/// alternatives are no harm and small parts of it, so that an unlucky hour is no lasting debt. Larger harm makes
/// the e-value smaller still, so the one null stands for all of them (Waudby-Smith and Ramdas, *Estimating means of
/// bounded random variables by betting*, §4). What was seen long ago must not outvote what is seen now: the
/// logarithm is held below twice its threshold.
///
/// State: three doubles. Single-threaded.
public final class HarmlessScale {
    /// The chance of calling a harmful change healthy.
    public static final double RISK = 0.05;

    private static final double THRESHOLD = Math.log(1 / RISK);
    private static final double[] PARTS = {0, 0.15, 0.4};

    private final double harm;
    private final double[] logs = new double[PARTS.length];
    private boolean ruledOut;

    /// @param harm in (0, 1)
    public HarmlessScale(double harm) {
        this.harm = harm;
    }

    /// @param usual the share that fails without the change
    public void add(FailureScale.Tally units, double usual) {
        double harmed = usual + harm * (1 - usual);
        long passes = units.units() - units.hits();
        for (int j = 0; j < PARTS.length; j++) {
            double share = usual + PARTS[j] * harm * (1 - usual);
            logs[j] += units.hits() * Math.log(share / harmed) + passes * Math.log((1 - share) / (1 - harmed));
            logs[j] = Math.min(logs[j], 3 * THRESHOLD);
        }
        ruledOut = logValue() >= (ruledOut ? THRESHOLD / 2 : THRESHOLD);
    }

    /// Whether so much harm is ruled out; what once was stays so until half of the evidence is gone again.
    public boolean ruledOut() {
        return ruledOut;
    }

    /// About how many more units are needed if none of them fails unusually.
    public long unitsNeeded(double usual) {
        double harmed = usual + harm * (1 - usual);
        double perUnit = usual * Math.log(usual / harmed) + (1 - usual) * Math.log((1 - usual) / (1 - harmed));
        return Math.max(0, (long) Math.ceil((THRESHOLD - logValue()) / perUnit));
    }

    private double logValue() {
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log);
        }
        return Math.log(sum / logs.length);
    }
}
