package barograph.watch;

import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Trial;
import barograph.site.ServerId;
import barograph.verdict.Charge;
import barograph.verdict.Evidence;
import barograph.verdict.Evidence.Scene;
import barograph.verdict.Evidence.Suspicion;
import barograph.verdict.Judge;
import barograph.verdict.Verdict;
import barograph.verdict.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches the logins of one stage: counts them as they arrive, misses those that do not, and says what they say
/// about the change.
///
/// Logins from before the change go into a [Ledger]; with the first one after it the ledger is closed and the
/// [Scales] are set up. Pure: time comes only from arguments. Single-threaded. Memory is bounded: [Keys] at most 36
/// MB, everything else together below 10 MB, whatever the traffic. Logins wait, at most [#MOST_WAITING] of them,
/// until the next look, so that those of several servers are taken in the order of their times.
public final class Watch {
    static final int MOST_WAITING = 1 << 16;
    /// With fewer logins from before, and no unchanged server, there is nothing to compare with.
    private static final int FEWEST_LEARNED = 10;

    private static final Duration MOST_LATE = Duration.ofMinutes(5);

    private final WatchPlan plan;
    private final Scene scene;
    private final Keys keys;
    private final Segments segments = new Segments();
    private final Reasons reasons = new Reasons();
    private final Ledger ledger;
    private final Latencies latencies = new Latencies();
    private final Timetable timetable;
    private final ProbeEvidence probes;
    private final Sources sources;
    private final DrumPen pen;
    private final Tick tick = new Tick();
    private final List<Login> waiting = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private @Nullable Scales scales;
    private List<Charge> found = List.of();
    private Instant arrivalsWeighedTo;
    private Instant weighedTo;
    /// The latest `now` told; a server whose clock is ahead does not take the watch along.
    private Instant present;
    private Instant lastLook = Instant.MIN;
    private Duration lateness = Duration.ZERO;
    private boolean readToTheEnd;
    private boolean live;
    private long units;
    private long logins;
    private long failedLogins;

    public Watch(WatchPlan plan) {
        this.plan = plan;
        scene = new Scene(
                plan.stage(),
                plan.changed().keySet(),
                !plan.unchanged().isEmpty(),
                plan.judgedFrom(),
                plan.at().plus(plan.rules().bake()),
                plan.rules().unit(),
                plan.rules().falseRollback());
        keys = new Keys(plan.learnFrom(), plan.rules().unit());
        ledger = new Ledger(plan.learnFrom(), plan.at());
        timetable = new Timetable(plan);
        probes = new ProbeEvidence(plan);
        sources = new Sources(plan);
        pen = new DrumPen(plan);
        arrivalsWeighedTo = plan.judgedFrom();
        weighedTo = plan.judgedFrom();
        present = plan.at();
    }

    /// Takes in one login of a person; logins of probes are not evidence of this kind and are passed over. Logins
    /// of one server come in the order of its log.
    public void add(Login login) {
        if (login.origin() == Origin.PERSON) {
            sources.read(login.server(), login.at());
            waiting.add(login);
            if (waiting.size() >= MOST_WAITING) {
                takeWaiting();
            }
        }
    }

    /// Takes in one try of a probe, before or after the change, on a changed or an unchanged server.
    public void add(Trial trial) {
        probes.add(trial);
        if (trial.outcome().accepted()) {
            sources.gotIn(trial.server(), trial.at());
        }
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

    /// Takes in what waits, in the order of time. Until the old logs have been read to their end, only what is
    /// older than the change: the first login after it ends the learning.
    private void takeWaiting() {
        waiting.sort(Comparator.comparing(Login::at));
        int taken = 0;
        while (taken < waiting.size()
                && (readToTheEnd || waiting.get(taken).at().isBefore(plan.at()))) {
            take(waiting.get(taken));
            taken++;
        }
        waiting.subList(0, taken).clear();
        if (waiting.size() >= MOST_WAITING) {
            readToTheEnd = true;
            takeWaiting();
        }
    }

    private void take(Login login) {
        Keys.Grain grain = keys.add(login);
        Side side = plan.side(login.server());
        if (side == null || login.at().isBefore(plan.learnFrom())) {
            return;
        }
        if (live) {
            noteLateness(login.at());
        }
        if (!login.at().isAfter(present.plus(plan.rules().bake()))) {
            pen.login(login.at(), login.server(), login.outcome().accepted());
        }
        if (!grain.couldBefore() && !login.outcome().accepted()) {
            noteStranger(login, side);
            return;
        }
        int segment = segments.of(login.dimensions());
        if (login.began().isBefore(plan.at())) {
            if (scales == null) {
                learn(login, grain, segment, side);
                makeRoom(login, grain, segment);
            }
        } else if (!login.began().isBefore(plan.judgedFrom(login.server()))) {
            count(login, grain, segment, side);
        }
    }

    /// A log that is written or read late does not show at once that people came.
    private void noteLateness(Instant at) {
        Duration late = Duration.between(at, lastLook);
        if (late.compareTo(lateness) > 0) {
            lateness = late.compareTo(MOST_LATE) < 0 ? late : MOST_LATE;
        }
    }

    /// A minute of lateness is forgotten in twenty.
    private void forgetLateness(Instant now) {
        if (live) {
            Duration left = lateness.minus(Duration.between(lastLook, now).dividedBy(20));
            lateness = left.isNegative() ? Duration.ZERO : left;
        }
    }

    /// Who never could log in is no evidence, and makes no segment: of strangers there are as many as an attacker
    /// likes.
    private void noteStranger(Login login, Side side) {
        if (side == Side.CHANGED && !login.began().isBefore(plan.judgedFrom(login.server()))) {
            logins++;
            failedLogins++;
        }
    }

    private void makeRoom(Login login, Keys.Grain grain, int segment) {
        if (grain.unit()) {
            segments.rival(login.dimensions(), segment, ledger::units).ifPresent(smallest -> {
                int pool = segments.replace(smallest, login.dimensions());
                ledger.move(smallest, pool);
                latencies.move(smallest, pool);
                timetable.move(smallest, pool);
            });
        }
    }

    private void learn(Login login, Keys.Grain grain, int segment, Side side) {
        int slice = ledger.ages().sliceAt(login.at());
        if (slice < 0) {
            return;
        }
        if (grain.arrival()) {
            ledger.arrival(slice, segment, side);
            timetable.learn(login, segment);
        }
        // A server of an earlier stage has the change already: its people tell who comes, not what is normal.
        if (!login.began().isBefore(plan.changed().getOrDefault(login.server(), plan.at()))) {
            return;
        }
        boolean accepted = login.outcome().accepted();
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

    /// When many logins come at once, they are weighed a little at a time, as if they had been looked at all along.
    private void count(Login login, Keys.Grain grain, int segment, Side side) {
        Scales scales = scales();
        if (login.at().isAfter(weighedTo.plus(plan.lag())) && !login.at().isAfter(present)) {
            weighUntil(login.at(), scales);
        }
        boolean accepted = login.outcome().accepted();
        if (side == Side.CHANGED) {
            countChanged(login, grain, accepted);
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
        } else if (login.latency().isPositive() && scales.slow(segment, side).known()) {
            tick.timed(segment, side, scales.slow(segment, side).is(login.latency()));
        }
        if (plan.stage().contains(login.server())) {
            scales.stageUnit(segment, accepted);
        }
    }

    private void countChanged(Login login, Keys.Grain grain, boolean accepted) {
        logins++;
        failedLogins += accepted ? 0 : 1;
        units += grain.unit() ? 1 : 0;
        if (!accepted && grain.couldBefore() && hit.size() < Counts.MOST_PEOPLE) {
            hit.add(login.user().value());
        }
    }

    /// The first call closes the ledger and replays the warm-up.
    private Scales scales() {
        Scales ready = scales;
        if (ready == null) {
            Coverage coverage = new Coverage(ledger);
            ready = setUp(coverage);
            scales = ready;
            ready.warmUp(ledger, coverage, reasons);
        }
        return ready;
    }

    private Scales setUp(Coverage coverage) {
        Baseline baseline = Baseline.of(ledger, coverage, latencies, segments);
        timetable.close(baseline, coverage.longest());
        return new Scales(plan, scene, segments, reasons, baseline, timetable);
    }

    /// What the logins say about the change, as far as `now`. May be called any number of times; what once was
    /// proven harmful stays so.
    public Verdict weigh(Instant now) {
        present = now;
        readToTheEnd |= sources.readToTheEnd(now, lastLook);
        takeWaiting();
        forgetLateness(now);
        lastLook = now;
        if (now.isBefore(plan.judgedFrom()) || !readToTheEnd) {
            return notYet(now);
        }
        Scales scales = scales();
        live = true;
        weighUntil(now, scales);
        if (found.isEmpty()) {
            List<Charge> charges = new ArrayList<>(probes.charges());
            charges.addAll(scales.charges(sources.silenceCounts(now)));
            found = charges;
        }
        Optional<Suspicion> suspicion = scales.suspicion();
        double reach = suspicion.map(Suspicion::reach).orElse(0.0);
        pen.needle(now, found.isEmpty() ? Math.min(reach, 0.99) : Math.max(reach, 1));
        return Judge.weigh(new Evidence(
                now,
                scene,
                found,
                suspicion,
                blindness(scales, now),
                scales.counted(),
                scales.health(plan.rules().harmlessBelow())));
    }

    /// Before there is anything to weigh, only probes speak.
    private Verdict notYet(Instant now) {
        found = found.isEmpty() ? probes.charges() : found;
        if (!found.isEmpty()) {
            return new Verdict.Harmful(
                    found.stream().map(Charge::signal).toList(),
                    found.getFirst().because());
        }
        if (now.isBefore(plan.judgedFrom())) {
            return new Verdict.Undecided(
                    0,
                    "The change on " + Wording.servers(plan.stage()) + " is settling. Logins count from "
                            + Wording.clock(plan.judgedFrom()) + " on.");
        }
        return sources.blindness(now)
                .<Verdict>map(Verdict.Blind::new)
                .orElseGet(() -> new Verdict.Undecided(
                        0, "The logs from before the change are still being read. They tell what is usual."));
    }

    /// Puts on the scales what was counted.
    private void weighUntil(Instant now, Scales scales) {
        scales.weighFailures(tick, hoursSinceChange(now));
        tick.clear();
        weighedTo = now;
        Duration late = lateness.compareTo(plan.lag()) > 0 ? lateness : plan.lag();
        Instant seenTo = now.minus(late);
        if (seenTo.isAfter(arrivalsWeighedTo)) {
            Timetable.Span span = timetable.judged(arrivalsWeighedTo, seenTo);
            scales.weighArrivals(tick, hoursSinceChange(seenTo), span);
            tick.clearArrivals();
            arrivalsWeighedTo = seenTo;
        }
    }

    private double hoursSinceChange(Instant at) {
        return Duration.between(plan.at(), at).toMillis() / 3_600_000.0;
    }

    private Optional<String> blindness(Scales scales, Instant now) {
        Optional<String> deaf = sources.blindness(now);
        if (deaf.isPresent()) {
            return deaf;
        }
        if (!scene.controlled() && scales.learned() < FEWEST_LEARNED) {
            return Optional.of("There is nothing to compare with: no server is left unchanged, and only "
                    + scales.learned() + " logins count from before the change. Read more of the old logs, or leave a"
                    + " server unchanged for a while.");
        }
        Duration watched = Duration.between(plan.judgedFrom(), now);
        if (units == 0 && watched.compareTo(plan.rules().quiet()) > 0) {
            return Optional.of("No login that counts has come to " + Wording.servers(plan.stage()) + " since "
                    + Wording.clock(plan.judgedFrom()) + ", and hardly any is expected. Probes of every kind of login,"
                    + " or a busier hour, would let the watch see. This does not mean that logins work.");
        }
        return Optional.empty();
    }

    /// How soon harm would be seen, at the traffic learned so far: to all, then to each segment, the busiest first.
    public List<Foresight> foresight() {
        takeWaiting();
        Scales ready = scales;
        return (ready == null ? setUp(new Coverage(ledger)) : ready).foresight();
    }

    /// The evidence of harm that is furthest on its way; empty before there is anything to weigh.
    public Optional<Suspicion> suspicion() {
        Scales ready = scales;
        return ready == null ? Optional.empty() : ready.suspicion();
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
