package barograph.storm;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.lease.Receipt.State;
import barograph.record.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A model of the guard, command by command as `guard.sh` goes about it; `ModelTest` plays the same orders against
/// both.
final class Guard {
    private static final long RELOAD = 200;
    private static final long LIMIT = 60_000;

    private final Host host;
    private final Disk disk;
    private final Clockwork clock;
    private final Promises promises;

    Guard(Host host, Disk disk, Clockwork clock, Promises promises) {
        this.host = host;
        this.disk = disk;
        this.clock = clock;
        this.promises = promises;
    }

    /// Carries an order out.
    Receipt obey(Order order) {
        recover(Book.current(disk));
        Book current = Book.current(disk);
        boolean other = current.isOpen() && !current.change().equals(order.change());
        if (other && (order instanceof Order.Snapshot || order instanceof Order.Apply)) {
            return new Receipt.Refused(Reason.BUSY, "the change " + current.change() + " is under way");
        }
        if (current.isOpen()) {
            host.arm();
        }
        Book book = new Book(disk, order.change());
        return switch (order) {
            case Order.Look _ -> new Receipt.Standing(book.state(), Duration.ofMillis(left(book)), "");
            case Order.Snapshot _ -> snapshot(book);
            case Order.Apply apply ->
                isOther(apply.digest(), book) ? otherDigest() : apply(apply, book, current.change());
            case Order.Confirm confirm -> isOther(confirm.digest(), book) ? otherDigest() : confirm(book);
            case Order.Renew renew -> renew(renew, book);
            case Order.RollBack _ -> rollBack(book, current);
        };
    }

    private static boolean isOther(Digest digest, Book book) {
        boolean inPlace = book.state() == State.APPLIED || book.state() == State.CONFIRMED;
        return inPlace && !book.ordered().digest().equals(digest);
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

    private Receipt snapshot(Book book) {
        switch (book.state()) {
            case ROLLING_BACK -> {
                return book.page().answer();
            }
            case APPLIED -> {
                return snapped(book);
            }
            case SNAPPED -> {
                if (host.live().equals(book.tree())) {
                    return book.page().answer();
                }
            }
            case NONE, APPLYING, CONFIRMED, ROLLED_BACK -> {}
        }
        if (host.ailments.diskFull) {
            return new Receipt.Refused(Reason.NO_SPACE, "no room");
        }
        book.remove("under");
        book.remove("journal");
        host.command();
        book.put("tree", host.live());
        host.command();
        book.put("journal", new Book.Page(State.SNAPPED, "", snapped(book)));
        promises.begins(host, book.change());
        return snapped(book);
    }

    private Receipt apply(Order.Apply order, Book book, ChangeId under) {
        switch (book.state()) {
            case NONE -> {
                return unknown();
            }
            case ROLLING_BACK, ROLLED_BACK, APPLIED -> {
                return book.page().answer();
            }
            case APPLYING, CONFIRMED -> {
                return outOfTurn(book.state());
            }
            case SNAPPED -> {}
        }
        if (host.ailments.diskFull) {
            return new Receipt.Refused(Reason.NO_SPACE, "no room");
        }
        Map<String, String> candidate = edited(book, order.edit());
        host.command();
        if (!host.live().equals(book.tree())) {
            return new Receipt.Refused(Reason.DRIFTED, "changed since the snapshot");
        }
        promises.alone(host, book.change());
        host.command();
        book.put("order", new Book.Ordered(order.digest(), candidate));
        host.command();
        book.put("spare", true);
        book.put("under", under);
        disk.put("state/current", book.change());
        host.command();
        setLease(book, order.lease());
        host.command();
        book.put("journal", new Book.Page(State.APPLYING, "", book.page().answer()));
        disk.sync("state/");
        host.command();
        host.arm();
        disk.put("root-stage", true);
        disk.sync("root-stage"); // a file system does not keep a rename and lose the link that was made before it
        settle(book, candidate);
        book.put("taken", true);
        host.command();
        String trouble = takeOver(book, candidate, State.APPLYING);
        if (!trouble.isEmpty()) {
            return back(book, trouble);
        }
        Receipt answer = new Receipt.Applied(digest(), order.how(), Duration.ofMillis(300));
        host.command();
        if (host.ailments.diskFull) {
            return back(book, "the journal cannot be written");
        }
        book.put("journal", new Book.Page(State.APPLIED, "", answer));
        return answer;
    }

    private static Map<String, String> edited(Book book, Edit edit) {
        Map<String, String> candidate = new TreeMap<>(book.tree());
        if (edit instanceof Edit.Overlay(List<Edit.Put> puts, List<String> removals)) {
            puts.forEach(file -> candidate.put(file.path(), Place.text(file.content())));
            removals.forEach(candidate::remove);
        }
        return candidate;
    }

    private Receipt confirm(Book book) {
        return switch (book.state()) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK, CONFIRMED -> book.page().answer();
            case SNAPPED, APPLYING -> outOfTurn(book.state());
            case APPLIED -> {
                Receipt answer = new Receipt.Confirmed(digest());
                if (host.ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "the journal cannot be written");
                }
                disk.sync("root");
                host.command();
                book.put("journal", new Book.Page(State.CONFIRMED, "", answer));
                disk.sync("state/");
                host.command();
                promises.kept(host);
                disk.remove("root-stage");
                yield answer;
            }
        };
    }

    private Receipt renew(Order.Renew order, Book book) {
        return switch (book.state()) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK -> book.page().answer();
            case SNAPPED, APPLYING, CONFIRMED -> outOfTurn(book.state());
            case APPLIED -> {
                if (host.ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "no new lease");
                }
                setLease(book, order.lease());
                yield new Receipt.Renewed(order.lease());
            }
        };
    }

    private Receipt rollBack(Book book, Book current) {
        return switch (book.state()) {
            case NONE -> unknown();
            case ROLLING_BACK, ROLLED_BACK -> book.page().answer();
            case APPLYING -> outOfTurn(book.state());
            case SNAPPED -> {
                if (host.ailments.diskFull) {
                    yield new Receipt.Refused(Reason.NO_SPACE, "the journal cannot be written");
                }
                Receipt answer = new Receipt.RolledBack(
                        digest(), host.live().equals(book.tree()), true, "ordered", List.copyOf(host.kept()));
                book.put("journal", new Book.Page(State.ROLLED_BACK, "ordered", answer));
                yield answer;
            }
            case APPLIED, CONFIRMED ->
                current.equals(book)
                        ? back(book, "ordered")
                        : new Receipt.Refused(Reason.OUT_OF_TURN, "the change " + current.change() + " came after it");
        };
    }

    /// Everything as the snapshot has it.
    private Receipt back(Book book, String why) {
        boolean room = !host.ailments.diskFull || book.has("spare");
        book.remove("spare");
        if (room) {
            book.put("journal", new Book.Page(State.ROLLING_BACK, why, new Receipt.Stuck("being rolled back")));
        }
        host.command();
        if (!settle(book, book.tree())) {
            return stuck(book, why, "what a hand changed cannot be kept aside, or there is no space");
        }
        boolean healthy = true;
        if (book.has("taken")) {
            healthy = takeOver(book, book.tree(), State.ROLLING_BACK).isEmpty();
            if (!settle(book, book.tree())) {
                return stuck(book, why, "files change all the time");
            }
            book.remove("taken");
        }
        host.command();
        disk.sync("root");
        Receipt answer = new Receipt.RolledBack(digest(), true, healthy, why, List.copyOf(host.kept()));
        if (!room && host.ailments.diskFull) {
            return stuck(book, why, "the journal cannot be written");
        }
        book.put("journal", new Book.Page(State.ROLLED_BACK, why, answer));
        promises.restored(host, book.change());
        disk.remove("root-stage");
        return answer;
    }

    private Receipt stuck(Book book, String why, String trouble) {
        Receipt answer = new Receipt.Stuck("Could not put back: " + trouble);
        if (!host.ailments.diskFull) {
            book.put("journal", new Book.Page(State.ROLLING_BACK, why, answer));
        }
        host.arm();
        return answer;
    }

    /// Makes the live folder what is wanted, file by file.
    ///
    /// @return whether that went well
    private boolean settle(Book book, Map<String, String> wanted) {
        Map<String, String> live = host.live();
        for (Map.Entry<String, String> file : live.entrySet()) {
            boolean ours = file.getValue().equals(book.tree().get(file.getKey()))
                    || file.getValue().equals(book.ordered().candidate().get(file.getKey()));
            if (!ours && !file.getValue().equals(wanted.get(file.getKey()))) {
                if (host.ailments.diskFull && !host.kept().contains(file.getValue())) {
                    return false;
                }
                host.kept().add(file.getValue());
                host.command();
            }
        }
        boolean room = !host.ailments.diskFull || disk.get("root-stage").isPresent();
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!file.getValue().equals(live.get(file.getKey()))) {
                if (!room) {
                    return false;
                }
                host.command();
                disk.put("root/" + file.getKey(), file.getValue());
            }
        }
        for (String path : live.keySet()) {
            if (!wanted.containsKey(path)) {
                host.command();
                disk.remove("root/" + path);
            }
        }
        return true;
    }

    /// The server takes over its files.
    ///
    /// @return what failed; empty when it is up
    private String takeOver(Book book, Map<String, String> files, State state) {
        long time = Math.max(RELOAD, host.ailments.slow);
        long budget = state == State.APPLYING ? Math.min(LIMIT, left(book)) : LIMIT;
        host.await(Math.min(time, budget));
        if (time > budget) {
            return "the reload was stopped after " + budget + " ms";
        }
        boolean down = host.ailments.downWithAny || (host.ailments.downWithNew && !files.equals(book.tree()));
        return down ? "the health check failed" : "";
    }

    /// Ends what a kill interrupted, and a lease that is over.
    void recover(Book book) {
        switch (book.state()) {
            case APPLYING -> back(book, reason(book, "interrupted"));
            case APPLIED -> {
                if (left(book) == 0) {
                    back(book, reason(book, "lease ended"));
                }
            }
            case ROLLING_BACK -> back(book, book.page().why());
            case CONFIRMED -> disk.remove("root-stage");
            case NONE, SNAPPED, ROLLED_BACK ->
                book.under().ifPresent(under -> {
                    disk.put("state/current", under);
                    book.remove("under");
                });
        }
    }

    private String reason(Book book, String why) {
        return book.lease().boot() == host.boot() ? why : "reboot";
    }

    /// What is left of a lease, in milliseconds.
    long left(Book book) {
        Book.Lease lease = book.lease();
        return lease.boot() == host.boot() ? Math.max(0, lease.end() - clock.now()) : 0;
    }

    private void setLease(Book book, Duration length) {
        book.put("lease", new Book.Lease(host.boot(), clock.now() + length.toMillis()));
        promises.leased(host, length.toMillis());
    }

    private static Receipt snapped(Book book) {
        return new Receipt.Snapped(
                Digest.of(book.tree().toString()), book.tree().size(), Optional.empty());
    }

    private Digest digest() {
        return Digest.of(host.live().toString());
    }
}
