package barograph.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// This machine.
///
/// Commands see only a handful of this process's environment variables, as they would over SSH: the rest may hold
/// secrets.
public final class LocalHost implements Host {
    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "BAROGRAPH_STATE");

    @Override
    public Result run(String shellCommand, byte[] stdin, Duration limit) {
        Process process;
        try {
            process = start(shellCommand);
        } catch (IOException e) {
            return new Result.Unreachable("This machine cannot run sh: " + e.getMessage());
        }
        Bounded out = new Bounded(OUTPUT_LIMIT);
        Bounded err = new Bounded(LocalFollow.WORDS_LIMIT);
        Thread feeder = Thread.startVirtualThread(() -> feed(stdin, process.getOutputStream()));
        Thread outReader = drain(process.getInputStream(), out);
        Thread errReader = drain(process.getErrorStream(), err);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result.Overdue(limit);
            }
            // A daemon that the command left behind may hold the pipes open for good: what the command itself wrote
            // is in them by now.
            outReader.join(Duration.ofSeconds(1));
            errReader.join(Duration.ofSeconds(1));
            return new Result.Ran(process.exitValue(), out.bytes(), err.text(), out.cut() || err.cut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unreachable("The wait for a command on this machine was interrupted");
        } finally {
            end(process);
            feeder.interrupt();
        }
    }

    @Override
    public InputStream follow(String shellCommand) throws IOException {
        return new LocalFollow(start(shellCommand));
    }

    @Override
    public void close() {
        // Nothing is held between commands.
    }

    private static Process start(String shellCommand) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", shellCommand);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        return builder.start();
    }

    private static void feed(byte[] stdin, OutputStream to) {
        try (to) {
            to.write(stdin);
        } catch (IOException e) {
            // The command ended without reading all of its input: its exit code and words tell what it thought of it.
        }
    }

    static Thread drain(InputStream from, OutputStream to) {
        return Thread.startVirtualThread(() -> {
            try {
                from.transferTo(to);
            } catch (IOException e) {
                // The pipe was closed because the command was ended: what was read until then stays.
            }
        });
    }

    static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
