package barograph.watch;

import barograph.verdict.Charge;
import barograph.verdict.Evidence;
import barograph.verdict.Evidence.Counted;
import barograph.verdict.Evidence.Scene;
import barograph.verdict.Evidence.Suspicion;
import barograph.verdict.FailureScale.Tally;
import barograph.verdict.Power;
import barograph.verdict.Sentences;
import barograph.verdict.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What every login since the change is weighed on: what is normal, the streams of evidence, and the proof of
/// health. Set up once, when the first login after the change is seen; from then on nothing more is learned.
final class Scales {
    /// A stream that adds less than this part of the proof is not named.
    private static final double WORTH_TELLING = 0.001;

    private final boolean controlled;
    private final Scene scene;
    private final Segments segments;
    private final Baseline baseline;
    private final Timetable timetable;
    private final FailStreams failures;
    private final SilenceStreams silences;
    private final Health health;

    Scales(
            WatchPlan plan,
            Scene scene,
            Segments segments,
            Reasons reasons,
            Baseline baseline,
            Retries retries,
            Timetable timetable) {
        controlled = scene.controlled();
        this.scene = scene;
        this.segments = segments;
        this.baseline = baseline;
        this.timetable = timetable;
        failures = new FailStreams(plan, segments, reasons, baseline, retries);
        silences = new SilenceStreams(plan, segments, baseline, timetable);
        health = new Health(plan.rules().harmlessBelow(), segments, baseline);
    }

    /// Replays what was seen shortly before the change, so that the tests know in which state the world is.
    void warmUp(Ledger ledger, Coverage coverage, Reasons reasons) {
        Tick tick = new Tick();
        for (int slice = ledger.ages().count() - 1; slice >= 0; slice--) {
            if (!coverage.learned(slice)) {
                tick.fill(ledger, slice, segments.count(), reasons.count());
                double hours = -ledger.ages().end(slice) / 3600;
                failures.weigh(tick, hours, false);
                silences.weigh(tick, hours, timetable.before(slice, coverage), false);
            }
        }
    }

    void weighFailures(Tick tick, double hours) {
        failures.weigh(tick, hours, true);
    }

    void weighArrivals(Tick tick, double hours, Timetable.Span span) {
        silences.weigh(tick, hours, span, true);
    }

    Latencies.Slow slow(int segment, Side side) {
        return baseline.slow(segment, side);
    }

    /// Notes that alike logins of a segment failed on a changed server.
    void failed(int segment, int reason, int times) {
        failures.failed(segment, reason, times);
    }

    /// Notes alike units on a server of the stage, for the proof of health.
    void stageUnits(int segment, boolean accepted, int times) {
        double base = baseline.failing(segment).changed();
        double usual = controlled ? failures.all().test().usual(base) : base;
        health.add(segment, new Tally(times, accepted ? 0 : times), usual);
    }

    /// What proves harm, the strongest first; empty where nothing does.
    ///
    /// The streams' e-values, each weighted with its share of the site's `false-rollback`, add up to one e-value: a
    /// mean of e-values is one (Vovk and Wang, *E-values: calibration, combination and applications*, §3). It
    /// reaches its threshold whenever one stream reaches its own, and sooner where several speak.
    ///
    /// @param silenceCounts whether an absence of logins is one of people, not of lines
    List<Charge> charges(boolean silenceCounts) {
        Map<Signal, Double> parts = new LinkedHashMap<>();
        double sum = 0;
        for (FailStream stream : failures.streams()) {
            sum += stream.part();
            if (stream.part() >= WORTH_TELLING) {
                parts.put(stream.signal(), stream.part());
            }
        }
        for (SilenceStream stream : silences.streams()) {
            double part = silenceCounts ? stream.part() : 0;
            sum += part;
            if (part >= WORTH_TELLING) {
                parts.put(stream.signal(), part);
            }
        }
        double together = sum;
        return sum < 1
                ? List.of()
                : parts.entrySet().stream()
                        .sorted(Map.Entry.<Signal, Double>comparingByValue().reversed())
                        .map(Map.Entry::getKey)
                        .map(signal -> new Charge(signal, Sentences.harm(signal, scene, together)))
                        .toList();
    }

    /// The evidence that is furthest on its way.
    Optional<Suspicion> suspicion() {
        Optional<Suspicion> failing = failures.streams().stream()
                .max(Comparator.comparingDouble(FailStream::reach))
                .map(stream -> new Suspicion(stream.signal(), stream.reach()));
        Optional<Suspicion> silent = silences.streams().stream()
                .max(Comparator.comparingDouble(SilenceStream::reach))
                .map(stream -> new Suspicion(stream.signal(), stream.reach()));
        double failingReach = failing.map(Suspicion::reach).orElse(0.0);
        return silent.filter(suspicion -> suspicion.reach() > failingReach).or(() -> failing);
    }

    Counted counted() {
        return new Counted(failures.all().changed(), failures.all().unchanged(), baseline.usual(segments.count()));
    }

    /// Until when unchanged servers were seen, in hours since the change, where they are lost now.
    OptionalDouble controlLost() {
        Control control = failures.control();
        return control.lost() ? OptionalDouble.of(control.seenAt()) : OptionalDouble.empty();
    }

    Evidence.Health health(double below) {
        return new Evidence.Health(health.proven(), below, health.unitsNeeded(), health.unseen());
    }

    /// How soon harm would be seen: to all, then to each segment, the busiest first.
    List<Foresight> foresight() {
        List<Foresight> foresights = new ArrayList<>();
        double all = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            double perHour = baseline.unitsPerHour(segment, Side.CHANGED) * timetable.factor(segment, scene.since());
            double threshold = failures.group(segment).threshold();
            foresights.add(foresight(
                    segments.name(segment), perHour, baseline.failing(segment).changed(), threshold));
            all += perHour;
        }
        foresights.sort(Comparator.comparingDouble(Foresight::unitsPerHour).reversed());
        double usual = baseline.usual(segments.count());
        foresights.addFirst(
                foresight(Sentences.EVERYBODY, all, usual, failures.all().threshold()));
        return foresights;
    }

    private static Foresight foresight(String segment, double perHour, double base, double threshold) {
        return new Foresight(
                segment,
                perHour,
                time(Power.unitsToSee(base, 1, threshold), perHour),
                time(Power.unitsToSee(base, 0.05, threshold), perHour),
                time(Power.unitsToSee(base, 0.1, threshold), perHour),
                Power.unitsToSee(base, 1, threshold));
    }

    private static Duration time(double units, double perHour) {
        double hours = perHour <= 0 ? Double.POSITIVE_INFINITY : units / perHour;
        double most = Foresight.NEVER.toHours();
        return hours >= most ? Foresight.NEVER : Duration.ofMillis(Math.round(hours * 3_600_000));
    }

    /// Units that were learned from.
    long learned() {
        return baseline.allUnits();
    }
}
