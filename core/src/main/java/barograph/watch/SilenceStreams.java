package barograph.watch;

import barograph.verdict.ArrivalScale;
import barograph.verdict.ArrivalScale.Arrivals;
import barograph.verdict.Pace;
import barograph.verdict.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The streams of arrivals: all people, and each segment that the unchanged servers see enough of to compare.
final class SilenceStreams {
    private static final double ALL = 0.14;
    private static final double GROUPS = 0.05;
    /// A segment is watched alone if the unchanged servers see at least this part of what the changed ones see of
    /// it.
    private static final double ENOUGH = 0.3;

    private static final int ENOUGH_LEARNED = 20;

    private final Segments segments;
    private final Timetable timetable;
    private final SilenceStream all;
    private final Baseline baseline;
    private final Map<Integer, SilenceStream> groups = new LinkedHashMap<>();
    /// Arrivals on changed servers of segments that were never seen there before. A change may give people a new name
    /// in
    /// the log; whoever may have come under a new one is not missed under the old one.
    private long cameNew;

    SilenceStreams(WatchPlan plan, Segments segments, Baseline baseline, Timetable timetable) {
        this.segments = segments;
        this.baseline = baseline;
        this.timetable = timetable;
        double alpha = plan.rules().falseRollback();
        Pace pace = plan.unchanged().isEmpty() ? Pace.ALONE : Pace.SHARED;
        long arrivals = 0;
        Map<Integer, Double> weights = new LinkedHashMap<>();
        for (int segment = 0; segment < segments.count(); segment++) {
            long changed = baseline.arrivals(segment, Side.CHANGED);
            long unchanged = baseline.arrivals(segment, Side.UNCHANGED);
            arrivals += changed;
            if (changed >= ENOUGH_LEARNED && unchanged >= ENOUGH * changed) {
                weights.put(segment, Math.sqrt((double) changed));
            }
        }
        all = new SilenceStream(
                "silence:all",
                Sentences.EVERYBODY,
                1 / (alpha * ALL),
                new ArrivalScale(arrivals, timetable.byHour(), pace));
        double sum = weights.values().stream().mapToDouble(weight -> weight).sum();
        weights.forEach((segment, weight) -> groups.put(
                segment,
                new SilenceStream(
                        "silence:group:" + segments.name(segment),
                        segments.name(segment),
                        sum / (alpha * GROUPS * weight),
                        new ArrivalScale(baseline.arrivals(segment, Side.CHANGED), timetable.byHour(), pace))));
    }

    /// Weighs the arrivals of an interval.
    ///
    /// @param hours when it ended, since the change
    /// @param span how much of it the servers of each side were judged
    void weigh(Tick tick, double hours, Timetable.Span span, boolean judged) {
        Arrivals changed = Arrivals.NONE;
        Arrivals unchanged = Arrivals.NONE;
        for (int segment = 0; segment < segments.count(); segment++) {
            Arrivals here = arrivals(tick, segment, Side.CHANGED, span);
            Arrivals there = arrivals(tick, segment, Side.UNCHANGED, span);
            changed = changed.plus(here);
            unchanged = unchanged.plus(there);
            SilenceStream stream = groups.get(segment);
            if (stream != null) {
                stream.add(hours, here, there, judged);
            }
            cameNew += baseline.arrivals(segment, Side.CHANGED) == 0 ? here.seen() : 0;
        }
        all.add(hours, changed, unchanged, judged);
        groups.values().forEach(stream -> stream.maybeRenamed(cameNew));
    }

    private Arrivals arrivals(Tick tick, int segment, Side side, Timetable.Span span) {
        return new Arrivals(tick.arrivals(segment, side), timetable.expected(segment, side, span));
    }

    SilenceStream all() {
        return all;
    }

    List<SilenceStream> streams() {
        List<SilenceStream> streams = new ArrayList<>();
        streams.add(all);
        streams.addAll(groups.values());
        return streams;
    }
}
