package barograph.cli;

import barograph.form.Nearest;
import barograph.hindcast.Doubles;
import barograph.hindcast.Strangers;
import barograph.hindcast.Window;
import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.logs.TraceGrammar;
import barograph.site.ServerId;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Log files of the past, read as one stream of logins in the order of their times.
///
/// Each file is read line by line, all of them side by side, so that memory does not grow with their length: lines
/// out of order wait in a bounded [Window], and lines that came before are left out ([Doubles]). User names become
/// pseudonyms under a key that is thrown away.
final class OldLogs {
    /// The server of a login that is only told of from before the logs began.
    static final ServerId BEFORE = new ServerId("before-the-trace");

    /// Longer than any watch counts a person once.
    private static final Duration LONG_BEFORE = Duration.ofDays(1);

    private final Ways ways;
    private final Map<String, Grammars.Opening> grammars;
    private final byte[] key = new byte[32];
    private final Strangers strangers = new Strangers();
    private final Doubles doubles = new Doubles();
    private final List<Reading> readings = new ArrayList<>();

    /// How the logs are to be read.
    ///
    /// @param grammar the name of their grammar
    /// @param start for traces: the moment that their `t_ms` counts from
    /// @param zone of the servers, for logs that tell local time
    /// @param year a moment near to that of the logs, for those that do not tell the year
    record Ways(String grammar, Instant start, ZoneId zone, Instant year) {
        boolean trace() {
            return grammar.equals("trace");
        }
    }

    /// @param grammars all that there are, by their names
    /// @throws Trouble when there is no such grammar
    OldLogs(Ways ways, Map<String, Grammars.Opening> grammars) {
        this.grammars = grammars;
        if (!grammars.containsKey(ways.grammar())) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "--grammar: '" + ways.grammar() + "' is no grammar of logs. "
                            + Nearest.remedy(ways.grammar(), grammars.keySet()));
        }
        this.ways = ways;
        new SecureRandom().nextBytes(key);
    }

    /// One log file, or what comes in through the standard input.
    ///
    /// @param server whose it is; traces name the server in each line
    /// @param file empty for the standard input
    record Source(Optional<ServerId> server, Optional<Path> file) {
        /// @param written `server=file`, or the file alone; `-` is the standard input
        static Source of(String written) {
            int equals = written.indexOf('=');
            String place = written.substring(equals + 1);
            Optional<Path> file = place.equals("-") ? Optional.empty() : Optional.of(Path.of(place));
            if (file.isPresent() && !Files.isReadable(file.get())) {
                throw new Trouble(
                        ExitCode.USAGE,
                        "There is no readable log file " + place + ". Give logs as SERVER=FILE, traces as FILE.");
            }
            if (file.isPresent() && Files.isDirectory(file.get())) {
                throw new Trouble(ExitCode.USAGE, place + " is a folder. Name the log files in it, one by one.");
            }
            try {
                return new Source(
                        equals < 0 ? Optional.empty() : Optional.of(new ServerId(written.substring(0, equals))), file);
            } catch (IllegalArgumentException e) {
                throw new Trouble(ExitCode.USAGE, written + ": " + e.getMessage() + ".");
            }
        }

        String name() {
            return file.map(Path::toString).orElse("the standard input");
        }
    }

    /// What was read.
    ///
    /// @param lines of all logs
    /// @param unread lines that look like logins but could not be read
    /// @param outOfOrder logins that stood after one of a later time; they were put in order where it
    /// was possible
    /// @param late those that came too late for it
    /// @param doubled lines that had come before, and were left out
    record Heap(long lines, long unread, long outOfOrder, long late, long doubled) {}

    Heap heap() {
        return new Heap(
                readings.stream().mapToLong(reading -> reading.count).sum(),
                readings.stream().mapToLong(reading -> reading.grammar.unread()).sum(),
                readings.stream()
                        .mapToLong(reading -> reading.window.outOfOrder())
                        .sum(),
                readings.stream().mapToLong(reading -> reading.window.late()).sum(),
                doubles.count());
    }

    /// Which servers the logs are of, as far as can be told without reading the standard input: empty if that is a
    /// trace.
    Set<ServerId> servers(List<Source> sources) {
        Set<ServerId> servers = new TreeSet<>();
        for (Source source : sources) {
            if (!ways.trace()) {
                servers.add(source.server().orElseThrow(() -> whose(source)));
            } else if (source.file().isPresent()) {
                Set<String> names = new TreeSet<>();
                try (BufferedReader lines = lines(source)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        TraceGrammar.server(line).ifPresent(names::add);
                    }
                } catch (IOException e) {
                    throw unreadable(source, e);
                }
                names.forEach(name -> servers.add(new ServerId(name)));
            }
        }
        return servers;
    }

    private static Trouble whose(Source source) {
        return new Trouble(
                ExitCode.USAGE,
                "Say whose log " + source.name() + " is: SERVER="
                        + source.file().map(Path::toString).orElse("-") + ". Only traces tell it in each line.");
    }

    private static Trouble unreadable(Source source, IOException why) {
        return new Trouble(
                ExitCode.USAGE,
                source.name() + " could not be read: " + why.getMessage()
                        + ". Is it whole? Plain text and gzip are understood.");
    }

    /// Hands over every login of all logs, in the order of time, each once.
    ///
    /// @throws Trouble when a log cannot be read, or holds no login at all
    void read(List<Source> sources, Consumer<Login> out) {
        try {
            PriorityQueue<Reading> queue = new PriorityQueue<>(Comparator.comparing(reading -> reading.head));
            for (Source source : sources) {
                Reading reading = new Reading(source, out);
                readings.add(reading);
                if (!reading.fill()) {
                    throw noLogin(source, reading.count);
                }
                queue.add(reading);
            }
            for (Reading next = queue.poll(); next != null; next = queue.poll()) {
                Window.Line line = next.window.take();
                if (!doubles.met(line)) {
                    out.accept(line.login());
                }
                if (next.fill()) {
                    queue.add(next);
                }
            }
        } finally {
            readings.forEach(Reading::close);
        }
    }

    private Trouble noLogin(Source source, long lines) {
        return new Trouble(
                ExitCode.USAGE,
                "None of the " + lines + " lines of " + source.name() + " is a login in the grammar '" + ways.grammar()
                        + "'. Name the right one with --grammar: " + String.join(", ", grammars.keySet()) + ".");
    }

    private static BufferedReader lines(Source source) throws IOException {
        InputStream in = new BufferedInputStream(
                source.file().isPresent() ? Files.newInputStream(source.file().get()) : System.in, 1 << 16);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return new BufferedReader(
                new InputStreamReader(packed ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8), 1 << 16);
    }

    /// One log, read so far that its next login is known.
    private final class Reading {
        private final Source source;
        private final Consumer<Login> out;
        private final BufferedReader lines;
        private final Grammar grammar;
        private final Window window = new Window();
        private final Consumer<Login> taker = this::take;
        private Instant now = ways.start();
        private Instant head = Instant.MIN;
        private int print;
        private boolean over;
        private long count;

        private Reading(Source source, Consumer<Login> out) {
            this.source = source;
            this.out = out;
            Pseudonyms pseudonyms = new Pseudonyms(key);
            grammar = ways.trace()
                    ? new TraceGrammar(pseudonyms, ways.start(), this::before)
                    : Objects.requireNonNull(grammars.get(ways.grammar()))
                            .open(source.server().orElseThrow(() -> whose(source)), ways.zone(), pseudonyms);
            try {
                lines = OldLogs.lines(source);
            } catch (IOException e) {
                throw unreadable(source, e);
            }
        }

        private void take(Login login) {
            window.add(login, ((long) print << 32) ^ login.hashCode());
        }

        /// Reads on until the next login is known; false at the end of the log.
        private boolean fill() {
            Optional<Window.Line> next = window.next(over);
            while (next.isEmpty() && !over) {
                readLine();
                next = window.next(over);
            }
            next.ifPresent(line -> head = line.login().at());
            return next.isPresent();
        }

        private void readLine() {
            String line;
            try {
                line = lines.readLine();
            } catch (IOException e) {
                throw unreadable(source, e);
            }
            if (line == null) {
                over = true;
                grammar.settle(now.plus(LONG_BEFORE), taker);
                return;
            }
            count++;
            print = line.hashCode();
            now = grammar.writtenAt(line, ways.year()).orElse(now);
            grammar.read(line, ways.year(), taker);
            grammar.settle(now, taker);
        }

        /// What a trace knows of a person from before it began is told as a login from before it began.
        private void before(Pseudonym user, Pseudonym from, boolean couldLogIn) {
            if (strangers.first(user, from)) {
                out.accept(new Login(
                        ways.start().minus(LONG_BEFORE),
                        BEFORE,
                        user,
                        from,
                        new Dimensions("", "", "", ""),
                        couldLogIn ? new Outcome.Accepted() : new Outcome.Rejected("before"),
                        Duration.ZERO,
                        Origin.PERSON));
            }
        }

        private void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Could not close " + source.name(), e);
            }
        }
    }
}
