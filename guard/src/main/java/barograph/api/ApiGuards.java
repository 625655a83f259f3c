package barograph.api;

import barograph.api.Door.Trouble;
import barograph.api.Door.Unfit;
import barograph.change.Diff;
import barograph.change.Edit;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.lease.Receipt.Reason;
import barograph.runner.GuardLine;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.Server;
import barograph.site.ServerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The guards of servers that are configured over an API. They run in the controller, and while none runs, nothing puts
/// such a server back: it has **no dead-man**.
///
/// One change at a time per server holds for all controllers that share this folder, by a lock of the operating system.
/// A controller of another folder is not kept out: what it changes is seen as somebody else's.
public final class ApiGuards implements GuardLine, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Path folder;
    private final Doors doors;
    private final Ticks ticks;
    private final Map<ServerId, Thread> timers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param folder the controller's own, where journals and snapshots are kept
    public ApiGuards(Path folder, Secrets secrets) {
        this(folder, secrets, Ticks.ofMachine());
    }

    ApiGuards(Path folder, Secrets secrets, Ticks ticks) {
        this.folder = folder;
        this.doors = new Doors(secrets);
        this.ticks = ticks;
    }

    @Override
    public Receipt send(Server server, Order order) {
        Journal journal = new Journal(folder, server.id());
        try (Held held = hold(journal)) {
            if (held == null) {
                return new Receipt.Refused(Reason.BUSY, "another order is being carried out on this server");
            }
            try (Door door = doors.open(server)) {
                return new ApiGuard(journal, door, ticks).obey(order);
            } catch (Trouble e) {
                return receipt(e, journal);
            } catch (SecretTrouble e) {
                return new Receipt.Refused(Reason.NO_PERMISSION, String.valueOf(e.getMessage()));
            }
        } catch (UncheckedIOException | IOException e) {
            return new Receipt.Refused(
                    Reason.NO_SPACE, "the controller's own folder " + folder + " cannot be used: " + e.getMessage());
        } finally {
            watch(server);
        }
    }

    /// While a change is being taken back, a server that refuses is one that is tried again.
    private static Receipt receipt(Trouble e, Journal journal) {
        String words = String.valueOf(e.getMessage());
        boolean goesBack = journal.current()
                .filter(page -> page.state() == Receipt.State.ROLLING_BACK)
                .isPresent();
        return switch (e.sort()) {
            case SILENT -> new Receipt.Unreachable(words);
            case FORBIDDEN -> goesBack ? new Receipt.Stuck(words) : new Receipt.Refused(Reason.NO_PERMISSION, words);
            case REFUSED, OVERTAKEN -> goesBack ? new Receipt.Stuck(words) : new Receipt.Refused(Reason.MISSING, words);
        };
    }

    /// What a controller does when it starts: each server whose lease ran out meanwhile, or on which something was
    /// interrupted, goes back at once; the other leases are watched again.
    ///
    /// @return what happened, a line for each server that went back or could not
    public List<String> recover(List<Server> servers) {
        List<String> told = new ArrayList<>();
        for (Server server : servers) {
            Journal journal = new Journal(folder, server.id());
            if (server.hasDeadMan() || journal.current().filter(Page::isOpen).isEmpty()) {
                continue;
            }
            Page open = journal.current().orElseThrow();
            Receipt answer = send(server, new Order.Look(open.change()));
            String what = server.id() + ", change " + open.change() + ": ";
            if (!(answer instanceof Receipt.Standing(Receipt.State state, Duration _, String because))) {
                told.add(what + "its lease is over, and it could not be put back so far: " + answer.trouble());
            } else if (state != Receipt.State.APPLIED) {
                told.add(what + "the old configuration is back (" + because + ")");
            }
        }
        return told;
    }

    /// Keeps an eye on a lease as long as this process lives.
    private void watch(Server server) {
        if (!closed
                && new Journal(folder, server.id())
                        .current()
                        .filter(Page::isOpen)
                        .isPresent()) {
            LockSupport.unpark(timers.computeIfAbsent(
                    server.id(),
                    _ -> Thread.ofVirtual().name("lease of " + server.id()).start(() -> guard(server))));
        }
    }

    private void guard(Server server) {
        Journal journal = new Journal(folder, server.id());
        try {
            Optional<Page> page = journal.current().filter(Page::isOpen);
            while (!closed && page.isPresent()) {
                long left = page.get().left(ticks.now());
                LockSupport.parkNanos(left > 0 ? Duration.ofMillis(left * 10).toNanos() : 1);
                page = journal.current().filter(Page::isOpen);
                if (!closed && page.isPresent() && page.get().left(ticks.now()) == 0) {
                    end(server, journal);
                    page = journal.current().filter(Page::isOpen);
                    if (page.isPresent()) {
                        LockSupport.parkNanos(AGAIN.toNanos());
                    }
                }
            }
        } finally {
            timers.remove(server.id());
            watch(server); // an order may have come just before
        }
    }

    /// An order that is being carried out ends the lease itself, should it be over.
    private void end(Server server, Journal journal) {
        try (Held held = hold(journal)) {
            if (held != null) {
                try (Door door = doors.open(server)) {
                    new ApiGuard(journal, door, ticks).recover();
                }
            }
        } catch (Trouble | SecretTrouble | IOException | UncheckedIOException e) {
            // It is tried again; whoever sends an order meanwhile is told of the same trouble.
        }
    }

    /// What an edit does to a server as it is now, secrets hidden.
    ///
    /// @return empty where the server does not answer
    public Optional<Diff> diff(Server server, Edit edit) {
        try (Door door = doors.open(server)) {
            Tree now = door.read();
            Tree wanted = Candidate.of(edit, now, door);
            return Optional.of(diff(now, wanted, server));
        } catch (Unfit e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (Trouble | SecretTrouble e) {
            return Optional.empty();
        }
    }

    static Diff diff(Tree before, Tree after, Server server) {
        List<Edit.Put> puts = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        for (String path : before.differs(after)) {
            after.file(path)
                    .ifPresentOrElse(
                            text -> puts.add(
                                    new Edit.Put(path, 0600, text.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                            () -> removals.add(path));
        }
        return Diff.of(
                new Edit.Overlay(puts, removals),
                path -> before.file(path).map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                server.secrets());
    }

    /// All objects of a server as files, for people who want to change them. They hold secrets.
    ///
    /// @throws IllegalStateException where the server does not answer, with its words
    public NavigableMap<String, String> files(Server server) {
        try (Door door = doors.open(server)) {
            return door.read().files();
        } catch (Trouble e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static @Nullable Held hold(Journal journal) throws IOException {
        Path file = journal.home().resolve("lock");
        Journal.folder(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long until = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                if (channel.tryLock() != null) {
                    return new Held(channel);
                }
            } catch (OverlappingFileLockException e) {
                // Another thread of this process has it.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < until && !Thread.currentThread().isInterrupted());
        channel.close();
        return null;
    }

    /// One server's lock; ends with the process at the latest.
    private record Held(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        timers.values().forEach(LockSupport::unpark);
    }
}
