package barograph.storm;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import barograph.site.ServerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// A model of a host with its guard, command by command as `guard.sh` goes about it; `ModelTest` plays the same
/// orders against both.
///
/// Whatever it does takes time, in which everything else goes on. Single-threaded.
final class Host {
    private static final long COMMAND = 15;
    private static final long RELOAD = 200;
    private static final long LIMIT = 60_000;
    private static final long BUSY_AFTER = 20_000;
    private static final ChangeId NO_CHANGE = new ChangeId("none");
    private static final String BY_HAND = "by hand ";

    private final ServerId id;
    private final Clockwork clock;
    private final Random random;
    private final Promises promises;
    private final Disk disk;
    private final Set<String> kept = new TreeSet<>();
    private ChangeId change = NO_CHANGE;
    private Map<String, String> running = Map.of();
    private boolean up = true;
    private int boot;
    private boolean locked;
    private boolean timer;
    private int killIn = Integer.MAX_VALUE;
    private int edits;

    /// What goes wrong here at the moment, as the troubles of the storm say.
    final Ailments ailments = new Ailments();

    static final class Ailments {
        boolean diskFull;
        boolean downWithNew;
        boolean downWithAny;
        long slow;
    }

    Host(ServerId id, Clockwork clock, Random random, Promises promises) {
        this.id = id;
        this.clock = clock;
        this.random = random;
        this.promises = promises;
        disk = new Disk(clock);
        Place.OLD.forEach((path, content) -> disk.put("root/" + path, content));
        disk.sync("root/");
        running = live();
    }

    /// All processes of the order are gone; nobody answers.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed() {
            super(null, null, false, false);
        }
    }

    /// @param digest of the change that was ordered
    private record Ordered(Digest digest, Map<String, String> candidate) {}

    private record Lease(int boot, long end) {}

    private record Page(State state, String why, Receipt answer) {}

    ServerId id() {
        return id;
    }

    boolean isUp() {
        return up;
    }

    /// Carries an order out.
    ///
    /// @throws Killed when it is killed before it answers
    Receipt obey(Order order) {
        if (!up) {
            throw new Killed();
        }
        int booted = boot;
        for (long waited = 0; locked; waited += 100) {
            if (waited > BUSY_AFTER) {
                return new Receipt.Refused(Reason.BUSY, "another order is being carried out on this server");
            }
            await(booted, 100);
        }
        locked = true;
        try {
            command();
            return carryOut(order);
        } finally {
            if (boot == booted) {
                locked = false;
                promises.check(this);
            }
        }
    }

    private Receipt carryOut(Order order) {
        loadCurrent();
        recover();
        boolean other = isOpen() && !change.equals(order.change());
        if (other && (order instanceof Order.Snapshot || order instanceof Order.Apply)) {
            return new Receipt.Refused(Reason.BUSY, "the change " + change + " is under way");
        }
        if (isOpen()) {
            arm();
        }
        ChangeId current = change;
        change = order.change();
        State state = page().state();
        return switch (order) {
            case Order.Look _ -> new Receipt.Standing(state, Duration.ofMillis(left()), "");
            case Order.Snapshot _ -> snapshot(state);
            case Order.Apply apply -> isOther(apply.digest(), state) ? otherDigest() : apply(apply, state);
            case Order.Confirm confirm -> isOther(confirm.digest(), state) ? otherDigest() : confirm(state);
            case Order.Renew renew -> renew(renew, state);
            case Order.RollBack _ -> rollBack(state, current);
        };
    }

    private boolean isOther(Digest digest, State state) {
        return (state == State.APPLIED || state == State.CONFIRMED)
                && !ordered().digest().equals(digest);
    }

    private static Receipt otherDigest() {
        return new Receipt.Refused(Reason.UNKNOWN_CHANGE, "the change in place has another digest");
    }

    private static Receipt outOfTurn(State state) {
        return new Receipt.Refused(Reason.OUT_OF_TURN, "the change is " + state);
    }

    private static Receipt unknown() {
        return new Receipt.Refused(Reason.UNKNOWN_CHANGE, "the guard knows no such change");
    }

    private Receipt snapshot(State state) {
        switch (state) {
            case ROLLING_BACK -> {
                return page().answer();
            }
            case APPLIED -> {
                return snapped();
            }
            case SNAPPED -> {
                if (live().equals(tree())) {
                    return page().answer();
                }
            }
            case NONE, APPLYING, CONFIRMED, ROLLED_BACK -> {}
        }
        if (ailments.diskFull) {
            return new Receipt.Refused(Reason.NO_SPACE, "no room");
        }
        remove("journal");
        command();
        put("tree", live());
        command();
        put("journal", new Page(State.SNAPPED, "", snapped()));
        promises.begins(this, change);
        return snapped();
    }

    private Receipt apply(Order.Apply order, State state) {
        switch (state) {
            case NONE -> {
                return unknown();
            }
            case ROLLING_BACK, ROLLED_BACK, APPLIED -> {
                return page().answer();
            }
            case APPLYING, CONFIRMED -> {
                return outOfTurn(state);
            }
            case SNAPPED -> {}
        }
        if (ailments.diskFull) {
            return new Receipt.Refused(Reason.NO_SPACE, "no room");
        }
        Map<String, String> candidate = edited(order.edit());
        command();
        if (!live().equals(tree())) {
            return new Receipt.Refused(Reason.DRIFTED, "changed since the snapshot");
        }
        promises.alone(this, change);
        command();
        put("order", new Ordered(order.digest(), candidate));
        command();
        disk.put("state/current", change);
        command();
        setLease(order.lease());
        command();
        put("journal", new Page(State.APPLYING, "", page().answer()));
        disk.sync("state/");
        command();
        arm();
        disk.put("root-stage", true);
        settle(candidate);
        put("taken", true);
        command();
        String trouble = takeOver(candidate, State.APPLYING);
        if (!trouble.isEmpty()) {
            return back(trouble);
        }
        Receipt answer = new Receipt.Applied(digest(), order.how(), Duration.ofMillis(300));
        command();
        if (ailments.diskFull) {
            return back("the journal cannot be written");
        }
        put("journal", new Page(State.APPLIED, "", answer));
        return answer;
    }

    private Map<String, String> edited(Edit edit) {
        Map<String, String> candidate = new TreeMap<>(tree());
        if (edit instanceof Edit.Overlay(List<Edit.Put> puts, List<String> removals)) {
            puts.forEach(file -> candidate.put(file.path(), Place.text(file.content())));
            removals.forEach(candidate::remove);
        }
        return candidate;
    }

    private Receipt confirm(State state) {
        return switch (state) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK, CONFIRMED -> page().answer();
            case SNAPPED, APPLYING -> outOfTurn(state);
            case APPLIED -> {
                Receipt answer = new Receipt.Confirmed(digest());
                if (ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "the journal cannot be written");
                }
                disk.sync("root");
                command();
                put("journal", new Page(State.CONFIRMED, "", answer));
                disk.sync("state/");
                command();
                disk.remove("root-stage");
                yield answer;
            }
        };
    }

    private Receipt renew(Order.Renew order, State state) {
        return switch (state) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK -> page().answer();
            case SNAPPED, APPLYING, CONFIRMED -> outOfTurn(state);
            case APPLIED -> {
                if (ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "no new lease");
                }
                setLease(order.lease());
                yield new Receipt.Renewed(order.lease());
            }
        };
    }

    private Receipt rollBack(State state, ChangeId current) {
        return switch (state) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK -> page().answer();
            case APPLYING -> outOfTurn(state);
            case SNAPPED -> {
                if (ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "the journal cannot be written");
                }
                Receipt answer =
                        new Receipt.RolledBack(digest(), live().equals(tree()), true, "ordered", List.copyOf(kept));
                put("journal", new Page(State.ROLLED_BACK, "ordered", answer));
                yield answer;
            }
            case APPLIED, CONFIRMED ->
                current.equals(change)
                        ? back("ordered")
                        : new Receipt.Refused(Reason.OUT_OF_TURN, "the change " + current + " came after it");
        };
    }

    /// Everything as the snapshot has it.
    private Receipt back(String why) {
        if (!ailments.diskFull) {
            put("journal", new Page(State.ROLLING_BACK, why, new Receipt.Stuck("being rolled back")));
        }
        command();
        if (!settle(tree())) {
            return stuck(why, "what a hand changed cannot be kept aside, or there is no space");
        }
        boolean healthy = true;
        if (disk.get(path("taken")).isPresent()) {
            healthy = takeOver(tree(), State.ROLLING_BACK).isEmpty();
            if (!settle(tree())) {
                return stuck(why, "files change all the time");
            }
            remove("taken");
        }
        command();
        disk.sync("root");
        Receipt answer = new Receipt.RolledBack(digest(), true, healthy, why, List.copyOf(kept));
        if (ailments.diskFull) {
            return stuck(why, "the journal cannot be written");
        }
        put("journal", new Page(State.ROLLED_BACK, why, answer));
        promises.restored(this, change);
        disk.remove("root-stage");
        return answer;
    }

    private Receipt stuck(String why, String trouble) {
        Receipt answer = new Receipt.Stuck("Could not put back: " + trouble);
        if (!ailments.diskFull) {
            put("journal", new Page(State.ROLLING_BACK, why, answer));
        }
        arm();
        return answer;
    }

    /// Makes the live folder what is wanted, file by file.
    ///
    /// @return whether that went well
    private boolean settle(Map<String, String> wanted) {
        Map<String, String> live = live();
        for (Map.Entry<String, String> file : live.entrySet()) {
            boolean ours = file.getValue().equals(tree().get(file.getKey()))
                    || file.getValue().equals(ordered().candidate().get(file.getKey()));
            if (!ours && !file.getValue().equals(wanted.get(file.getKey()))) {
                if (ailments.diskFull && !kept.contains(file.getValue())) {
                    return false;
                }
                kept.add(file.getValue());
                command();
            }
        }
        boolean room = !ailments.diskFull || disk.get("root-stage").isPresent();
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!file.getValue().equals(live.get(file.getKey()))) {
                if (!room) {
                    return false;
                }
                command();
                disk.put("root/" + file.getKey(), file.getValue());
            }
        }
        for (String path : live.keySet()) {
            if (!wanted.containsKey(path)) {
                command();
                disk.remove("root/" + path);
            }
        }
        return true;
    }

    /// The server takes over its files.
    ///
    /// @return what failed; empty when it is up
    private String takeOver(Map<String, String> files, State state) {
        long time = Math.max(RELOAD, ailments.slow);
        long budget = state == State.APPLYING ? Math.min(LIMIT, left()) : LIMIT;
        await(Math.min(time, budget));
        if (time > budget) {
            return "the reload was stopped after " + budget + " ms";
        }
        running = live();
        boolean down = ailments.downWithAny || (ailments.downWithNew && !files.equals(tree()));
        return down ? "the health check failed" : "";
    }

    /// Ends what a kill interrupted, and a lease that is over.
    private void recover() {
        switch (page().state()) {
            case APPLYING -> back(page().why().isEmpty() ? reason("interrupted") : page().why());
            case APPLIED -> {
                if (left() == 0) {
                    back(reason("lease ended"));
                }
            }
            case ROLLING_BACK -> back(page().why());
            case CONFIRMED -> disk.remove("root-stage");
            case NONE, SNAPPED, ROLLED_BACK -> {}
        }
    }

    private String reason(String why) {
        return lease().boot() == boot ? why : "reboot";
    }

    // --- the timer ---

    private void arm() {
        if (!timer) {
            timer = true;
            int booted = boot;
            clock.start(clock.now() + 1000, () -> tick(booted));
        }
    }

    private void tick(int booted) {
        try {
            look(booted);
        } catch (Killed _) {
            return; // power failed
        }
    }

    private void look(int booted) {
        if (boot != booted || !up) {
            return;
        }
        while (locked) {
            await(booted, 500);
        }
        loadCurrent();
        if (!isOpen()) {
            timer = false;
            return;
        }
        locked = true;
        int kill = killIn;
        killIn = Integer.MAX_VALUE; // a kill is one of an order
        try {
            recover();
        } finally {
            if (boot == booted) {
                locked = false;
                killIn = kill;
                promises.check(this);
            }
        }
        long pause = page().state() == State.APPLIED ? Math.max(50, left()) : 3000;
        clock.start(clock.now() + pause, () -> tick(booted));
    }

    // --- what befalls it ---

    void killAfter(int commands) {
        killIn = commands;
    }

    void powerCut(long down) {
        up = false;
        boot++;
        locked = false;
        timer = false;
        killIn = Integer.MAX_VALUE;
        running = Map.of();
        disk.powerCut(random);
        clock.start(clock.now() + down, this::boots);
    }

    private void boots() {
        up = true;
        running = live();
        int booted = boot;
        promises.booted(this);
        locked = true;
        try {
            loadCurrent();
            recover();
        } catch (Killed _) {
            return;
        } finally {
            if (boot == booted) {
                locked = false;
            }
        }
        if (isOpen()) {
            arm();
        }
        promises.check(this);
    }

    void handEdit(boolean touched) {
        String content = BY_HAND + ++edits;
        String path = touched ? Place.TOUCHED : "notes";
        promises.overwritten(
                this, disk.get("root/" + path).map(Object::toString).orElse(""));
        disk.put("root/" + path, content);
        disk.sync("root");
        promises.written(this, content);
    }

    // --- what there is ---

    private void command() {
        await(COMMAND);
        if (killIn != Integer.MAX_VALUE && --killIn <= 0) {
            killIn = Integer.MAX_VALUE;
            throw new Killed();
        }
    }

    /// Lets time pass; if power fails meanwhile, whoever waits here is gone.
    private void await(int booted, long millis) {
        ChangeId mine = change;
        clock.pass(millis);
        if (boot != booted) {
            throw new Killed();
        }
        change = mine;
    }

    private void await(long millis) {
        await(boot, millis);
    }

    private String path(String file) {
        return "state/" + change + "/" + file;
    }

    private void put(String file, Object content) {
        disk.put(path(file), content);
    }

    private void remove(String file) {
        disk.remove(path(file));
    }

    private void loadCurrent() {
        change = current();
    }

    /// The change that was last applied here.
    ChangeId current() {
        return (ChangeId) disk.get("state/current").orElse(NO_CHANGE);
    }

    /// Whether that one is in place and its lease runs.
    boolean isLeased() {
        return of(current(), () -> page().state() == State.APPLIED && left() > 0);
    }

    private Page page() {
        return (Page) disk.get(path("journal"))
                .orElse(new Page(State.NONE, "", new Receipt.Standing(State.NONE, Duration.ZERO, "")));
    }

    private boolean isOpen() {
        return isOpen(page().state());
    }

    private static boolean isOpen(State state) {
        return state == State.APPLYING || state == State.APPLIED || state == State.ROLLING_BACK;
    }

    private Lease lease() {
        return (Lease) disk.get(path("lease")).orElse(new Lease(-1, 0));
    }

    private long left() {
        Lease lease = lease();
        return lease.boot() == boot ? Math.max(0, lease.end() - clock.now()) : 0;
    }

    private void setLease(Duration length) {
        put("lease", new Lease(boot, clock.now() + length.toMillis()));
        promises.leased(this, length.toMillis());
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> tree() {
        return (Map<String, String>) disk.get(path("tree")).orElse(Map.of());
    }

    private Ordered ordered() {
        return (Ordered) disk.get(path("order")).orElse(new Ordered(Digest.of(""), Map.of()));
    }

    Map<String, String> live() {
        return disk.tree("root/");
    }

    Map<String, String> running() {
        return running;
    }

    Set<String> kept() {
        return kept;
    }

    private Receipt snapped() {
        return new Receipt.Snapped(Digest.of(tree().toString()), tree().size());
    }

    private Digest digest() {
        return Digest.of(live().toString());
    }

    /// What this host holds of each change, by what is written down there.
    Map<ChangeId, State> changes() {
        Map<ChangeId, State> states = new HashMap<>();
        for (ChangeId each : Place.CHANGES) {
            states.put(each, of(each, () -> page().state()));
        }
        return states;
    }

    /// Whether its files differ from those of before a change; what a hand wrote meanwhile does not count.
    boolean isAwayFrom(ChangeId which) {
        return differs(of(which, this::tree));
    }

    /// Whether it has anything that only this change brings.
    boolean isMixedWith(ChangeId which) {
        Map<String, String> before = of(which, this::tree);
        return of(which, () -> ordered().candidate()).entrySet().stream()
                .anyMatch(file -> !file.getValue().equals(before.get(file.getKey()))
                        && file.getValue().equals(live().get(file.getKey())));
    }

    /// Whether it has all that this change brings.
    boolean has(ChangeId which) {
        return !differs(of(which, () -> ordered().candidate()));
    }

    private boolean differs(Map<String, String> wanted) {
        Map<String, String> live = live();
        boolean missing = wanted.entrySet().stream().anyMatch(file -> {
            String content = live.getOrDefault(file.getKey(), "");
            return !content.equals(file.getValue()) && !byHand(content);
        });
        return missing
                || live.entrySet().stream()
                        .anyMatch(file -> !wanted.containsKey(file.getKey()) && !byHand(file.getValue()));
    }

    private <T> T of(ChangeId which, Supplier<T> what) {
        ChangeId current = change;
        change = which;
        try {
            return what.get();
        } finally {
            change = current;
        }
    }

    boolean hasInSnapshot(String content) {
        return Place.CHANGES.stream().anyMatch(each -> of(each, this::tree).containsValue(content));
    }

    static boolean byHand(String content) {
        return content.startsWith(BY_HAND);
    }
}
