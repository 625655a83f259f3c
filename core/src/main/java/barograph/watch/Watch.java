package barograph.watch;

import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Trial;
import barograph.site.ServerId;
import barograph.verdict.FailureTest.Tally;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches the logins of one stage: counts them as they arrive, misses those that do not, and says what they say
/// about the change.
///
/// Pure: time comes only from arguments. Single-threaded. Memory is bounded: [Keys] at most 36 MB, everything else
/// together a few MB, whatever the traffic; logins wait in a list of at most [#MOST_WAITING] until the next look,
/// so that those of several servers are taken in the order of their times.
public final class Watch {
    static final int MOST_WAITING = 1 << 16;

    private final WatchPlan plan;
    private final Keys keys;
    private final Segments segments = new Segments();
    private final Reasons reasons = new Reasons();
    private final Ledger ledger;
    private final Latencies latencies = new Latencies();
    private final ProbeEvidence probes;
    private final Sources sources;
    private final DrumPen pen;
    private final Tick tick = new Tick();
    private final List<Login> waiting = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private final Timetable timetable;
    private @Nullable Judging judging;
    private List<Signal> found = List.of();
    private Instant arrivalsWeighedTo;
    private long units;
    private long logins;
    private long failedLogins;

    public Watch(WatchPlan plan) {
        this.plan = plan;
        keys = new Keys(plan.learnFrom(), plan.rules().unit());
        ledger = new Ledger(plan.learnFrom(), plan.at());
        probes = new ProbeEvidence(plan);
        sources = new Sources(plan);
        Instant drawFrom = plan.at().minus(plan.rules().bake());
        pen = new DrumPen(plan, drawFrom.isBefore(plan.learnFrom()) ? plan.learnFrom() : drawFrom);
        timetable = new Timetable(plan);
        arrivalsWeighedTo = plan.judgedFrom();
    }

    /// Takes in one login of a person; logins of probes are not evidence of this kind and are passed over. Logins
    /// of one server come in the order of its log.
    public void add(Login login) {
        if (login.origin() == Origin.PERSON) {
            waiting.add(login);
            if (waiting.size() >= MOST_WAITING) {
                takeWaiting();
            }
        }
    }

    /// Takes in one try of a probe, before or after the change, on a changed or an unchanged server.
    public void add(Trial trial) {
        probes.add(trial);
    }

    /// Takes in what the source of a server's logins says of itself.
    ///
    /// @param trouble why nothing can be read at the moment; empty when all is well
    /// @param lastSign when the log last gave any sign of life; [Instant#MIN] if never
    /// @param lines read since the last call
    /// @param unread how many of them look like logins but could not be read
    public void see(ServerId server, String trouble, Instant lastSign, long lines, long unread) {
        sources.see(server, trouble, lastSign, lines, unread);
    }

    private void takeWaiting() {
        waiting.sort(Comparator.comparing(Login::at));
        waiting.forEach(this::take);
        waiting.clear();
    }

    private void take(Login login) {
        Keys.Grain grain = keys.add(login);
        Side side = side(login.server());
        if (side == null || login.at().isBefore(plan.learnFrom())) {
            return;
        }
        pen.login(login.at(), login.server(), login.outcome().accepted());
        int segment = segments.of(login.dimensions());
        if (login.began().isBefore(plan.at())) {
            if (judging == null) {
                learn(login, grain, segment, side);
            }
        } else if (!login.began().isBefore(plan.judgedFrom(login.server()))) {
            count(login, grain, segment, side);
        }
    }

    private @Nullable Side side(ServerId server) {
        if (plan.changed().containsKey(server)) {
            return Side.CHANGED;
        }
        return plan.unchanged().contains(server) ? Side.UNCHANGED : null;
    }

    private void learn(Login login, Keys.Grain grain, int segment, Side side) {
        int slice = ledger.sliceAt(login.at());
        if (slice < 0) {
            return;
        }
        boolean accepted = login.outcome().accepted();
        if (grain.arrival()) {
            ledger.arrival(slice, segment, side);
            timetable.learn(login, segment);
        }
        Instant changedAt = plan.changed().getOrDefault(login.server(), plan.at());
        if (!login.began().isBefore(changedAt)) {
            return;
        }
        if (grain.unit()) {
            ledger.unit(slice, segment, side);
            if (!accepted) {
                ledger.hit(slice, segment, side, reasons.of(login.outcome().reason()));
            }
        }
        if (accepted && login.latency().isPositive()) {
            latencies.add(segment, side, login.latency());
        }
    }

    private void count(Login login, Keys.Grain grain, int segment, Side side) {
        Judging now = judging();
        boolean accepted = login.outcome().accepted();
        if (side == Side.CHANGED) {
            logins++;
            failedLogins += accepted ? 0 : 1;
            units += grain.unit() ? 1 : 0;
            if (!accepted && grain.couldBefore() && hit.size() < Counts.MOST_PEOPLE) {
                hit.add(login.user().value());
            }
        }
        if (grain.arrival()) {
            tick.arrival(segment, side);
        }
        if (!grain.unit()) {
            return;
        }
        tick.unit(segment, side);
        if (!accepted) {
            tick.hit(segment, side, reasons.of(login.outcome().reason()));
        } else if (login.latency().isPositive()) {
            Latencies.Slow slow = now.baseline.slow(segment, side);
            if (slow.known()) {
                tick.timed(segment, side, slow.is(login.latency()));
            }
        }
        if (plan.stage().contains(login.server())) {
            double base = now.baseline.failing(segment).changed();
            double usual = Math.min(now.failures.all().test().usual(base), 2 * base);
            now.health.add(segment, new Tally(1, accepted ? 0 : 1), usual);
        }
    }

    /// What begins once the ledger is closed.
    private static final class Judging {
        private final Baseline baseline;
        private final FailStreams failures;
        private final SilenceStreams silences;
        private final Health health;

        private Judging(Watch watch) {
            baseline = Baseline.of(watch.ledger, watch.latencies);
            watch.timetable.close(baseline);
            failures = new FailStreams(watch.plan, watch.segments, watch.reasons, baseline);
            silences = new SilenceStreams(watch.plan, watch.segments, baseline, watch.timetable);
            health = new Health(watch.plan.rules().harmlessBelow(), watch.segments, baseline);
        }

        private double reach() {
            double most = 0;
            for (FailStream stream : failures.streams()) {
                most = Math.max(most, stream.reach());
            }
            for (SilenceStream stream : silences.streams()) {
                most = Math.max(most, stream.reach());
            }
            return most;
        }

        private List<Signal> tripped() {
            List<Signal> signals = new ArrayList<>();
            for (FailStream stream : failures.streams()) {
                if (stream.reach() >= 1) {
                    signals.add(stream.signal());
                }
            }
            for (SilenceStream stream : silences.streams()) {
                if (stream.reach() >= 1) {
                    signals.add(stream.signal());
                }
            }
            signals.sort(Comparator.comparingDouble((Signal signal) -> signal.eValue() / signal.threshold())
                    .reversed());
            return signals;
        }
    }

    /// The first call closes the ledger and replays the warm-up.
    private Judging judging() {
        Judging now = judging;
        if (now == null) {
            now = new Judging(this);
            judging = now;
            warmUp(now);
        }
        return now;
    }

    private void warmUp(Judging now) {
        Tick slice = new Tick();
        for (int number = Ledger.LEARNING; number < Ledger.SLICES; number++) {
            slice.clear();
            slice.fill(ledger, number, segments.count(), reasons.count());
            double hours = -ledger.hoursBeforeChange(number);
            now.failures.weigh(slice, hours, false);
            now.silences.weigh(slice, hours, ledger.span(number), false);
        }
    }

    /// What the logins say about the change, as far as `now`. May be called any number of times.
    public Verdict weigh(Instant now) {
        takeWaiting();
        if (now.isBefore(plan.judgedFrom())) {
            return new Verdict.Undecided(
                    0, "The change is settling; logins count from " + Telling.clock(plan.judgedFrom()) + " on.");
        }
        Judging seen = judging();
        seen.failures.weigh(tick, hoursSinceChange(now), true);
        tick.clear();
        weighArrivals(seen, now);
        if (found.isEmpty()) {
            List<Signal> signals = new ArrayList<>(probes.signals());
            signals.addAll(seen.tripped());
            found = signals;
        }
        pen.needle(now, Math.max(seen.reach(), found.isEmpty() ? 0 : 1));
        return verdict(seen, now);
    }

    private void weighArrivals(Judging seen, Instant now) {
        Instant seenTo = now.minus(lag());
        if (seenTo.isAfter(arrivalsWeighedTo)) {
            Timetable.Span span = timetable.judged(arrivalsWeighedTo, seenTo);
            seen.silences.weigh(tick, hoursSinceChange(seenTo), span, true);
            tick.clearArrivals();
            arrivalsWeighedTo = seenTo;
        }
    }

    /// Logs are written and read with some delay; what should have come in the last moments may still come.
    private Duration lag() {
        Duration part = plan.rules().unit().dividedBy(20);
        return part.compareTo(Duration.ofSeconds(10)) > 0 ? Duration.ofSeconds(10) : part;
    }

    private double hoursSinceChange(Instant at) {
        return Duration.between(plan.at(), at).toMillis() / 3_600_000.0;
    }

    private Verdict verdict(Judging seen, Instant now) {
        if (!found.isEmpty()) {
            return new Verdict.Harmful(found, harm(found.getFirst()));
        }
        var blind = sources.blindness(now);
        if (blind.isPresent()) {
            return new Verdict.Blind(blind.get());
        }
        boolean baked = !now.isBefore(plan.at().plus(plan.rules().bake()));
        if (baked && seen.reach() < 0.5 && seen.health.proven()) {
            return new Verdict.Healthy(
                    units,
                    "No sign of harm in " + units + " logins that count. A rise of "
                            + Math.round(plan.rules().harmlessBelow() * 100) + " points or more is ruled out.");
        }
        long needed = seen.health.unitsNeeded();
        return new Verdict.Undecided(
                needed,
                needed > 0
                        ? units + " logins count so far, and nothing speaks against the change. About " + needed
                                + " more will show that it is harmless."
                        : "Nothing speaks against the change so far. It is watched until "
                                + Telling.clock(plan.at().plus(plan.rules().bake())) + " at least.");
    }

    private String harm(Signal signal) {
        if (signal.stream().startsWith("door:")) {
            return signal.stream() + " on " + signal.segment() + " is let in, though it must be refused. "
                    + "That door was shut before the change, or is shut on an unchanged server.";
        }
        if (signal.stream().startsWith("probe:")) {
            return signal.stream() + " failed " + signal.hits() + " times running on " + signal.segment()
                    + ". It passed before the change, or passes on an unchanged server.";
        }
        String what = signal.stream().startsWith("silence")
                ? " expected logins stayed away"
                : signal.stream().startsWith("slow") ? " logins were slow" : " could not log in";
        return signal.hits() + " of " + signal.units() + what + " on the changed servers (" + signal.segment()
                + "); usual is " + Telling.share(signal.usual())
                + ". The chance to see this if the change did nothing is " + Telling.chance(signal.eValue()) + ".";
    }

    /// The trace so far, for drawing.
    public Drum drum() {
        takeWaiting();
        return pen.drum();
    }

    /// What happened on the changed servers since the change.
    public Counts counts() {
        takeWaiting();
        return new Counts(units, logins, failedLogins, hit.size());
    }
}
