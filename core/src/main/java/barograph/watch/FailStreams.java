package barograph.watch;

import barograph.verdict.FailureScale;
import barograph.verdict.FailureScale.Base;
import barograph.verdict.FailureScale.Tally;
import barograph.verdict.Pace;
import barograph.verdict.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// The streams of yes-or-no evidence: all logins (and whether who failed gets in at the next try), each segment, pools
/// of segments that share a method, a realm or a client, each reason for failing, and slowness.
final class FailStreams {
    private static final double ALL = 0.33;
    private static final double GROUPS = 0.07;
    private static final double POOLS = 0.02;
    private static final double REASONS = 0.03;
    private static final double SLOW = 0.13;
    /// The part of a share that is kept for what was never seen before the change.
    private static final double KEPT_FOR_NEW = 0.1;

    private static final double COMPARED = 0.1;
    /// A group that cannot be compared with its like weighs so much less.
    private static final double LONE = 0.25;
    private static final int MOST_POOLS = 48;

    private final double alpha;
    private final Pace pace;
    private final Segments segments;
    private final Reasons reasons;
    private final Baseline baseline;
    private final Retries retries;
    private final FailStream all;
    private final FailStream slow;
    private final Control control;
    private final List<FailStream> groups = new ArrayList<>();
    private final List<FailStream> pools = new ArrayList<>();
    private final List<FailStream> byReason = new ArrayList<>();
    private final Whose whose = new Whose();
    private int newGroups;
    private int newReasons;

    FailStreams(WatchPlan plan, Segments segments, Reasons reasons, Baseline baseline, Retries retries) {
        alpha = plan.rules().falseRollback();
        pace = plan.unchanged().isEmpty() ? Pace.ALONE : Pace.SHARED;
        this.segments = segments;
        this.reasons = reasons;
        this.baseline = baseline;
        this.retries = retries;
        long hits = 0;
        long timed = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            hits += baseline.hits(segment, Side.CHANGED);
            timed += baseline.slow(segment, Side.CHANGED).units();
        }
        all = stream("fail:all", Sentences.EVERYBODY, ALL, FailureScale.ofFailuresAndRetries(hits, pace));
        slow = stream("slow:all", Sentences.EVERYBODY, SLOW, FailureScale.ofSlowness(timed, pace));
        control = new Control(
                pace.controlled() ? baseline.unitsPerHour(Side.CHANGED) : 0,
                baseline.unitsPerHour(Side.UNCHANGED),
                plan.lag().toNanos() / 3.6e12);
        pools();
        groups(pools.isEmpty() ? GROUPS + POOLS : GROUPS);
        int known = reasons.count();
        for (int reason = 0; reason < known; reason++) {
            reason(reason, REASONS * (1 - KEPT_FOR_NEW) / known);
        }
    }

    private FailStream stream(String name, String segment, double share, FailureScale test) {
        return new FailStream(name, segment, 1 / (alpha * share), test, name.startsWith("fail:reason:"));
    }

    private void groups(double share) {
        double weights = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            weights += weight(segment);
        }
        int known = segments.count();
        for (int segment = 0; segment < known; segment++) {
            group(segment, share * (1 - KEPT_FOR_NEW) * weight(segment) / weights);
        }
    }

    private double weight(int segment) {
        double units = baseline.units(segment, Side.CHANGED) + baseline.units(segment, Side.UNCHANGED) + 1.0;
        return Math.sqrt(units) * (isLone(segment) ? LONE : 1);
    }

    /// Whether so few of a segment's people come to unchanged servers that it can be compared with all, but not with
    /// its like.
    private boolean isLone(int segment) {
        return pace.controlled()
                && baseline.units(segment, Side.UNCHANGED) < COMPARED * baseline.units(segment, Side.CHANGED);
    }

    private void group(int segment, double share) {
        Base base = baseline.failing(segment);
        FailureScale test = FailureScale.ofGroup(
                baseline.hits(segment, Side.CHANGED), isLone(segment) ? Pace.LONE_GROUP : Pace.GROUP, all.test());
        FailStream stream = stream("fail:group:" + segments.name(segment), segments.name(segment), share, test);
        stream.member(segment, segments.name(segment), base, false);
        groups.add(stream);
        all.member(segment, segments.name(segment), base, true);
        all.retry(retry(segment), segment, retries.failing(segment));
        if (baseline.slow(segment, Side.CHANGED).known()) {
            slow(segment);
        }
    }

    private static int retry(int segment) {
        return Segments.MOST + segment;
    }

    /// Each mark is one more question to those who passed the one before: the chances of the answers multiply to
    /// that of how slow a login was, so that how much slower counts, and not only whether.
    private void slow(int segment) {
        for (int mark = 0; mark < Latencies.MARK_COUNT; mark++) {
            Base base = baseline.slowness(segment, mark);
            if (mark == 0) {
                slow.member(number(segment, mark), segments.name(segment), base, true);
            } else {
                slow.further(number(segment, mark), number(segment, mark - 1), base);
            }
        }
    }

    private static int number(int segment, int mark) {
        return segment * Latencies.MARK_COUNT + mark;
    }

    /// Methods, realms and clients that two segments or more share, but not all.
    private void pools() {
        Map<String, List<Integer>> named = new LinkedHashMap<>();
        collect(named, "method:", segment -> segments.dimensions(segment).method());
        collect(named, "realm:", segment -> segments.dimensions(segment).realm());
        collect(named, "client:", segment -> segments.dimensions(segment).client());
        named.values().removeIf(members -> members.size() < 2 || members.size() == segments.count());
        List<String> names = named.keySet().stream().limit(MOST_POOLS).toList();
        for (String name : names) {
            List<Integer> members = named.getOrDefault(name, List.of());
            long hits = members.stream()
                    .mapToLong(segment -> baseline.hits(segment, Side.CHANGED))
                    .sum();
            FailStream stream = stream(
                    "fail:" + name,
                    name.substring(name.indexOf(':') + 1),
                    POOLS / names.size(),
                    FailureScale.ofFailures(hits, pace));
            members.forEach(segment -> stream.member(segment, segments.name(segment), baseline.failing(segment), true));
            pools.add(stream);
        }
    }

    private void collect(Map<String, List<Integer>> named, String prefix, Function<Integer, String> dimension) {
        for (int segment = 0; segment < segments.count(); segment++) {
            named.computeIfAbsent(prefix + dimension.apply(segment), _ -> new ArrayList<>())
                    .add(segment);
        }
    }

    private void reason(int reason, double share) {
        FailureScale test = FailureScale.ofReason(baseline.hitsFor(reason, Side.CHANGED), pace);
        FailStream stream = stream("fail:reason:" + reasons.name(reason), Sentences.EVERYBODY, share, test);
        stream.member(0, reasons.name(reason), baseline.failingFor(reason), false);
        byReason.add(stream);
    }

    /// Segments and reasons that were never seen before share what was kept for them: 1/2, 1/6, 1/12, … of it.
    private void welcome() {
        while (groups.size() < segments.count()) {
            newGroups++;
            group(groups.size(), GROUPS * KEPT_FOR_NEW / (newGroups * (newGroups + 1.0)));
        }
        while (byReason.size() < reasons.count()) {
            newReasons++;
            reason(byReason.size(), REASONS * KEPT_FOR_NEW / (newReasons * (newReasons + 1.0)));
        }
    }

    /// Weighs what was counted until `hours` after the change.
    ///
    /// @param judged whether this is after the change; before, it only warms the tests up
    void weigh(Tick tick, double hours, boolean judged) {
        welcome();
        for (int segment = 0; segment < segments.count(); segment++) {
            add(segment, tick, judged);
        }
        Tally units = tick.failed(Side.CHANGED);
        Tally unitsUnchanged = tick.failed(Side.UNCHANGED);
        for (int reason = 0; reason < byReason.size(); reason++) {
            Tally hits = units.only(tick.hitsFor(reason, Side.CHANGED));
            Tally hitsUnchanged = unitsUnchanged.only(tick.hitsFor(reason, Side.UNCHANGED));
            FailStream stream = byReason.get(reason);
            stream.add(0, hits, hitsUnchanged, judged);
            stream.leaveToGroup(comparesGroup(reason));
        }
        control.see(units.units() + tick.settling(), unitsUnchanged.units(), hours);
        if (!judged) {
            weigh(hours);
        } else if (!control.missing()) {
            weigh(hours);
            slow.weigh(hours);
        } else if (control.lost()) {
            streams().forEach(FailStream::drop);
        }
    }

    /// Whether a reason is one group's that can be compared with its like.
    private boolean comparesGroup(int reason) {
        OptionalInt group = whose.ofOneGroup(reason);
        return pace.controlled() && segments.count() > 1 && group.isPresent() && !isLone(group.getAsInt());
    }

    private void weigh(double hours) {
        all.weigh(hours);
        groups.forEach(stream -> stream.weigh(hours));
        pools.forEach(stream -> stream.weigh(hours));
        byReason.forEach(stream -> stream.weigh(hours));
    }

    /// Notes that logins of a segment failed on a changed server since the change.
    void failed(int segment, int reason, int times) {
        whose.failed(segment, reason, times);
    }

    /// Who can be compared with.
    Control control() {
        return control;
    }

    private void add(int segment, Tick tick, boolean judged) {
        all.await(retry(segment), tick.retried(segment, Side.CHANGED), tick.retried(segment, Side.UNCHANGED));
        Tally changed = tick.failed(segment, Side.CHANGED);
        Tally unchanged = tick.failed(segment, Side.UNCHANGED);
        if (changed.units() + unchanged.units() == 0) {
            return;
        }
        all.add(segment, changed, unchanged, judged);
        groups.get(segment).add(segment, changed, unchanged, judged);
        pools.forEach(pool -> pool.add(segment, changed, unchanged, judged));
        for (int mark = 0; mark < Latencies.MARK_COUNT; mark++) {
            slow.await(
                    number(segment, mark),
                    tick.further(segment, Side.CHANGED, mark),
                    tick.further(segment, Side.UNCHANGED, mark));
        }
        if (judged) {
            slow.count(
                    number(segment, Latencies.SLOW),
                    tick.slow(segment, Side.CHANGED),
                    tick.slow(segment, Side.UNCHANGED));
        }
    }

    FailStream all() {
        return all;
    }

    /// The stream of one segment alone.
    FailStream group(int segment) {
        return groups.get(segment);
    }

    List<FailStream> streams() {
        List<FailStream> streams = new ArrayList<>();
        streams.add(all);
        streams.addAll(groups);
        streams.addAll(pools);
        streams.addAll(byReason);
        streams.add(slow);
        return streams;
    }
}
