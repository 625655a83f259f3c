package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Another program that does a part of a login, until it ends or is ended with all of its children.
///
/// What is secret comes to it by its input, its environment or a private file, never by its command line, which
/// everybody on this machine can read. It sees only a handful of this process's environment variables.
final class Program implements AutoCloseable {
    private static final int MOST_OUTPUT = 256 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "USER", "LOGNAME", "TZ", "TMPDIR");
    private static final List<String> FOLDERS = List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Attempt attempt;
    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Thread reader;

    private Program(Attempt attempt, Process process, String input) {
        this.attempt = attempt;
        this.process = process;
        this.reader = Thread.ofVirtual().name("probe program's output").start(this::read);
        Thread.ofVirtual().name("probe program's input").start(() -> feed(process.getOutputStream(), input));
    }

    /// Where a program is that a protocol needs.
    ///
    /// @param remedy how it is installed
    static Path find(Attempt attempt, String name, String remedy) throws Halt {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        Optional<Path> found = Stream.concat(path, FOLDERS.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            throw new Halt(
                    new Outcome.Failed(Step.RESOLVE, "tool_missing"),
                    attempt.kind().name() + " needs the program " + name + ", which is not on this machine: " + remedy);
        }
        return found.get();
    }

    /// @param environment what it sees besides the usual
    /// @param input what it reads
    static Program start(Attempt attempt, List<String> command, Map<String, String> environment, String input)
            throws Halt {
        boolean group = Files.isExecutable(SETSID);
        ProcessBuilder builder = new ProcessBuilder(
                group
                        ? Stream.concat(Stream.of(SETSID.toString()), command.stream())
                                .toList()
                        : command);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        try {
            return new Program(attempt, builder.redirectErrorStream(true).start(), input);
        } catch (IOException e) {
            throw attempt.way().failed("tool_missing", "cannot run " + command.getFirst() + ": " + e.getMessage());
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Waits until it has ended, or the time of the probe is over.
    ///
    /// @return its exit status
    int await() throws Halt {
        try {
            if (!process.waitFor(attempt.way().leftMillis(), TimeUnit.MILLISECONDS)) {
                throw attempt.way().unanswered("the program did not end, and was stopped");
            }
            // A daemon that it left behind may hold its output open for good.
            reader.join(LAST_WORDS);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw attempt.way().failed("interrupted", "Barograph is stopping");
        }
    }

    /// What it has written so far, at most the first 256 KiB.
    String output() {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }

    private void read() {
        byte[] room = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(room); length >= 0; length = in.read(room)) {
                synchronized (output) {
                    output.write(room, 0, Math.min(length, MOST_OUTPUT - output.size()));
                }
            }
        } catch (IOException e) {
            return; // it was ended: what was read until then stays
        }
    }

    private static void feed(OutputStream to, String input) {
        try (to) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // it ended without reading all of its input: its exit status and words tell what it thought of it
        }
    }

    /// Ends it where it still runs, with its children: also those that have lost their parent, as they are of its
    /// group.
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        if (Files.isExecutable(SETSID)) {
            endGroup();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void endGroup() {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -KILL -" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            return; // its children are ended one by one then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
