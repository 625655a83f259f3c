package barograph.logs;

import barograph.host.Hosts;
import barograph.login.Login;
import barograph.login.Pseudonyms;
import barograph.runner.LoginFeed;
import barograph.site.At;
import barograph.site.LogSource;
import barograph.site.Server;
import barograph.site.ServerId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads the logins of servers from their logs: for each server a [Tail] and a [Grammar].
///
/// A log on this machine is read at each call. One on another host is read by a thread of its own, about once a
/// second, so that a slow or dead network holds up nobody who asks; what has come meanwhile is handed out at once.
/// At most 100,000 logins wait for a server; until they are fetched its log is read no further, and nothing is lost.
public final class LogFeed implements LoginFeed {
    private static final int MOST_STEPS = 64;

    private final Hosts hosts;
    private final byte[] key;
    private final InstantSource clock;
    private final Map<ServerId, Followed> followed = new ConcurrentHashMap<>();

    /// @param key for the pseudonyms of users and their places, at least 16 bytes
    public LogFeed(Hosts hosts, byte[] key, InstantSource clock) {
        this.hosts = hosts;
        this.key = key.clone();
        this.clock = clock;
    }

    /// @throws IllegalArgumentException when the server has no log, or one in a grammar that is not known
    @Override
    public void follow(Server server, Instant since) {
        LogSource log = server.log()
                .orElseThrow(() -> new IllegalArgumentException("server " + server.id() + " has no log to follow"));
        Grammars.Opening opening = Grammars.of(log)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + log.grammar() + "' is no grammar of logs; there are: " + Grammars.NAMES));
        Shelf shelf = switch (server.at()) {
            case At.Local() -> new LocalShelf(Path.of(log.path()), clock);
            case At.Ssh ssh -> new HostShelf(hosts.at(ssh), log.path());
        };
        Followed fresh = new Followed(server, opening, shelf, since);
        Followed before = followed.put(server.id(), fresh);
        if (before != null) {
            before.stop();
        }
        fresh.start();
    }

    @Override
    public Batch take(Server server) {
        Followed log = followed.get(server.id());
        if (log == null) {
            throw new IllegalStateException("the log of " + server.id() + " is not followed");
        }
        return log.take();
    }

    @Override
    public void close() {
        followed.values().forEach(Followed::stop);
    }

    /// One server's log.
    private final class Followed {
        private static final int MOST_WAITING = 100_000;
        private static final long PAUSE_MILLIS = 1_000;

        private final Server server;
        private final Grammars.Opening opening;
        private final Shelf shelf;
        private final Instant since;
        private final boolean near;
        private final Thread reader = Thread.ofVirtual().unstarted(this::readOn);
        private List<Login> waiting = new ArrayList<>();
        private volatile boolean stopped;
        private long lines;
        private long unread;
        private long unreadBefore;
        private String trouble = "";
        private Instant sign = Instant.MIN;
        private Instant readTo = Instant.MIN;

        private @Nullable Reading reading;

        private Followed(Server server, Grammars.Opening opening, Shelf shelf, Instant since) {
            this.server = server;
            this.opening = opening;
            this.shelf = shelf;
            this.since = since;
            near = server.at() instanceof At.Local;
        }

        private void start() {
            if (!near) {
                reader.start();
            }
        }

        private void stop() {
            stopped = true;
            reader.interrupt();
        }

        private void readOn() {
            while (!stopped) {
                try {
                    boolean more = read();
                    Thread.sleep(more ? 1 : PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    // Whatever it is, the watch has to know that it cannot see; the next turn tries again.
                    tell("the log cannot be read: " + e.getMessage());
                }
            }
        }

        private synchronized void tell(String words) {
            trouble = words;
        }

        /// Reads one step; false when there is nothing more to read for now.
        private boolean read() {
            if (full()) {
                return false;
            }
            Reading now = reading();
            if (now == null) {
                return false;
            }
            Grammar grammar = now.grammar();
            List<Login> logins = new ArrayList<>();
            long[] count = new long[1];
            Instant asked = clock.instant();
            Tail.Step step = now.tail().step(line -> {
                count[0]++;
                grammar.read(line, clock.instant(), logins::add);
            });
            if (!step.more()) {
                grammar.settle(clock.instant(), logins::add);
            }
            keep(now, logins, count[0], step.trouble());
            if (!step.more() && step.trouble().isEmpty()) {
                readTo(asked);
            }
            return step.more();
        }

        /// Begins once the host has told its time zone, for many logs tell local time.
        private @Nullable Reading reading() {
            if (reading == null) {
                switch (shelf.look(Shelf.NONE, 0, 0)) {
                    case Look.Unseen(String why) -> tell(why);
                    case Look.Seen seen -> {
                        Grammar grammar = opening.open(server.id(), seen.zone(), new Pseudonyms(key));
                        Tail tail = new Tail(shelf, since, line -> grammar.writtenAt(line, clock.instant()), clock);
                        reading = new Reading(tail, grammar);
                    }
                }
            }
            return reading;
        }

        private synchronized boolean full() {
            return waiting.size() >= MOST_WAITING;
        }

        private synchronized void keep(Reading now, List<Login> logins, long read, String words) {
            waiting.addAll(logins);
            lines += read;
            trouble = words;
            sign = now.tail().sign();
            unread = now.grammar().unread() + now.tail().gaps();
        }

        private synchronized void readTo(Instant moment) {
            readTo = moment;
        }

        private Batch take() {
            if (near) {
                for (int i = 0; i < MOST_STEPS && read(); i++) {
                    // Each step reads at most 1 MiB; what is left comes with the next call.
                }
            }
            return handOut();
        }

        private synchronized Batch handOut() {
            Batch batch = new Batch(waiting, lines, unread - unreadBefore, trouble, sign, readTo);
            waiting = new ArrayList<>();
            lines = 0;
            unreadBefore = unread;
            return batch;
        }
    }

    private record Reading(Tail tail, Grammar grammar) {}
}
