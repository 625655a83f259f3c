package barograph.watch;

import barograph.verdict.FailureTest;
import barograph.verdict.FailureTest.Base;
import barograph.verdict.FailureTest.Likelihood;
import barograph.verdict.FailureTest.Tally;
import barograph.verdict.Signal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One stream of yes-or-no evidence with its own share of the site's `false-rollback`, and its [FailureTest].
///
/// By Ville's inequality and the union bound, streams with shares w that trip at 1/(α·w) ever trip with probability at
/// most α together, whatever the number of looks. An accident of one device proves nothing: at least [#FEWEST_HITS]
/// hits are asked for.
final class FailStream {
    static final int FEWEST_HITS = 3;

    private final String name;
    private final String segment;
    private final double threshold;
    private final FailureTest test;
    private final Map<Integer, Likelihood> likelihoods = new HashMap<>();
    private long units;
    private long hits;
    private double expected;

    FailStream(String name, String segment, double threshold, FailureTest test) {
        this.name = name;
        this.segment = segment;
        this.threshold = threshold;
        this.test = test;
    }

    /// Gives a member (a segment, or the only one there is) its base.
    void member(int number, Base base) {
        likelihoods.put(number, test.likelihood(base));
    }

    void passTo(double hours) {
        test.passTo(hours);
    }

    /// @param judged whether this is after the change; before, it only warms the test up
    void add(int member, Tally changed, Tally unchanged, boolean judged) {
        Likelihood likelihood = likelihoods.get(member);
        if (likelihood == null || changed.units() + unchanged.units() == 0) {
            return;
        }
        test.add(likelihood, changed, unchanged);
        if (judged) {
            units += changed.units();
            hits += changed.hits();
            expected += changed.units() * likelihood.base().changed();
        }
    }

    void weigh() {
        test.weigh();
    }

    FailureTest test() {
        return test;
    }

    /// How far the evidence is on its way to its threshold, from 0 to 1 and beyond.
    double reach() {
        double share = Math.log(Math.max(1, test.value())) / Math.log(threshold);
        return hits < FEWEST_HITS ? Math.min(share, 0.99) : share;
    }

    @Nullable
    Signal tripped() {
        return reach() < 1 ? null : signal();
    }

    Signal signal() {
        double usual = units == 0 ? 0 : expected / units;
        return new Signal(name, segment, Math.max(1, test.value()), threshold, units, hits, usual);
    }
}
