package barograph.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// People who log in with the system's own clients, several at each server at once, until it is closed.
final class Traffic implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final int AT_ONCE = 3;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /// @param login makes one login's command, for a number that stands for the person
    Traffic(int people, int servers, long seed, Function<Visit, List<String>> login, Path scratch) {
        System.out.println("traffic seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int server = 0; server < servers; server++) {
            for (int i = 0; i < AT_ONCE; i++) {
                SplittableRandom own = random.split();
                Path folder = scratch.resolve("client-" + server + "-" + i);
                int door = server;
                threads.add(Thread.ofVirtual().start(() -> {
                    do {
                        visit(login.apply(new Visit(own.nextInt(people), door, folder)));
                    } while (!stops());
                }));
            }
        }
    }

    /// One person at one server.
    ///
    /// @param scratch for files of this client alone
    record Visit(int person, int server, Path scratch) {}

    private boolean stops() {
        try {
            return stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void visit(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes a file that a client reads.
    static Path file(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
