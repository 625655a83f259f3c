package barograph.watch;

import barograph.verdict.ArrivalTest;
import barograph.verdict.ArrivalTest.Arrivals;
import barograph.verdict.Signal;
import org.jspecify.annotations.Nullable;

/// One stream of arrivals: do people still come?
final class SilenceStream {
    /// With fewer expected since the change, a gap proves nothing.
    private static final double FEWEST_MISSING = 3;

    private final String name;
    private final String segment;
    private final double threshold;
    private final ArrivalTest test;
    private long seen;
    private double expected;

    SilenceStream(String name, String segment, double threshold, ArrivalTest test) {
        this.name = name;
        this.segment = segment;
        this.threshold = threshold;
        this.test = test;
    }

    void passTo(double hours) {
        test.passTo(hours);
    }

    void weigh(Arrivals changed, Arrivals unchanged, boolean judged) {
        test.weigh(changed, unchanged);
        if (judged) {
            seen += changed.seen();
            expected += changed.expected();
        }
    }

    ArrivalTest test() {
        return test;
    }

    double reach() {
        double share = Math.log(Math.max(1, test.value())) / Math.log(threshold);
        return expected - seen < FEWEST_MISSING ? Math.min(share, 0.99) : share;
    }

    @Nullable
    Signal tripped() {
        return reach() < 1 ? null : signal();
    }

    Signal signal() {
        long all = Math.max(seen, Math.round(expected));
        return new Signal(name, segment, Math.max(1, test.value()), threshold, all, all - seen, 0);
    }
}
