package barograph.storm;

import barograph.change.ChangeId;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import barograph.runner.Inspector.Sighting;
import barograph.site.ServerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// A host: its disk, its power, its processes, and whoever edits files on it.
///
/// Whatever it does takes time, in which everything else goes on. Single-threaded.
final class Host {
    private static final long COMMAND = 15;
    private static final long STUCK = 3_000;
    private static final long BUSY_AFTER = 20_000;
    private static final String BY_HAND = "by hand ";

    private final ServerId id;
    private final Clockwork clock;
    private final Random random;
    private final Promises promises;
    private final Disk disk;
    private final Guard guard;
    private final Set<String> kept = new TreeSet<>();
    private boolean up = true;
    private int boot;
    private boolean locked;
    private boolean timer;
    private int killIn = Integer.MAX_VALUE;
    private Runnable struck = () -> {};
    private int edits;
    private long editedAt;
    private long roomSince;

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
        guard = new Guard(this, disk, clock, promises);
        Place.OLD.forEach((path, content) -> disk.put("root/" + path, content));
        disk.sync("root/");
    }

    /// All processes of the order are gone; nobody answers.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed() {
            super(null, null, false, false);
        }
    }

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
            return guard.obey(order);
        } finally {
            if (boot == booted) {
                locked = false;
                promises.check(this);
            }
        }
    }

    // --- the timer ---

    /// Starts the timer, unless it runs.
    void arm() {
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
        Book current = Book.current(disk);
        if (!current.isOpen()) {
            timer = false;
            return;
        }
        locked = true;
        int kill = killIn;
        killIn = Integer.MAX_VALUE; // a kill is one of an order
        try {
            guard.recover(current);
        } finally {
            if (boot == booted) {
                locked = false;
                killIn = kill;
                promises.check(this);
            }
        }
        long pause = current.state() == State.APPLIED ? Math.max(50, guard.left(current)) : STUCK;
        clock.start(clock.now() + pause, () -> tick(booted));
    }

    // --- what befalls it ---

    /// Kills the next order before so many commands.
    ///
    /// @param strike what else happens then
    void killAfter(int commands, Runnable strike) {
        killIn = commands;
        struck = strike;
    }

    void powerCut(long down) {
        up = false;
        boot++;
        locked = false;
        timer = false;
        killIn = Integer.MAX_VALUE;
        disk.powerCut(random);
        clock.start(clock.now() + down, this::boots);
    }

    private void boots() {
        up = true;
        int booted = boot;
        promises.booted(this);
        locked = true;
        Book current = Book.current(disk);
        int kill = killIn;
        killIn = Integer.MAX_VALUE;
        try {
            guard.recover(current);
        } catch (Killed _) {
            return;
        } finally {
            if (boot == booted) {
                locked = false;
                killIn = kill;
            }
        }
        if (current.isOpen()) {
            arm();
        }
        promises.check(this);
    }

    void fillsUp(boolean full) {
        roomSince = ailments.diskFull ? clock.now() : roomSince;
        ailments.diskFull = full;
    }

    void handEdit(boolean touched) {
        String content = BY_HAND + ++edits;
        String path = touched ? Place.TOUCHED : "notes";
        editedAt = touched ? clock.now() : editedAt;
        promises.overwritten(
                this, disk.get("root/" + path).map(Object::toString).orElse(""));
        disk.put("root/" + path, content);
        disk.sync("root");
        if (!locked) { // what is written in the very moment in which the guard replaces it cannot be told from before
            promises.written(this, content);
        }
    }

    // --- what there is ---

    /// One more command of an order.
    void command() {
        await(COMMAND);
        if (killIn != Integer.MAX_VALUE && --killIn <= 0) {
            killIn = Integer.MAX_VALUE;
            struck.run();
            throw new Killed();
        }
    }

    /// Lets time pass; if power fails meanwhile, whoever waits here is gone.
    private void await(int booted, long millis) {
        clock.pass(millis);
        if (boot != booted) {
            throw new Killed();
        }
    }

    void await(long millis) {
        await(boot, millis);
    }

    int boot() {
        return boot;
    }

    /// The change that was last applied here.
    ChangeId current() {
        return Book.current(disk).change();
    }

    /// Whether that one is in place and its lease runs.
    boolean isLeased() {
        Book current = Book.current(disk);
        return current.state() == State.APPLIED && guard.left(current) > 0;
    }

    Map<String, String> live() {
        return disk.live();
    }

    Set<String> kept() {
        return kept;
    }

    /// What this host holds of each change, by what is written down there.
    Map<ChangeId, State> changes() {
        Map<ChangeId, State> states = new HashMap<>();
        for (ChangeId each : Place.CHANGES) {
            states.put(each, state(each));
        }
        return states;
    }

    State state(ChangeId which) {
        return new Book(disk, which).state();
    }

    /// Whether its files differ from those of before a change; what a hand wrote meanwhile does not count.
    boolean isAwayFrom(ChangeId which) {
        return differs(new Book(disk, which).tree());
    }

    /// Whether it has anything that only this change brings.
    boolean isMixedWith(ChangeId which) {
        Book book = new Book(disk, which);
        Map<String, String> before = book.tree();
        if (before.isEmpty()) {
            return false; // a power failure took a snapshot that was not on disk yet: nothing was applied over it
        }
        Map<String, String> live = live();
        for (Map.Entry<String, String> file : book.ordered().candidate().entrySet()) {
            String content = file.getValue();
            if (content.equals(live.get(file.getKey()))
                    && !content.equals(before.get(file.getKey()))
                    && !byHand(content)
                    && !Place.OLD.containsValue(content)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it has all that this change brings.
    boolean has(ChangeId which) {
        return !differs(new Book(disk, which).ordered().candidate());
    }

    private boolean differs(Map<String, String> wanted) {
        Map<String, String> live = live();
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            String content = live.getOrDefault(file.getKey(), "");
            if (!content.equals(file.getValue()) && !byHand(content)) {
                return true;
            }
        }
        for (Map.Entry<String, String> file : live.entrySet()) {
            if (!wanted.containsKey(file.getKey()) && !byHand(file.getValue())) {
                return true;
            }
        }
        return false;
    }

    /// What is other than a change had put it in place, of the files that it touches.
    Sighting drifted(ChangeId which, Collection<String> paths) {
        Book book = new Book(disk, which);
        if (book.state() != State.APPLIED) {
            return new Sighting.Blind("the change is " + book.state());
        }
        return new Sighting.Seen(drifts(paths, book.ordered().candidate()));
    }

    /// What is other than the snapshot of a change has it.
    Sighting driftedSince(ChangeId which) {
        Map<String, String> tree = new Book(disk, which).tree();
        Set<String> paths = new TreeSet<>(tree.keySet());
        paths.addAll(live().keySet());
        return new Sighting.Seen(drifts(paths, tree));
    }

    private List<Drift> drifts(Collection<String> paths, Map<String, String> wanted) {
        Map<String, String> live = live();
        return paths.stream()
                .filter(path -> !Objects.equals(live.get(path), wanted.get(path)))
                .map(path -> new Drift(
                        path,
                        Optional.ofNullable(live.get(path)).map(Digest::of),
                        Optional.of("root"),
                        Optional.empty(),
                        "a diff"))
                .toList();
    }

    /// Since when a file that every change touches has been other than any change made it.
    Optional<Long> editedAt() {
        return live().getOrDefault(Place.TOUCHED, "").startsWith(BY_HAND) ? Optional.of(editedAt) : Optional.empty();
    }

    /// Since when what hands wrote here can be kept aside: now, as long as the disk is full; always, where all of it is
    /// kept.
    long roomForHandEdits() {
        boolean needed = live().values().stream().anyMatch(content -> byHand(content) && !kept.contains(content));
        return needed ? ailments.diskFull ? clock.now() : roomSince : 0;
    }

    boolean hasInSnapshot(String content) {
        return Place.CHANGES.stream()
                .anyMatch(each -> new Book(disk, each).tree().containsValue(content));
    }

    static boolean byHand(String content) {
        return content.startsWith(BY_HAND);
    }
}
