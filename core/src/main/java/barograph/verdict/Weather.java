package barograph.verdict;

import java.util.Arrays;

/// In which hidden state the world is, as far as the unchanged servers alone tell: what would fail if nothing had
/// been changed.
///
/// State: one double per hidden state, a clock, how much was seen of late. Single-threaded.
final class Weather {
    /// So much counts at most as seen of late; per hour it is forgotten so many times over by a factor of e.
    private static final double MOST = 10;

    private static final double FORGETS = 20;
    /// With less than this seen of late, as after five minutes without a login, unchanged servers tell nothing.
    private static final double ENOUGH = 1;

    private final States states = States.ofFailing();
    private final Pace pace;
    private final double[] shares = states.start();
    private final double[] before = states.start();
    private double clock = Double.NaN;
    private double recent;

    Weather(Pace pace) {
        this.pace = pace;
    }

    /// Lets time pass; what is learned from here on counts as the present look.
    void passTo(double hours) {
        double left = Double.isNaN(clock) ? 0 : hours - clock;
        clock = hours;
        recent *= Math.exp(-FORGETS * left);
        while (left > 0) {
            double step = Math.min(States.LONGEST_STEP_HOURS, left);
            states.drift(shares, 0, step, pace.chance(clock - left, step));
            left -= step;
        }
        System.arraycopy(shares, 0, before, 0, shares.length);
    }

    /// @param likelihoods of what was seen on unchanged servers, state by state; up to a factor that all share
    /// @param units how much was seen
    void learn(double[] likelihoods, long units) {
        recent = Math.min(MOST, recent + units);
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] *= likelihoods[i];
            sum += shares[i];
        }
        if (sum > 0) {
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= sum;
            }
        } else {
            Arrays.fill(shares, 1.0 / shares.length);
        }
    }

    /// Whether unchanged servers have been seen of late. A server that is drained tells nothing.
    boolean isSeen() {
        return recent >= ENOUGH;
    }

    /// How likely each state is, with what this look has shown of the unchanged servers.
    double now(int state) {
        return shares[state];
    }

    /// How likely each state was before this look.
    double before(int state) {
        return before[state];
    }

    /// The share that fails now of logins of which `base` fail in normal times: the median, so that a small chance
    /// of a storm does not count as a drizzle.
    double usual(double base) {
        double below = 0;
        double usual = 0;
        while (below < 0.5) {
            double next = 1;
            for (int i = 0; i < shares.length; i++) {
                double share = Failing.share(base, i);
                if (share > usual && share < next) {
                    next = share;
                }
            }
            usual = next;
            if (usual >= 1) {
                return base;
            }
            for (int i = 0; i < shares.length; i++) {
                below += Failing.share(base, i) == usual ? shares[i] : 0;
            }
        }
        return usual;
    }
}
