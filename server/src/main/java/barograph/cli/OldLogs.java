package barograph.cli;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Log files of the past, read as one stream of logins in the order of their times.
///
/// Each file is read line by line, all of them side by side, so that memory does not grow with their length. Local
/// times in a log are taken to be in this machine's time zone. User names become pseudonyms under a key that is thrown
/// away.
final class OldLogs {
    private final String grammar;
    private final Instant start;
    private final byte[] key = new byte[32];

    /// @param grammar the name of the logs' grammar
    /// @param start for traces: the moment that their `t_ms` counts from
    /// @throws Trouble when there is no such grammar
    OldLogs(String grammar, Instant start) {
        if (Grammars.named(grammar).isEmpty()) {
            throw new Trouble(
                    ExitCode.USAGE, "'" + grammar + "' is no grammar of logs. There are: " + Grammars.NAMES + ".");
        }
        this.grammar = grammar;
        this.start = start;
        new SecureRandom().nextBytes(key);
    }

    /// One log file.
    ///
    /// @param server whose it is; traces name the server in each line
    record Source(Optional<ServerId> server, Path file) {
        /// @param written `server=file`, or the file alone
        static Source of(String written) {
            int equals = written.indexOf('=');
            Path file = Path.of(written.substring(equals + 1));
            if (!Files.isReadable(file)) {
                throw new Trouble(ExitCode.USAGE, "There is no readable log file " + file + ".");
            }
            try {
                return new Source(
                        equals < 0 ? Optional.empty() : Optional.of(new ServerId(written.substring(0, equals))), file);
            } catch (IllegalArgumentException e) {
                throw new Trouble(ExitCode.USAGE, written + ": " + e.getMessage() + ".");
            }
        }
    }

    /// Hands over every login of all files, in the order of time.
    ///
    /// @throws Trouble when a file cannot be read, or holds no login at all
    void read(List<Source> sources, Consumer<Login> out) {
        List<Reading> readings = new ArrayList<>();
        try {
            PriorityQueue<Reading> queue = new PriorityQueue<>(Comparator.comparing(Reading::at));
            for (Source source : sources) {
                Reading reading = new Reading(source);
                readings.add(reading);
                if (reading.fill()) {
                    queue.add(reading);
                } else {
                    throw new Trouble(
                            ExitCode.USAGE,
                            "No line of " + source.file() + " is a login in the grammar '" + grammar + "'. There are: "
                                    + Grammars.NAMES + ".");
                }
            }
            for (Reading next = queue.poll(); next != null; next = queue.poll()) {
                out.accept(next.ready.removeFirst());
                if (next.fill()) {
                    queue.add(next);
                }
            }
        } catch (IOException e) {
            throw new Trouble(ExitCode.USAGE, "A log file could not be read: " + e.getMessage() + ".");
        } finally {
            readings.forEach(Reading::close);
        }
    }

    /// One file, read so far that its next login is known.
    private final class Reading {
        private final Source source;
        private final BufferedReader lines;
        private final Grammar reads;
        private final Deque<Login> ready = new ArrayDeque<>();
        private final Set<Long> met = new HashSet<>();
        private Instant now = start;
        private boolean over;

        private Reading(Source source) throws IOException {
            this.source = source;
            Pseudonyms pseudonyms = new Pseudonyms(key);
            if (grammar.equals("trace")) {
                reads = new TraceGrammar(pseudonyms, start, this::before);
            } else {
                ServerId server = source.server()
                        .orElseThrow(() -> new Trouble(
                                ExitCode.USAGE,
                                "Say whose log " + source.file() + " is: SERVER=" + source.file() + "."));
                reads = Grammars.named(grammar).orElseThrow().open(server, ZoneId.systemDefault(), pseudonyms);
            }
            lines = new BufferedReader(new InputStreamReader(open(source.file()), StandardCharsets.UTF_8));
        }

        private Instant at() {
            return ready.getFirst().at();
        }

        /// Reads on until a login is ready; false at the end of the file.
        private boolean fill() throws IOException {
            while (ready.isEmpty() && !over) {
                String line = lines.readLine();
                if (line == null) {
                    over = true;
                    reads.settle(now.plus(Duration.ofDays(1)), ready::add);
                } else {
                    now = reads.writtenAt(line, Instant.now()).orElse(now);
                    reads.read(line, Instant.now(), ready::add);
                    reads.settle(now, ready::add);
                }
            }
            return !ready.isEmpty();
        }

        /// What a trace knows of a person from before it began is told as a login from before it began.
        private void before(Pseudonym user, Pseudonym from, boolean couldLogIn) {
            if (met.add(user.value() * 31 + from.value())) {
                ready.add(new Login(
                        start.minusMillis(1),
                        new ServerId("before"),
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
                throw new UncheckedIOException("Could not close " + source.file(), e);
            }
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        Path name = file.getFileName();
        return name != null && name.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /// What the logs are of.
    record Extent(Set<ServerId> servers, Instant first, Instant last) {}

    /// Which servers the logs are of, and over which time.
    Extent extent(List<Source> sources) {
        Set<ServerId> servers = new HashSet<>();
        List<Instant> ends = new ArrayList<>();
        read(sources, login -> {
            if (!login.at().isBefore(start)) {
                servers.add(login.server());
                if (ends.size() == 2) {
                    ends.removeLast();
                }
                ends.add(login.at());
            }
        });
        if (ends.isEmpty()) {
            throw new Trouble(ExitCode.USAGE, "The logs hold no login.");
        }
        return new Extent(servers, ends.getFirst(), ends.getLast());
    }
}
