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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
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

    private final WatchPlan plan;
    private final Scene scene;
    private final Part part;
    private final Parts parts = new Parts();
    private final Segments segments = new Segments();
    private final Reasons reasons = new Reasons();
    private final Ledger ledger;
    private final Latencies latencies = new Latencies();
    private final Retries retries = new Retries();
    private final Timetable timetable;
    private final ProbeEvidence probes;
    private final Sources sources;
    private final DrumPen pen;
    private final Tick tick = new Tick();
    private final Lateness lateness;
    private final List<Counted> pieces = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private @Nullable Scales scales;
    private List<Charge> found = List.of();
    private Instant arrivalsWeighedTo;
    private Instant weighedTo;
    /// The latest `now` told; a server whose clock is ahead does not take the watch along.
    private Instant present;
    private Instant lastLook = Instant.MIN;
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
        part = new Part(plan, 0, 1);
        ledger = new Ledger(plan.learnFrom(), plan.at());
        timetable = new Timetable(plan);
        probes = new ProbeEvidence(plan);
        sources = new Sources(plan);
        pen = new DrumPen(plan);
        lateness = new Lateness(plan.lag(), scene.controlled());
        arrivalsWeighedTo = plan.at();
        weighedTo = plan.at();
        present = plan.at();
    }

    /// Takes in one login of a person; logins of probes are not evidence of this kind and are passed over. Logins
    /// of one server come in the order of its log.
    public void add(Login login) {
        if (login.origin() == Origin.PERSON) {
            sources.read(login.server(), login.at());
            part.add(login);
            if (part.waiting() + pieces.size() >= MOST_WAITING) {
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

    /// Takes in that all which a server's log held at this moment has been handed over.
    public void readTo(ServerId server, Instant moment) {
        sources.readTo(server, moment);
    }

    /// Takes in what another process has counted; see [Part].
    ///
    /// @throws IllegalArgumentException where it was counted for another watch, or one of its rows cannot be; then
    ///         nothing of it has been taken
    public void add(Sheet sheet) {
        plan.claim(sheet.watch());
        List<Counted> rows = sheet.rows().stream().map(this::counted).toList();
        if (!parts.take(sheet)) {
            return;
        }
        for (Counted row : rows) {
            sources.read(row.piece().server(), row.piece().at());
            pieces.add(row);
        }
        people(sheet.hit());
        if (part.waiting() + pieces.size() >= MOST_WAITING) {
            takeWaiting();
        }
    }

    private Counted counted(Sheet.Row row) {
        Piece piece = row.piece();
        if (plan.side(piece.server()) == null || row.times() < 1 || row.times() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a sheet counts " + row.times() + " logins on " + piece.server()
                    + ", where this watch expects at least one on a server of its own: "
                    + Wording.servers(plan.changed().keySet()) + " or " + Wording.servers(plan.unchanged()));
        }
        return new Counted(piece, (int) row.times());
    }

    /// So many alike pieces.
    private record Counted(Piece piece, int times) {}

    /// Takes in what waits, in the order of time. Until the old logs have been read to their end, only what is
    /// older than the change: the first login after it ends the learning.
    private void takeWaiting() {
        part.pieces(readToTheEnd ? Instant.MAX : plan.at()).forEach(piece -> pieces.add(new Counted(piece, 1)));
        people(part.people());
        pieces.sort(Comparator.comparing(counted -> counted.piece().at()));
        int taken = 0;
        while (taken < pieces.size()
                && (readToTheEnd || pieces.get(taken).piece().at().isBefore(plan.at()))) {
            take(pieces.get(taken).piece(), pieces.get(taken).times());
            taken++;
        }
        pieces.subList(0, taken).clear();
        if (part.waiting() + pieces.size() >= MOST_WAITING) {
            readToTheEnd = true;
            takeWaiting();
        }
    }

    private void people(List<Long> more) {
        for (long person : more) {
            if (hit.size() < Counts.MOST_PEOPLE) {
                hit.add(person);
            }
        }
    }

    private void take(Piece piece, int times) {
        Side side = Objects.requireNonNull(plan.side(piece.server()));
        if (live) {
            lateness.read(side, piece.at(), lastLook);
        }
        if (!piece.at().isAfter(present.plus(plan.rules().bake()))) {
            pen.login(piece, times);
        }
        if (side == Side.CHANGED && piece.phase() == Phase.JUDGED) {
            logins += times;
            failedLogins += piece.accepted() ? 0 : times;
        }
        if (piece.stranger()) {
            return;
        }
        int segment = segments.of(piece.dimensions());
        switch (piece.phase()) {
            case BEFORE, CHANGED_BEFORE -> {
                if (scales == null) {
                    learn(piece, segment, side, times);
                    makeRoom(piece, segment, times);
                }
            }
            case SETTLING -> tick.settling(piece.grain().unit() ? times : 0);
            case JUDGED -> count(piece, segment, side, times);
        }
    }

    private void makeRoom(Piece piece, int segment, int times) {
        if (piece.grain().unit()) {
            segments.rival(piece.dimensions(), segment, times, ledger::units).ifPresent(smallest -> {
                int pool = segments.replace(smallest, piece.dimensions());
                ledger.move(smallest, pool);
                latencies.move(smallest, pool);
                timetable.move(smallest, pool);
                retries.move(smallest, pool);
            });
        }
    }

    private void learn(Piece piece, int segment, Side side, int times) {
        int slice = ledger.ages().sliceAt(piece.at());
        if (slice < 0) {
            return;
        }
        if (piece.grain().arrival()) {
            ledger.arrival(slice, segment, side, times);
            timetable.learn(piece, segment, times);
        }
        if (piece.phase() == Phase.CHANGED_BEFORE) {
            return;
        }
        if (piece.grain().retry()) {
            retries.learn(segment, !piece.accepted(), times);
        }
        if (piece.grain().unit()) {
            ledger.unit(slice, segment, side, times);
            if (!piece.accepted()) {
                ledger.hit(slice, segment, side, reasons.of(piece.reason()), times);
            }
        }
        if (piece.accepted() && piece.latency() != Latencies.UNTOLD) {
            latencies.add(segment, side, piece.latency(), times);
        }
    }

    /// When many logins come at once, they are weighed a little at a time, as if they had been looked at all along.
    private void count(Piece piece, int segment, Side side, int times) {
        Scales scales = scales();
        if (piece.at().isAfter(weighedTo.plus(plan.lag())) && !piece.at().isAfter(present)) {
            weighUntil(piece.at(), scales);
        }
        if (piece.grain().arrival()) {
            tick.arrival(segment, side, times);
        }
        if (piece.grain().retry()) {
            tick.retry(segment, side, !piece.accepted(), times);
        }
        if (!piece.grain().unit()) {
            return;
        }
        units += side == Side.CHANGED ? times : 0;
        tick.unit(segment, side, times);
        if (!piece.accepted()) {
            int reason = reasons.of(piece.reason());
            tick.hit(segment, side, reason, times);
            if (side == Side.CHANGED) {
                scales.failed(segment, reason, times);
            }
        } else if (piece.latency() != Latencies.UNTOLD) {
            Latencies.Slow slow = scales.slow(segment, side);
            if (slow.known()) {
                tick.timed(segment, side, slow.passed(piece.latency()), times);
            }
        }
        if (plan.stage().contains(piece.server())) {
            scales.stageUnits(segment, piece.accepted(), times);
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
        timetable.close(baseline, coverage.longest(), latencies);
        return new Scales(plan, scene, segments, reasons, baseline, retries, timetable);
    }

    /// What the logins say about the change, as far as `now`. May be called any number of times; what once was
    /// proven harmful stays so.
    public Verdict weigh(Instant now) {
        present = now;
        readToTheEnd |= parts.past(plan.at()) && sources.readToTheEnd(now, lastLook);
        takeWaiting();
        if (live) {
            lateness.pass(Duration.between(lastLook, now));
        }
        lastLook = now;
        if (now.isBefore(plan.at()) || !readToTheEnd) {
            return notYet(now);
        }
        live = true;
        Scales scales = scales();
        weighUntil(now, scales);
        if (now.isBefore(plan.judgedFrom())) {
            return notYet(now);
        }
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
        return deaf(now)
                .<Verdict>map(Verdict.Blind::new)
                .orElseGet(() -> new Verdict.Undecided(
                        0, "The logs from before the change are still being read. They tell what is usual."));
    }

    /// Puts on the scales what was counted.
    private void weighUntil(Instant now, Scales scales) {
        scales.weighFailures(tick, hoursSinceChange(now));
        tick.clear();
        weighedTo = now;
        Instant readTo = sources.readTo(now);
        Instant seenTo = readTo.equals(Instant.MIN) ? readTo : readTo.minus(lateness.most());
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

    private Optional<String> deaf(Instant now) {
        return sources.blindness(now)
                .or(() -> parts.blindness(now, plan.at(), plan.rules().quiet()));
    }

    private Optional<String> blindness(Scales scales, Instant now) {
        Optional<String> deaf = deaf(now);
        if (deaf.isPresent()) {
            return deaf;
        }
        if (!scene.controlled() && scales.learned() < FEWEST_LEARNED) {
            return Optional.of("There is nothing to compare with: no server is left unchanged, and only "
                    + scales.learned() + " logins count from before the change. Read more of the old logs, or leave a"
                    + " server unchanged for a while.");
        }
        OptionalDouble lost = scales.controlLost();
        if (lost.isPresent() && !scales.health(plan.rules().harmlessBelow()).proven()) {
            return Optional.of(alone(lost.getAsDouble()));
        }
        Duration watched = Duration.between(plan.judgedFrom(), now);
        if (units == 0 && watched.compareTo(plan.rules().quiet()) > 0) {
            return Optional.of("No login that counts has come to " + Wording.servers(plan.stage()) + " since "
                    + Wording.clock(plan.judgedFrom()) + ", and hardly any is expected. Probes of every kind of login,"
                    + " or a busier hour, would let the watch see. This does not mean that logins work.");
        }
        return Optional.empty();
    }

    private String alone(double hours) {
        Instant last = plan.at().plusMillis(Math.round(hours * 3_600_000));
        return "Since " + Wording.clock(last) + " hardly any login has come to " + Wording.servers(plan.unchanged())
                + ", where nothing was changed. What fails on " + Wording.servers(plan.stage())
                + " now may fail everywhere, so it is not weighed. Give the unchanged servers logins again, or ask"
                + " probes.";
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
