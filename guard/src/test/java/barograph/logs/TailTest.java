package barograph.logs;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.Host;
import barograph.host.LocalHost;
import barograph.host.RealSshd;
import barograph.host.SshHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every line exactly once, in order, whatever happens to the log; here, through the script, and over SSH.
final class TailTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<String> read = new ArrayList<>();

    private static LongStream seeds(long many) {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, many) : LongStream.of(one);
    }

    static LongStream seeds() {
        return seeds(300);
    }

    static LongStream fewSeeds() {
        return seeds(3);
    }

    private static Tail tail(Shelf shelf) {
        return new Tail(shelf, Instant.EPOCH, _ -> Optional.empty(), InstantSource.system());
    }

    /// A failure names its seed; `-Dseed=…` runs that one alone.
    @ParameterizedTest
    @MethodSource("seeds")
    void every_line_comes_once_and_in_order_on_this_machine(long seed) throws IOException {
        Path log = folder.resolve("radius.log");

        weather(seed, log, new LocalShelf(log, InstantSource.system()), 60, () -> {});
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void every_line_comes_once_and_in_order_through_the_script(long seed) throws IOException {
        Path log = folder.resolve("it's a log");
        try (Host host = new LocalHost()) {
            weather(seed, log, new HostShelf(host, log.toString()), 40, () -> {});
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void every_line_comes_once_and_in_order_over_ssh_with_lost_connections(long seed) throws IOException {
        Path log = Files.createDirectory(folder.resolve("log")).resolve("radius.log");
        try (RealSshd sshd = RealSshd.start(Files.createDirectory(folder.resolve("sshd")));
                Host host = new SshHost(sshd.at(), sshd.access())) {
            weather(seed, log, new HostShelf(host, log.toString()), 40, sshd::cutConnections);
        }
    }

    /// Does sixty things to a log in a random order, and looks in between.
    private void weather(long seed, Path path, Shelf shelf, int things, Runnable cut) throws IOException {
        Random random = new Random(seed);
        try (RotatingLog log = new RotatingLog(path, random)) {
            Tail tail = tail(shelf);
            StringBuilder story = new StringBuilder("seed " + seed + ":");
            settle(tail);
            for (int i = 0; i < things; i++) {
                story.append(' ').append(happen(random, log, tail, cut));
            }
            log.openAnew();
            log.write(3);
            settle(tail);

            assertThat(read).as(story.toString()).isEqualTo(log.written);
        }
    }

    private String happen(Random random, RotatingLog log, Tail tail, Runnable cut) throws IOException {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> log.write(1 + random.nextInt(4));
            case 3 -> log.writePart();
            case 4 -> {
                log.write(random.nextInt(400));
                return "write-many";
            }
            case 5 -> {
                log.rename(true);
                return "rename+create";
            }
            case 6 -> {
                log.rename(false);
                return "rename";
            }
            case 7 -> {
                log.copyAndEmpty();
                return "copytruncate";
            }
            case 8, 9 -> {
                log.openAnew();
                return "reopen";
            }
            case 10 -> {
                log.pack();
                return "gzip";
            }
            case 11 -> {
                if (log.canBeEmptied()) {
                    settle(tail); // what is lost with the content was read before
                    log.empty();
                    log.write(random.nextInt(30));
                }
                return "settle+empty+write";
            }
            case 12 -> {
                cut.run();
                tail.step(read::add);
                return "cut+look";
            }
            default -> {
                tail.step(read::add);
                return "look";
            }
        }
        return "write";
    }

    /// Reads on until ten looks in a row have shown nothing new.
    private void settle(Tail tail) {
        for (int quiet = 0; quiet < 10; quiet++) {
            int before = read.size();
            if (tail.step(read::add).more() || read.size() > before) {
                quiet = 0;
            }
        }
    }
}
