package barograph.runner;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.forecast.Forecaster;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Insight;
import barograph.rollout.Plan;
import barograph.rollout.Rollout;
import barograph.rollout.Step;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The loop that keeps a change moving: it asks the rollout what to do next, does it, and writes down what came of it.
///
/// Everything it knows it can learn again from the record, the hosts and the logs, so it may be killed between any two
/// lines. One runner per change; not for use by several threads.
public final class Runner {
    /// How often at most one verdict is written down for a stage while only its reasons change.
    private static final int SAME_VERDICT_AT_MOST = 10;

    private final Journal journal;
    private final Site site;
    private final World world;
    private final ChangeId change;
    private final Lookout.Post post;
    private final Inquiry inquiry;
    private final Map<ServerId, Instant> renewed = new HashMap<>();
    private final Set<ServerId> renewing = ConcurrentHashMap.newKeySet();
    private Optional<Lookout> lookout = Optional.empty();
    private Optional<Replayed> replayed = Optional.empty();
    private volatile Optional<Glance> glance = Optional.empty();

    /// @param change one that the journal knows
    public Runner(Journal journal, Site site, World world, ChangeId change) {
        this(journal, site, world, change, LoginLookout::on);
    }

    /// @param post who looks at the logins
    public Runner(Journal journal, Site site, World world, ChangeId change, Lookout.Post post) {
        this.post = post;
        this.journal = journal;
        this.site = site;
        this.world = world;
        this.change = change;
        this.inquiry = new Inquiry(journal, site, world, change);
    }

    /// Does the next step. Call it again at once, or a little later when it says `Watch` or `Rest`.
    public Step turn() {
        List<Happening> history = journal.of(change);
        Rollout rollout = replay(history);
        inquiry.beginIfDue(rollout, history);
        Step step = rollout.next(site, world.clock().instant());
        switch (step) {
            case Step.Rehearse(List<ServerId> backups) -> rehearse(rollout, backups);
            case Step.Predict() -> predict(rollout);
            case Step.Send(Map<ServerId, Errand> errands) -> send(rollout, errands);
            case Step.Check(ServerId server) -> check(rollout, history, server);
            case Step.Watch(Stage stage, Optional<Instant> _, String _) -> watch(rollout, history, stage);
            case Step.Trace(Stage stage) -> trace(rollout, history, stage);
            case Step.Note(Event event) -> journal.append(change, event);
            case Step.End _ -> inquiry.conclude();
            case Step.Rest _ -> {}
        }
        return step;
    }

    /// As long as nothing more is written, the rollout is what it was.
    private Rollout replay(List<Happening> history) {
        long last = history.isEmpty() ? -1 : history.getLast().index();
        if (replayed.filter(known -> known.last() == last).isEmpty()) {
            replayed = Optional.of(new Replayed(last, Rollout.replay(history)));
        }
        return replayed.orElseThrow().rollout();
    }

    /// @param last the index of the last event that it was made of
    private record Replayed(long last, Rollout rollout) {}

    /// What the last look at the logins showed, for people who follow it live; empty before the first.
    public Optional<Glance> glance() {
        return glance;
    }

    /// One look at the logins of a stage.
    ///
    /// @param needle how far the strongest evidence of harm is on its way to its threshold: 0 is none, 1 trips
    public record Glance(Stage stage, Verdict verdict, Counts counts, double needle) {}

    private void rehearse(Rollout rollout, List<ServerId> backups) {
        journal.append(change, new Event.RehearsalBegun(backups));
        ChangeId name = change.with(".rehearsal-" + (rollout.rehearsalsBegun() + 1));
        Rehearser rehearser = new Rehearser(world.line(), world.prober(), world.replays());
        for (ServerId id : backups) {
            switch (world.changes().find(rollout.proposed())) {
                case Changes.Found.Same(Change found) -> {
                    Server backup = server(id);
                    Order.Activation how = rollout.plan().backups().getOrDefault(id, Order.Activation.RESTART);
                    journal.append(
                            change,
                            new Event.Rehearsed(rehearser.rehearse(backup, name, found, how, probesOf(backup))));
                }
                case Changes.Found.Different(String because) ->
                    journal.append(change, new Event.RollbackCalled(cannotBeFound(because)));
            }
        }
    }

    private static barograph.rollout.Cause cannotBeFound(String because) {
        return new barograph.rollout.Cause(barograph.rollout.Cause.Sort.GUARD, because);
    }

    private void predict(Rollout rollout) {
        Plan plan = rollout.plan();
        long unconfirmed = rollout.claims().entrySet().stream()
                .filter(claim -> !claim.getValue().carries(claim.getKey().demand()))
                .count();
        boolean restart =
                plan.waves().stream().anyMatch(wave -> wave.servers().containsValue(Order.Activation.RESTART));
        Census census = Census.take(site, plan, world);
        Insight insight = rollout.proposed().insight();
        Forecaster.Facts facts = new Forecaster.Facts(
                        plan.servers().size(),
                        plan.waves().size() > 1 || !plan.bystanders().isEmpty(),
                        restart,
                        (int) unconfirmed,
                        census.people(),
                        census.loginsPerHour())
                .with(insight.remarks(), insight.coverage())
                .without(plan.servers().stream()
                        .filter(id -> !server(id).hasDeadMan())
                        .map(ServerId::value)
                        .toList());
        Forecast forecast = Forecaster.forecast(rollout.reports(), facts)
                .with(census.sight())
                .at(Outlook.of(rollout, site, census.needed(), world.clock().instant()));
        journal.append(change, new Event.Forecasted(forecast));
    }

    /// Sends all orders at once; each answer is written down as it arrives.
    private void send(Rollout rollout, Map<ServerId, Errand> errands) {
        Optional<Change> files = Optional.empty();
        if (errands.containsValue(Errand.APPLY)) {
            switch (world.changes().find(rollout.proposed())) {
                case Changes.Found.Same(Change found) -> files = Optional.of(found);
                case Changes.Found.Different(String because) -> {
                    journal.append(change, new Event.RollbackCalled(cannotBeFound(because)));
                    return;
                }
            }
        }
        if (errands.containsValue(Errand.CONFIRM) && !inspected(rollout, errands.keySet())) {
            return;
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (Map.Entry<ServerId, Errand> errand : errands.entrySet()) {
            Order order = order(rollout, errand.getKey(), errand.getValue(), files);
            journal.append(change, new Event.Ordered(errand.getKey(), errand.getValue()));
            sent.add(CompletableFuture.runAsync(
                    () -> deliver(errand.getKey(), errand.getValue(), order), world.workers()));
        }
        boolean forward = errands.values().stream().allMatch(each -> each == Errand.SNAPSHOT || each == Errand.APPLY);
        await(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)), forward);
    }

    /// Until all is answered. An order may take longer than a lease lasts: meanwhile the leases of servers that have
    /// the
    /// change are kept alive, unless they are being told to keep it or to go back.
    private void await(CompletableFuture<Void> sent, boolean renewing) {
        while (renewing && !sent.isDone()) {
            Rollout rollout = replay(journal.of(change));
            renew(rollout, world.clock().instant());
            long pause = rollout.plan().lease().dividedBy(10).toMillis();
            CompletableFuture.anyOf(
                            sent, new CompletableFuture<>().completeOnTimeout(true, pause, TimeUnit.MILLISECONDS))
                    .exceptionally(_ -> false)
                    .join();
        }
        sent.join();
    }

    private void deliver(ServerId id, Errand errand, Order order) {
        Server server = server(id);
        if (errand == Errand.SNAPSHOT) {
            probesOf(server)
                    .forEach(probe -> journal.append(
                            change, new Event.Probed(world.prober().probe(probe, server))));
        }
        Receipt receipt = world.line().send(server, order);
        journal.append(change, new Event.Answered(id, errand, receipt));
        if (receipt instanceof Receipt.Refused(Receipt.Reason reason, String _)
                && reason == Receipt.Reason.DRIFTED
                && world.inspector().sinceSnapshot(server, change) instanceof Inspector.Sighting.Seen seen) {
            journal.append(change, new Event.Drifted(id, Drift.forRecord(seen.drifts())));
        }
    }

    private Order order(Rollout rollout, ServerId id, Errand errand, Optional<Change> files) {
        return switch (errand) {
            case SNAPSHOT -> new Order.Snapshot(change);
            case APPLY -> {
                Change found = files.orElseThrow();
                Order.Activation how = rollout.plan().waves().stream()
                        .flatMap(wave -> Optional.ofNullable(wave.servers().get(id)).stream())
                        .findFirst()
                        .orElse(Order.Activation.RESTART);
                yield new Order.Apply(
                        change,
                        found.digest(),
                        found.edit(),
                        how,
                        rollout.plan().lease());
            }
            case CONFIRM -> new Order.Confirm(change, rollout.proposed().digest());
            case ROLL_BACK -> new Order.RollBack(change);
            case RENEW -> new Order.Renew(change, rollout.plan().lease());
            case LOOK -> new Order.Look(change);
        };
    }

    private void check(Rollout rollout, List<Happening> history, ServerId id) {
        Server server = server(id);
        List<Finding> findings = new ArrayList<>();
        for (Expectation expectation : rollout.proposed().expect()) {
            probesOf(server).stream()
                    .filter(probe -> probe.id().equals(expectation.probe()))
                    .findFirst()
                    .ifPresent(probe -> findings.add(Finding.of(
                            expectation,
                            before(history, id, expectation),
                            world.prober().probe(probe, server))));
        }
        journal.append(change, new Event.Checked(id, findings));
    }

    /// How a probe ended on a server before that got the change; empty where it was not tried then.
    private static Optional<Trial> before(List<Happening> history, ServerId server, Expectation expectation) {
        return history.reversed().stream()
                .map(Happening::event)
                .filter(Event.Probed.class::isInstance)
                .map(event -> ((Event.Probed) event).trial())
                .filter(trial -> trial.server().equals(server) && trial.probe().equals(expectation.probe()))
                .findFirst();
    }

    private void watch(Rollout rollout, List<Happening> history, Stage stage) {
        Instant now = world.clock().instant();
        Lookout eyes = lookout(rollout, history, stage);
        eyes.look(now).forEach(trial -> journal.append(change, new Event.Probed(trial)));
        if (rollout.ending().isPresent()) {
            return;
        }
        renew(rollout, now);
        Verdict verdict = eyes.weigh(now);
        List<Double> needle = eyes.drum().needle();
        glance = Optional.of(new Glance(stage, verdict, eyes.counts(), needle.isEmpty() ? 0 : needle.getLast()));
        if (rollout.passed(stage)
                ? verdict instanceof Verdict.Harmful
                : isNews(history, rollout, stage, verdict, now)) {
            journal.append(change, new Event.Weighed(stage, verdict, eyes.counts()));
        }
    }

    /// Another verdict than before is news, and so is the same one for other reasons after a while: should the stage
    /// end without a decision, its last words are to be those of the end and not of the beginning.
    private static boolean isNews(List<Happening> history, Rollout rollout, Stage stage, Verdict verdict, Instant now) {
        Optional<Verdict> before = rollout.verdict(stage);
        if (before.map(Verdict::word).filter(verdict.word()::equals).isEmpty()) {
            return true;
        }
        if (before.map(Verdict::because).equals(Optional.of(verdict.because()))) {
            return false;
        }
        Duration pause = rollout.plan().watch().atMost().dividedBy(SAME_VERDICT_AT_MOST);
        return history.reversed().stream()
                .filter(happening -> happening.event() instanceof Event.Weighed)
                .findFirst()
                .filter(last -> last.at().plus(pause).isBefore(now))
                .isPresent();
    }

    private Lookout lookout(Rollout rollout, List<Happening> history, Stage stage) {
        Lookout eyes = lookout.filter(known -> known.stage().equals(stage) && known.fits(rollout))
                .orElseGet(() -> post.on(stage, rollout, history, site, world));
        lookout = Optional.of(eyes);
        return eyes;
    }

    private void trace(Rollout rollout, List<Happening> history, Stage stage) {
        Lookout eyes = lookout(rollout, history, stage);
        eyes.look(world.clock().instant());
        journal.append(change, new Event.Traced(stage, eyes.drum()));
    }

    /// Keeps the leases of all servers that have the change alive: three times within each lease. A host that does not
    /// answer must not hold up the watch over the others, so nothing is waited for.
    private void renew(Rollout rollout, Instant now) {
        Duration pause = Duration.ofNanos(rollout.plan().lease().toNanos() / 3);
        for (Hold hold : rollout.holds().values()) {
            Instant last = renewed.getOrDefault(hold.server(), Instant.MIN);
            boolean due = !now.isBefore(last.plus(pause)) || now.isBefore(last); // a clock may be set back
            if (hold.applied() && due && renewing.add(hold.server())) {
                renewed.put(hold.server(), now);
                world.workers().execute(() -> {
                    try {
                        renew(rollout, hold);
                    } finally {
                        renewing.remove(hold.server());
                    }
                });
            }
        }
    }

    /// A renewal that went well is not worth an entry, unless the host had been silent before.
    private void renew(Rollout rollout, Hold hold) {
        Receipt receipt = world.line()
                .send(
                        server(hold.server()),
                        new Order.Renew(change, rollout.plan().lease()));
        boolean well = receipt instanceof Receipt.Renewed;
        boolean silent = receipt instanceof Receipt.Unreachable;
        if ((well && hold.silentSince().isPresent())
                || (silent && hold.silentSince().isEmpty())
                || (!well && !silent)) {
            journal.append(change, new Event.Answered(hold.server(), Errand.RENEW, receipt));
        }
        if (well && !hold.confirmed()) {
            inspect(rollout, hold.server());
        }
    }

    /// Looks once more before servers are told to keep the change for good: what somebody else put there would stay,
    /// too.
    ///
    /// @return whether they may be told
    private boolean inspected(Rollout rollout, Set<ServerId> servers) {
        boolean clear = true;
        for (ServerId id : servers) {
            switch (inspect(rollout, id)) {
                case Inspector.Sighting.Seen seen -> clear &= !isNews(rollout, id, seen.drifts());
                case Inspector.Sighting.Blind _ -> {}
                case Inspector.Sighting.Unreachable(String because) -> {
                    journal.append(change, new Event.Answered(id, Errand.CONFIRM, new Receipt.Unreachable(because)));
                    clear = false;
                }
            }
        }
        return clear;
    }

    /// Looks for what somebody else has changed in the files of the change, and writes down what is new about that.
    private Inspector.Sighting inspect(Rollout rollout, ServerId id) {
        Event.Proposed proposed = rollout.proposed();
        Optional<Edit> edit = world.changes().find(proposed) instanceof Changes.Found.Same(Change found)
                ? Optional.of(found.edit())
                : Optional.empty();
        Inspector.Sighting sighting = world.inspector().sinceApplied(server(id), change, proposed.paths(), edit);
        if (sighting instanceof Inspector.Sighting.Seen(List<Drift> drifts)
                && isNews(rollout, id, drifts) // as it was; and, where that is rare, as it is by now
                && isNews(Rollout.replay(journal.of(change)), id, drifts)) {
            journal.append(change, new Event.Drifted(id, Drift.forRecord(drifts)));
        }
        return sighting;
    }

    private static boolean isNews(Rollout rollout, ServerId id, List<Drift> drifts) {
        List<Drift> known =
                Optional.ofNullable(rollout.holds().get(id)).map(Hold::drift).orElse(List.of());
        return known.size() != Drift.forRecord(drifts).size()
                || !drifts.stream()
                        .limit(known.size())
                        .allMatch(drift -> known.stream().anyMatch(drift::sameAs));
    }

    private List<ProbeSpec> probesOf(Server server) {
        return site.probes().stream()
                .filter(probe -> server.speaks(probe.via()))
                .toList();
    }

    private Server server(ServerId id) {
        return site.server(id)
                .orElseThrow(() -> new IllegalStateException("Server " + id + " of change " + change
                        + " is no longer in the site. Put it back into site.yaml, so that the change can be ended."));
    }
}
