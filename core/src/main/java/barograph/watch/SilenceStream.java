package barograph.watch;

import barograph.verdict.ArrivalScale;
import barograph.verdict.ArrivalScale.Arrivals;
import barograph.verdict.Signal;

/// One stream of arrivals: do people still come?
final class SilenceStream {
    /// With fewer expected since the change, a gap proves nothing.
    private static final double FEWEST_MISSING = 3;
    /// An interval is weighed once so many arrivals were expected in it, or one came, or a minute passed.
    private static final double WORTH_WEIGHING = 0.1;

    private static final double LATEST_HOURS = 1.0 / 60;
    /// How far at most evidence reaches that proves nothing; it does not stand in the way of health.
    private static final double UNPROVEN = 0.4;

    private final String name;
    private final String segment;
    private final double threshold;
    private final ArrivalScale test;
    private Arrivals changed = Arrivals.NONE;
    private Arrivals unchanged = Arrivals.NONE;
    private double weighedAt = Double.NEGATIVE_INFINITY;
    private long seen;
    private double expected;
    private long renamed;

    SilenceStream(String name, String segment, double threshold, ArrivalScale test) {
        this.name = name;
        this.segment = segment;
        this.threshold = threshold;
        this.test = test;
    }

    /// Takes in an interval that ends `hours` after the change.
    void add(double hours, Arrivals more, Arrivals moreUnchanged, boolean judged) {
        changed = changed.plus(more);
        unchanged = unchanged.plus(moreUnchanged);
        if (judged) {
            seen += more.seen();
            expected += more.expected();
        }
        boolean worth = changed.seen() + unchanged.seen() > 0
                || changed.expected() + unchanged.expected() >= WORTH_WEIGHING
                || hours - weighedAt >= LATEST_HOURS;
        if (worth) {
            test.passTo(hours);
            test.weigh(changed, unchanged);
            changed = Arrivals.NONE;
            unchanged = Arrivals.NONE;
            weighedAt = hours;
        }
    }

    ArrivalScale test() {
        return test;
    }

    /// So many arrivals may be those that are missed here, under another name.
    void maybeRenamed(long arrivals) {
        renamed = arrivals;
    }

    double reach() {
        double share = Math.log(Math.max(1, test.value())) / Math.log(threshold);
        return isMissing() ? share : Math.min(share, UNPROVEN);
    }

    /// What it adds to the evidence of all streams together: that is proof at 1.
    double part() {
        return isMissing() ? test.value() / threshold : 0;
    }

    private boolean isMissing() {
        return expected - seen - renamed >= FEWEST_MISSING;
    }

    Signal signal() {
        long all = Math.max(seen, Math.round(expected));
        return new Signal(name, segment, Math.max(1, test.value()), threshold, all, all - seen, 0);
    }
}
