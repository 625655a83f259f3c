package barograph.storm;

import barograph.change.Change;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.State;
import barograph.notices.Letter;
import barograph.rollout.Ending;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.runner.Courier.Delivery;
import barograph.runner.Journal;
import barograph.runner.Lookout;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One rollout in a bad world, from its proposal to its end.
final class Storm {
    static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final long PROPOSED = 1_000;
    /// A hand may have written after the last look, which was not longer ago than this.
    private static final long LOOKED = 60_000;
    /// Whatever goes wrong, it has ended by then.
    private static final long END = 48 * 3_600_000L;

    final Schedule schedule;
    final Clockwork clock = new Clockwork();
    final Paper paper;
    final Site site;
    final Change change;
    final Line line;
    private final Promises promises = new Promises(clock);
    private final Map<ServerId, Host> hosts = new TreeMap<>();
    private final Map<Stage, Long> changedAt = new HashMap<>();
    private final Set<String> delivered = new HashSet<>();
    private final Journal desk;
    private long offset;
    private int effects;
    private boolean mailDown;
    private boolean mailTaken;
    private List<Controller> controllers = new ArrayList<>();

    /// How a storm ended.
    ///
    /// @param ending empty where it has none
    /// @param broken promises that were broken, in the order of time
    record Outcome(Schedule schedule, Optional<Ending> ending, List<String> broken, List<Happening> history) {
        boolean kept() {
            return broken.isEmpty();
        }
    }

    private Storm(Schedule schedule) {
        this.schedule = schedule;
        paper = new Paper(schedule.seed() % 16 == 0);
        desk = new Journal(paper, this::time, paper);
        site = Place.site(schedule);
        change = Place.change(Place.OURS, schedule, site);
        Random random = new Random(schedule.seed());
        Place.SERVERS.forEach(id -> hosts.put(id, new Host(id, clock, random, promises)));
        line = new Line(clock, random, hosts);
    }

    /// Plays a schedule.
    static Outcome play(Schedule schedule) {
        return new Storm(schedule).play();
    }

    private Outcome play() {
        schedule.troubles().forEach(this::arrange);
        new People(this, desk, schedule).start(PROPOSED);
        clock.at(PROPOSED, () -> controller().start());
        clock.run(END);
        clock.stop();
        List<Happening> history = desk.of(Place.OURS);
        Rollout rollout = Rollout.replay(history);
        new Reckoning(promises, rollout, history, hosts, delivered).settle();
        return new Outcome(schedule, rollout.ending(), promises.broken(), history);
    }

    Controller controller() {
        Controller controller = new Controller(this, Place.OURS);
        controllers.add(controller);
        return controller;
    }

    /// What time a controller believes it is.
    Instant time() {
        return START.plusMillis(clock.now() + offset);
    }

    private Host host(ServerId id) {
        return Objects.requireNonNull(hosts.get(id));
    }

    /// Puts a trouble where it will befall somebody.
    private void arrange(Trouble trouble) {
        switch (trouble) {
            case Trouble.Crash _ -> {} // counted in kills()
            case Trouble.SecondController(long at) ->
                clock.at(at + PROPOSED, () -> controller().start());
            case Trouble.Cut(ServerId id, long from, long until, boolean oneWay) -> {
                clock.at(from, () -> cut(id, oneWay, true));
                clock.at(until, () -> cut(id, oneWay, false));
            }
            case Trouble.Late(ServerId id, long from, long until, long delay) -> {
                clock.at(from, () -> line.to(id).late = delay);
                clock.at(until, () -> line.to(id).late = 0);
            }
            case Trouble.Twice(ServerId id, long from, long until) -> {
                clock.at(from, () -> line.to(id).twice = true);
                clock.at(until, () -> line.to(id).twice = false);
            }
            case Trouble.PowerCut(ServerId id, long at, long down) ->
                clock.at(at, () -> {
                    if (host(id).isUp()) {
                        host(id).powerCut(down);
                    }
                });
            case Trouble.Kill(ServerId id, long from, int step, boolean power, long millis) ->
                clock.at(from, () -> host(id).killAfter(step, () -> strike(id, power, millis)));
            case Trouble.FullDisk(ServerId id, long from, long until) -> {
                clock.at(from, () -> host(id).fillsUp(true));
                clock.at(until, () -> host(id).fillsUp(false));
            }
            case Trouble.HandEdit(ServerId id, long at, boolean touched) ->
                clock.at(at, () -> host(id).handEdit(touched));
            case Trouble.Stranger(ServerId id, long at) -> clock.start(at, () -> stranger(id));
            case Trouble.SlowReload(ServerId id, long from, long until, long millis) -> {
                clock.at(from, () -> host(id).ailments.slow = millis);
                clock.at(until, () -> host(id).ailments.slow = 0);
            }
            case Trouble.Down(ServerId id, long from, long until, boolean any) -> {
                clock.at(from, () -> down(id, any, true));
                clock.at(until, () -> down(id, any, false));
            }
            case Trouble.ClockStep(long at, long millis) -> clock.at(at, () -> offset += millis);
            case Trouble.FullRecord(long from, long until) -> {
                clock.at(Math.max(from, PROPOSED + 1), () -> paper.full = true);
                clock.at(Math.max(until, PROPOSED + 2), () -> paper.full = false);
            }
            case Trouble.MailDown(long from, long until, boolean taken) -> {
                clock.at(from, () -> mail(true, taken));
                clock.at(until, () -> mail(false, taken));
            }
            case Trouble.CallBack _ -> {} // people's
        }
    }

    private void strike(ServerId id, boolean power, long millis) {
        if (power) {
            host(id).powerCut(millis);
        } else {
            cut(id, false, true);
            clock.at(clock.now() + millis, () -> cut(id, false, false));
        }
    }

    private void cut(ServerId id, boolean oneWay, boolean now) {
        if (oneWay) {
            line.to(id).answersLost = now;
        } else {
            line.to(id).cut = now;
        }
    }

    private void down(ServerId id, boolean any, boolean now) {
        if (any) {
            host(id).ailments.downWithAny = now;
        } else {
            host(id).ailments.downWithNew = now;
        }
    }

    private void mail(boolean down, boolean taken) {
        mailDown = down;
        mailTaken = down && taken;
    }

    /// Somebody else tries a change on one host, past the record, and forgets it.
    private void stranger(ServerId id) {
        Change theirs = Place.change(Place.STRANGERS, schedule, site);
        try {
            if (host(id).obey(new Order.Snapshot(theirs.id())) instanceof Receipt.Snapped) {
                Duration lease = Duration.ofMillis(schedule.lease());
                host(id).obey(new Order.Apply(
                        theirs.id(), theirs.digest(), theirs.edit(), Order.Activation.RELOAD, lease));
            }
        } catch (Host.Killed _) {
            return; // as anybody else's orders
        }
    }

    /// Counts an effect of a controller.
    ///
    /// @return whether it dies just now
    boolean kills() {
        effects++;
        for (Trouble trouble : schedule.troubles()) {
            if (trouble instanceof Trouble.Crash(int effect, long down) && effect == effects) {
                controllers.getLast().die(down);
                return true;
            }
        }
        return false;
    }

    void answered(ServerId id, Order order, Receipt receipt) {
        if (receipt instanceof Receipt.Applied && order.change().equals(Place.OURS)) {
            site.server(id).ifPresent(server -> changedAt.putIfAbsent(server.stage(), clock.now()));
        }
    }

    /// An order goes out.
    ///
    /// @param known how much of the record was read before it was decided
    void sends(ServerId id, Order order, long known) {
        if (!(order instanceof Order.Confirm) && !(order instanceof Order.Apply)) {
            return;
        }
        List<Happening> before = desk.of(Place.OURS).stream()
                .filter(happening -> happening.index() < known)
                .toList();
        Rollout rollout = Rollout.replay(before);
        if (!rollout.drifted().isEmpty()) {
            promises.isBroken("P6", order + " goes out, though nobody decided about what a hand changed");
        }
        if (order instanceof Order.Confirm) {
            confirms(rollout);
            unseen(host(id), rollout.holds().get(id));
        }
    }

    /// P6: what a hand changed in the files of the change is not made final before somebody let it.
    private void unseen(Host host, @Nullable Hold hold) {
        boolean decided = hold != null && !hold.drift().isEmpty();
        boolean unseen = host.state(Place.OURS) == State.APPLIED
                && host.editedAt().filter(at -> at < clock.now() - LOOKED).isPresent();
        if (unseen && !decided) {
            promises.isBroken("P6", host.id() + " is told to keep what a hand changed, and nobody was asked");
        }
    }

    /// P8: a confirmation goes out only when nothing that was known speaks against it.
    private void confirms(Rollout rollout) {
        boolean harmful = rollout.lastWeighed()
                .filter(last -> last.verdict() instanceof Verdict.Harmful)
                .isPresent();
        boolean unasked =
                rollout.plan().confirm().isPresent() && rollout.confirmed().isEmpty();
        if (harmful || unasked || rollout.cause().isPresent()) {
            promises.isBroken(
                    "P8",
                    "a confirmation goes out, though the change is " + rollout.state()
                            + (harmful ? " and does harm" : "") + (unasked ? " and nobody confirmed it" : ""));
        }
    }

    /// P5: what people are told of the end is true of every host when they are told.
    void ends() {
        Rollout rollout = Rollout.replay(desk.of(Place.OURS));
        Ending ending = rollout.ending().orElseThrow();
        for (Host host : hosts.values()) {
            boolean has = host.isMixedWith(Place.OURS);
            boolean target =
                    change.request().servers().contains(host.id()) && !host.id().equals(Place.BACKUP);
            boolean said = ending == Ending.NEEDS_A_PERSON
                    && isSaidToKeepIt(rollout.holds().get(host.id()));
            if (ending == Ending.CONFIRMED ? target && !has : has && !said) {
                promises.isBroken(
                        "P5",
                        "it ends as " + ending + ", and " + host.id() + " has " + (has ? "" : "not ")
                                + "the new files");
            }
        }
    }

    static boolean isSaidToKeepIt(@Nullable Hold hold) {
        return hold != null && hold.overtaken().isPresent();
    }

    /// A controller goes round in circles.
    void turnsInVain(int turns) {
        promises.isBroken("END", "after " + turns + " turns there is no end in sight");
    }

    Delivery mail(Letter letter) {
        clock.pass(50);
        if (mailDown && !mailTaken) {
            return new Delivery.Unreachable("The mail server is down.");
        }
        delivered.add(letter.links().messageId());
        return mailDown
                ? new Delivery.Unreachable("The connection was lost.")
                : new Delivery.Accepted(letter.links().messageId());
    }

    Lookout lookout(Stage stage, Rollout rollout, List<Happening> history, Site where, barograph.runner.World world) {
        return new Eyes(stage, rollout, this);
    }

    /// What the logins of a stage show by now.
    Verdict verdict(Stage stage) {
        long since = clock.now() - changedAt.getOrDefault(stage, clock.now());
        if (schedule.harmfulAfter() >= 0 && since >= schedule.harmfulAfter()) {
            Signal signal = new Signal("fail:all", "everybody", 1e6, 100, 20, 19, 0.02);
            return new Verdict.Harmful(List.of(signal), "19 of 20 logins fail.");
        }
        if (schedule.healthyAfter() >= 0 && since >= schedule.healthyAfter()) {
            return new Verdict.Healthy(500, "No more fail than before.");
        }
        return schedule.blind() ? new Verdict.Blind("No log can be read.") : new Verdict.Undecided(100, "Too early.");
    }

    Counts counts() {
        return new Counts(20, 20, 1, 1);
    }
}
