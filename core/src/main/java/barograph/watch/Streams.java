package barograph.watch;

import barograph.verdict.ArrivalTest;
import barograph.verdict.ArrivalTest.Arrivals;
import barograph.verdict.FailureTest;
import barograph.verdict.FailureTest.Base;
import barograph.verdict.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// All streams of evidence of one watch, each with its share of the site's `false-rollback`.
final class Streams {
    private static final double ALL = 0.36;
    private static final double GROUPS = 0.17;
    private static final double METHODS = 0.05;
    private static final double REASONS = 0.10;
    private static final double SILENCE = 0.14;
    private static final double SILENT_GROUPS = 0.08;
    private static final double SLOW = 0.10;
    /// The part of a share that is kept for what was never seen before the change.
    private static final double KEPT_FOR_NEW = 0.1;

    private final double alpha;
    private final boolean controlled;
    private final Segments segments;
    private final Reasons reasons;
    private final Baseline baseline;
    private final FailStream all;
    private final FailStream slow;
    private final SilenceStream silence;
    private final Map<Integer, FailStream> groups = new LinkedHashMap<>();
    private final Map<String, FailStream> methods = new LinkedHashMap<>();
    private final Map<Integer, FailStream> byReason = new LinkedHashMap<>();
    private final Map<Integer, SilenceStream> silentGroups = new LinkedHashMap<>();
    private final double groupWeights;
    private int newGroups;
    private int newReasons;

    Streams(WatchPlan plan, Segments segments, Reasons reasons, Baseline baseline) {
        this.alpha = plan.rules().falseRollback();
        this.controlled = !plan.unchanged().isEmpty();
        this.segments = segments;
        this.reasons = reasons;
        this.baseline = baseline;
        double weights = 0;
        long hits = 0;
        long arrivals = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            weights += weight(segment);
            hits += baseline.hits(segment, Side.CHANGED);
            arrivals += baseline.arrivals(segment, Side.CHANGED);
        }
        groupWeights = weights;
        all = new FailStream("fail:all", "everybody", 1 / (alpha * ALL), FailureTest.ofFailures(hits, controlled));
        slow = new FailStream("slow:all", "everybody", 1 / (alpha * SLOW), FailureTest.ofSlowness(hits, controlled));
        silence = new SilenceStream(
                "silence:all", "everybody", 1 / (alpha * SILENCE), new ArrivalTest(arrivals, controlled));
        for (int segment = 0; segment < segments.count(); segment++) {
            group(segment, GROUPS * (1 - KEPT_FOR_NEW) * weight(segment) / groupWeights);
            silent(segment);
        }
        methods();
        int known = reasons.count();
        for (int reason = 0; reason < known; reason++) {
            reason(reason, REASONS * (1 - KEPT_FOR_NEW) / known);
        }
    }

    private double weight(int segment) {
        return Math.sqrt(baseline.units(segment, Side.CHANGED) + baseline.units(segment, Side.UNCHANGED) + 1.0);
    }

    private void group(int segment, double share) {
        long hits = baseline.hits(segment, Side.CHANGED);
        FailStream stream = new FailStream(
                "fail:group:" + segments.name(segment),
                segments.name(segment),
                1 / (alpha * share),
                FailureTest.ofFailures(hits, controlled));
        Base base = baseline.failing(segment);
        stream.member(segment, base);
        all.member(segment, base);
        groups.put(segment, stream);
    }

    private void methods() {
        TreeSet<String> names = new TreeSet<>();
        for (int segment = 0; segment < segments.count(); segment++) {
            names.add(segments.dimensions(segment).method());
        }
        for (String name : names) {
            long hits = 0;
            for (int segment = 0; segment < segments.count(); segment++) {
                hits += ofMethod(segment, name) ? baseline.hits(segment, Side.CHANGED) : 0;
            }
            FailStream stream = new FailStream(
                    "fail:method:" + name,
                    name,
                    names.size() / (alpha * METHODS),
                    FailureTest.ofFailures(hits, controlled));
            for (int segment = 0; segment < segments.count(); segment++) {
                if (ofMethod(segment, name)) {
                    stream.member(segment, baseline.failing(segment));
                }
            }
            methods.put(name, stream);
        }
    }

    private boolean ofMethod(int segment, String name) {
        return segments.dimensions(segment).method().equals(name);
    }

    private void reason(int reason, double share) {
        FailStream stream = new FailStream(
                "fail:reason:" + reasons.name(reason),
                "everybody",
                1 / (alpha * share),
                FailureTest.ofFailures(baseline.hitsFor(reason, Side.CHANGED), controlled));
        stream.member(0, baseline.failingFor(reason));
        byReason.put(reason, stream);
    }

    private void silent(int segment) {
        double share = SILENT_GROUPS * weight(segment) / groupWeights;
        silentGroups.put(
                segment,
                new SilenceStream(
                        "silence:group:" + segments.name(segment),
                        segments.name(segment),
                        1 / (alpha * share),
                        new ArrivalTest(baseline.arrivals(segment, Side.CHANGED), controlled)));
    }

    /// Gives slow logins their base, once it is known.
    void slowness(int segment, Base base) {
        slow.member(segment, base);
    }

    /// Segments and reasons that were never seen before share what was kept for them: 1/2, 1/6, 1/12, … of it.
    private void welcome() {
        for (int segment = groups.size(); segment < segments.count(); segment++) {
            newGroups++;
            group(segment, GROUPS * KEPT_FOR_NEW / (newGroups * (newGroups + 1.0)));
        }
        for (int reason = byReason.size(); reason < reasons.count(); reason++) {
            newReasons++;
            reason(reason, REASONS * KEPT_FOR_NEW / (newReasons * (newReasons + 1.0)));
        }
    }

    /// Weighs what was counted until `hours` after the change.
    void weighFailures(Tick tick, double hours, boolean judged) {
        welcome();
        for (int segment = 0; segment < segments.count(); segment++) {
            var changed = tick.failed(segment, Side.CHANGED);
            var unchanged = tick.failed(segment, Side.UNCHANGED);
            if (changed.units() + unchanged.units() > 0) {
                all.add(segment, changed, unchanged, judged);
                Objects.requireNonNull(groups.get(segment)).add(segment, changed, unchanged, judged);
                FailStream method = methods.get(segments.dimensions(segment).method());
                if (method != null) {
                    method.add(segment, changed, unchanged, judged);
                }
            }
            slow.add(segment, tick.slow(segment, Side.CHANGED), tick.slow(segment, Side.UNCHANGED), judged);
        }
        byReason.forEach((reason, stream) ->
                stream.add(0, tick.failedFor(reason, Side.CHANGED), tick.failedFor(reason, Side.UNCHANGED), judged));
        for (FailStream stream : failing()) {
            stream.passTo(hours);
            stream.weigh();
        }
    }

    private List<FailStream> failing() {
        List<FailStream> streams = new ArrayList<>();
        streams.add(all);
        streams.addAll(groups.values());
        streams.addAll(methods.values());
        streams.addAll(byReason.values());
        streams.add(slow);
        return streams;
    }

    /// Weighs the arrivals of an interval that ends `hours` after the change and lasted `lasted` hours.
    void weighArrivals(Tick tick, double hours, double lasted, boolean judged) {
        long[] seen = new long[2];
        double[] expected = new double[2];
        for (int segment = 0; segment < segments.count(); segment++) {
            for (Side side : Side.values()) {
                seen[side.column] += tick.arrivals(segment, side);
                expected[side.column] += baseline.rate(segment, side) * lasted;
            }
            SilenceStream stream = silentGroups.get(segment);
            if (stream != null) {
                stream.passTo(hours);
                stream.weigh(
                        new Arrivals(
                                tick.arrivals(segment, Side.CHANGED), baseline.rate(segment, Side.CHANGED) * lasted),
                        new Arrivals(
                                tick.arrivals(segment, Side.UNCHANGED),
                                baseline.rate(segment, Side.UNCHANGED) * lasted),
                        judged);
            }
        }
        silence.passTo(hours);
        silence.weigh(new Arrivals(seen[0], expected[0]), new Arrivals(seen[1], expected[1]), judged);
    }

    Base base(int segment) {
        return baseline.failing(segment);
    }

    /// The share of units that fails on the changed servers in normal times.
    double usual() {
        double expected = 0;
        double units = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            expected += baseline.units(segment, Side.CHANGED) * base(segment).changed();
            units += baseline.units(segment, Side.CHANGED);
        }
        return units == 0 ? 0.02 : expected / units;
    }

    FailStream all() {
        return all;
    }

    SilenceStream silence() {
        return silence;
    }

    /// What has tripped, the strongest first.
    List<Signal> tripped() {
        List<Signal> signals = new ArrayList<>();
        failing().forEach(stream -> addIfTripped(stream.tripped(), signals));
        addIfTripped(silence.tripped(), signals);
        silentGroups.values().forEach(stream -> addIfTripped(stream.tripped(), signals));
        signals.sort(Comparator.comparingDouble((Signal signal) -> signal.eValue() / signal.threshold())
                .reversed());
        return signals;
    }

    private static void addIfTripped(@org.jspecify.annotations.Nullable Signal signal, List<Signal> signals) {
        if (signal != null) {
            signals.add(signal);
        }
    }

    /// How far the strongest evidence is on its way to its threshold.
    double reach() {
        double most = silence.reach();
        for (FailStream stream : failing()) {
            most = Math.max(most, stream.reach());
        }
        for (SilenceStream stream : silentGroups.values()) {
            most = Math.max(most, stream.reach());
        }
        return most;
    }
}
