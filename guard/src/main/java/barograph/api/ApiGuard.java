package barograph.api;

import barograph.api.Door.Trouble;
import barograph.api.Door.Unfit;
import barograph.api.Settling.Settled;
import barograph.change.ChangeId;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The guard of one server that is configured over an API. It is part of the controller and holds as long as one lives:
/// it
/// keeps what was, writes the lease down before the first request, and goes on where it was interrupted.
///
/// For one thread, which holds the server's lock.
final class ApiGuard {
    static final String ORDERED = "ordered";
    private static final String ENDED = "lease ended";
    private static final String INTERRUPTED = "interrupted";

    private final Journal journal;
    private final Door door;
    private final Ticks ticks;

    ApiGuard(Journal journal, Door door, Ticks ticks) {
        this.journal = journal;
        this.door = door;
        this.ticks = ticks;
    }

    /// @throws Trouble where the server does not answer, or refuses to be read
    Receipt obey(Order order) throws Trouble {
        recover();
        Optional<Page> other = journal.current()
                .filter(Page::isOpen)
                .filter(page -> !page.change().equals(order.change()));
        boolean begins = order instanceof Order.Snapshot || order instanceof Order.Apply;
        if (begins && other.isPresent()) {
            return new Receipt.Refused(Reason.BUSY, "the change " + other.get().change() + " is under way");
        }
        Page page = journal.page(order.change());
        return switch (page.state()) {
            case NONE -> unknown(order, page);
            case SNAPPED -> snapped(order, page);
            case APPLYING, ROLLING_BACK -> new Receipt.Stuck("being rolled back: " + page.because());
            case APPLIED -> applied(order, page);
            case CONFIRMED -> confirmed(order, page);
            case ROLLED_BACK -> ended(order, page);
        };
    }

    private Receipt unknown(Order order, Page page) throws Trouble {
        return switch (order) {
            case Order.Snapshot _ -> snapshot(page);
            case Order.Look _ -> standing(page);
            case Order.Apply _, Order.Renew _, Order.Confirm _, Order.RollBack _ ->
                new Receipt.Refused(
                        Reason.UNKNOWN_CHANGE, "the controller's journal knows no change " + order.change() + " there");
        };
    }

    private Receipt ended(Order order, Page page) throws Trouble {
        return switch (order) {
            case Order.Snapshot _ -> snapshot(page);
            case Order.Look _ -> standing(page);
            case Order.Apply _, Order.Renew _, Order.Confirm _, Order.RollBack _ -> rolledBack(page);
        };
    }

    private Receipt snapped(Order order, Page page) throws Trouble {
        return switch (order) {
            case Order.Snapshot _ -> snapshot(page);
            case Order.Apply apply -> apply(page, apply);
            case Order.RollBack _ -> forgo(page);
            case Order.Look _ -> standing(page);
            case Order.Renew _, Order.Confirm _ -> outOfTurn(page);
        };
    }

    private Receipt applied(Order order, Page page) throws Trouble {
        return switch (order) {
            case Order.Snapshot _ -> snapped(before(page));
            case Order.Apply apply -> apply.digest().hex().equals(page.digest()) ? applied(page) : another(page);
            case Order.Renew(ChangeId _, Duration lease) -> {
                door.health(); // a lease is renewed only while there is a way back
                journal.write(page.leased(end(lease)));
                yield new Receipt.Renewed(lease);
            }
            case Order.Confirm confirm -> confirm.digest().hex().equals(page.digest()) ? confirm(page) : another(page);
            case Order.RollBack _ -> rollBack(page, ORDERED);
            case Order.Look _ -> standing(page);
        };
    }

    private Receipt confirmed(Order order, Page page) throws Trouble {
        return switch (order) {
            case Order.Snapshot _ -> snapshot(page);
            case Order.Confirm confirm ->
                confirm.digest().hex().equals(page.digest())
                        ? new Receipt.Confirmed(landed(page).manifest())
                        : another(page);
            case Order.RollBack _ -> {
                ChangeId last = journal.current().map(Page::change).orElse(page.change());
                yield last.equals(page.change())
                        ? rollBack(page, ORDERED)
                        : new Receipt.Refused(Reason.OUT_OF_TURN, "the change " + last + " came after it");
            }
            case Order.Look _ -> standing(page);
            case Order.Apply _, Order.Renew _ -> outOfTurn(page);
        };
    }

    private static Receipt outOfTurn(Page page) {
        return new Receipt.Refused(Reason.OUT_OF_TURN, "the change is " + page.state());
    }

    private static Receipt another(Page page) {
        return new Receipt.Refused(Reason.UNKNOWN_CHANGE, "the change in place has the digest " + page.digest());
    }

    private Receipt standing(Page page) {
        long left = page.isOpen() ? page.left(ticks.now()) : 0;
        return new Receipt.Standing(page.state(), Duration.ofMillis(left * 10), page.because());
    }

    private Ticks.Moment end(Duration lease) {
        Ticks.Moment now = ticks.now();
        return new Ticks.Moment(now.boot(), now.hundredths() + lease.toMillis() / 10);
    }

    private Tree before(Page page) {
        return journal.tree(page.change(), Journal.BEFORE).orElseThrow();
    }

    private Tree landed(Page page) {
        return journal.tree(page.change(), Journal.LANDED).orElseThrow();
    }

    private Receipt.Snapped snapped(Tree tree) {
        return new Receipt.Snapped(tree.manifest(), tree.files().size(), Optional.empty());
    }

    private Receipt snapshot(Page page) throws Trouble {
        Tree now = door.read();
        if (page.state() != State.SNAPPED
                || journal.tree(page.change(), Journal.BEFORE)
                        .filter(now::equals)
                        .isEmpty()) {
            journal.clear(page.change());
            journal.write(page.change(), Journal.BEFORE, now);
            journal.write(Page.none(page.change()).in(State.SNAPPED, ""));
            journal.prune();
        }
        return snapped(now);
    }

    private Receipt.Applied applied(Page page) {
        return new Receipt.Applied(
                landed(page).manifest(), Order.Activation.RELOAD, Duration.ofMillis(page.downtime()));
    }

    private Receipt apply(Page page, Order.Apply order) throws Trouble {
        Tree before = before(page);
        Tree wanted;
        try {
            wanted = Candidate.of(order.edit(), before, door);
        } catch (Unfit e) {
            return new Receipt.Refused(Reason.UNFIT, String.valueOf(e.getMessage()));
        }
        NavigableSet<String> drifted = before.differs(door.read());
        if (!drifted.isEmpty()) {
            return new Receipt.Refused(Reason.DRIFTED, "changed since the snapshot: " + String.join(", ", drifted));
        }
        List<String> objections = Candidate.objections(before, wanted, door);
        if (!objections.isEmpty()) {
            return new Receipt.Refused(Reason.UNFIT, String.join("; ", objections));
        }
        journal.write(page.change(), Journal.WANTED, wanted);
        journal.current(page.change());
        Page applying = page.applying(order.digest().hex(), end(order.lease()));
        journal.write(applying); // from here on, whoever comes next takes it back
        Ticks.Moment began = ticks.now();
        return put(applying, began, before, wanted);
    }

    private Receipt put(Page page, Ticks.Moment began, Tree before, Tree wanted) throws Trouble {
        String trouble;
        try {
            Settled settled = new Settling(door, before, wanted).forward();
            trouble = settled.trouble();
            if (trouble.isEmpty()) {
                door.health();
                journal.write(page.change(), Journal.LANDED, settled.live());
            }
        } catch (Trouble e) {
            if (e.sort() == Trouble.Sort.SILENT) {
                throw e; // what of it was done is not known: it is taken back as soon as the server answers
            }
            trouble = String.valueOf(e.getMessage());
        }
        if (trouble.isEmpty() && page.left(ticks.now()) == 0) {
            trouble = ENDED + " before all of it was in place";
        }
        if (!trouble.isEmpty()) {
            return rollBack(page, trouble);
        }
        Page applied = page.applied((ticks.now().hundredths() - began.hundredths()) * 10);
        journal.write(applied);
        return applied(applied);
    }

    private Receipt confirm(Page page) {
        journal.write(page.in(State.CONFIRMED, ""));
        return new Receipt.Confirmed(landed(page).manifest());
    }

    /// A rollback before anything was applied: changes nothing, and an apply that comes late finds it so.
    private Receipt forgo(Page page) throws Trouble {
        boolean same = before(page).differs(door.read()).isEmpty();
        Page back = page.rolledBack(ORDERED, same, true);
        journal.write(back);
        return rolledBack(back);
    }

    /// Ends what a kill interrupted, and a lease that is over.
    ///
    /// @throws Trouble where the server does not answer
    void recover() throws Trouble {
        Optional<Page> page = journal.current().filter(Page::isOpen);
        if (page.isEmpty()) {
            return;
        }
        switch (page.get().state()) {
            case APPLYING -> rollBack(page.get(), INTERRUPTED);
            case ROLLING_BACK -> rollBack(page.get(), page.get().because());
            case APPLIED -> {
                if (page.get().left(ticks.now()) == 0) {
                    rollBack(page.get(), ENDED);
                }
            }
            case NONE, SNAPPED, CONFIRMED, ROLLED_BACK -> {}
        }
    }

    /// Everything as the snapshot has it.
    private Receipt rollBack(Page from, String why) throws Trouble {
        Page page = from.in(State.ROLLING_BACK, why);
        journal.write(page);
        Tree before = before(page);
        Settling settling = new Settling(
                door, before, journal.tree(page.change(), Journal.WANTED).orElse(before));
        page = aside(page, settling);
        Settled settled = settling.back();
        String trouble = settled.trouble();
        boolean healthy = true;
        try {
            door.health();
        } catch (Trouble e) {
            healthy = false;
            trouble = (trouble.isEmpty() ? "" : trouble + ". ") + e.getMessage();
        }
        String because = why + (trouble.isEmpty() ? "" : ". " + trouble) + renamed(before, settled.live());
        Page back = page.rolledBack(because, settled.trouble().isEmpty(), healthy);
        journal.write(back);
        return rolledBack(back, settled.live());
    }

    /// Keeps what somebody else has put there, and writes down where, before it is overwritten.
    private Page aside(Page page, Settling settling) throws Trouble {
        Tree live = door.read();
        List<String> kept = new ArrayList<>(page.kept());
        Optional<Tree> landed = journal.tree(page.change(), Journal.LANDED);
        for (String path : settling.foreign(live, landed)) {
            String place = journal.keep(page.change(), path, live.file(path).orElseThrow());
            if (!kept.contains(place)) {
                kept.add(place);
            }
        }
        Page noted = page.aside(kept);
        journal.write(noted);
        return noted;
    }

    /// What the server calls otherwise now, since it had to be made anew.
    private static String renamed(Tree before, Tree live) {
        NavigableSet<String> names = new TreeSet<>();
        before.ids().forEach((path, id) -> {
            if (live.ids().containsKey(path) && !id.equals(live.ids().get(path))) {
                names.add(path);
            }
        });
        return names.isEmpty() ? "" : ". The server gave these new ids of its own: " + String.join(", ", names);
    }

    private Receipt.RolledBack rolledBack(Page page) {
        Tree now = page.exact() ? before(page) : landedOrBefore(page);
        return rolledBack(page, now);
    }

    private Tree landedOrBefore(Page page) {
        return journal.tree(page.change(), Journal.LANDED).orElseGet(() -> before(page));
    }

    private static Receipt.RolledBack rolledBack(Page page, Tree live) {
        return new Receipt.RolledBack(live.manifest(), page.exact(), page.healthy(), page.because(), page.kept());
    }
}
