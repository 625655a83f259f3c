package barograph.secrets;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs one shell command for what it prints.
///
/// It gets no input, so that a command that asks for a passphrase ends instead of waiting. What it writes to its error
/// output is thrown away unread: it may hold the very secret.
final class Command {
    private Command() {}

    /// What came of it.
    sealed interface Answer {
        record Printed(ByteBuffer bytes) implements Answer {}

        record Ended(int status) implements Answer {}

        record Late() implements Answer {}

        record NotRun(String why) implements Answer {}

        record Interrupted() implements Answer {}
    }

    /// @param most how many bytes are read at most
    static Answer run(String command, Path folder, Duration limit, int most) {
        Process process;
        try {
            process = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return new Answer.NotRun(String.valueOf(e.getMessage()));
        }
        try {
            return answer(process, limit, most);
        } finally {
            // Its children too: one of them may be what hangs, and would hold the pipe open.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Answer answer(Process process, Duration limit, int most) {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(process.getInputStream(), most, output));
        long end = System.nanoTime() + limit.toNanos();
        try {
            byte[] bytes = output.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (bytes.length == most) {
                return new Answer.Printed(
                        ByteBuffer.wrap(bytes)); // too long already: no need to wait for the rest of it
            }
            if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return new Answer.Late();
            }
            return process.exitValue() == 0
                    ? new Answer.Printed(ByteBuffer.wrap(bytes))
                    : new Answer.Ended(process.exitValue());
        } catch (TimeoutException e) {
            return new Answer.Late();
        } catch (ExecutionException e) {
            return new Answer.NotRun(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Interrupted();
        }
    }

    private static void read(InputStream in, int most, CompletableFuture<byte[]> output) {
        try {
            output.complete(in.readNBytes(most));
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }
}
