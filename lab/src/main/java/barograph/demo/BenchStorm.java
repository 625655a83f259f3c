package barograph.demo;

import barograph.storm.Storms;
import barograph.storm.Storms.Result;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        description = {
            "Plays rollouts in bad worlds, with crashes, cuts, power failures and people, and checks every promise.",
            "Each follows from its seed. Ends with 1 if a promise was broken."
        },
        footer = {
            "",
            "Example:",
            "  barograph bench storm --seeds 100000",
            "  barograph bench storm --seed 4711 --seeds 1 --story"
        })
final class BenchStorm implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--seeds", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(names = "--seed", defaultValue = "1", description = "The first (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", defaultValue = "1", description = "How many at a time (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--story", description = "Tell what happened in the first, event by event.")
    private boolean story;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        // One storm is one process at a time: more carriers of virtual threads would only hand it back and forth. Asked
        // for before the first virtual thread, else it is as usual, and slower.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(threads));
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", Integer.toString(threads));
        if (story) {
            Result shortest = Storms.shortest(seed);
            shortest.troubles().forEach(out::println);
            Storms.story(seed).forEach(out::println);
            shortest.broken().forEach(out::println);
            return shortest.kept() ? 0 : 1;
        }
        Queue<Result> broken = new ConcurrentLinkedQueue<>();
        Instant began = Instant.now();
        Map<String, Long> endings = new TreeMap<>(play(broken));
        double seconds = Math.max(1, Duration.between(began, Instant.now()).toMillis()) / 1e3;
        out.printf(
                "%,d storms in %.0f s (%.0f a second%s); promises broken in %d%n",
                seeds, seconds, seeds / seconds, perCpuSecond(), broken.size());
        endings.forEach((ending, count) -> out.printf("  %-15s %,d%n", ending, count));
        broken.stream().limit(SHOWN).forEach(result -> {
            Result shortest = Storms.shortest(result.seed());
            out.println("seed " + result.seed() + ": " + shortest.broken().getFirst());
            shortest.troubles().forEach(trouble -> out.println("  " + trouble));
        });
        return broken.isEmpty() ? 0 : 1;
    }

    /// On a busy machine the clock on the wall tells of the others' work too; a process's own time tells of it alone.
    private String perCpuSecond() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .filter(taken -> taken.toMillis() > 0)
                .map(taken -> "; %.0f in a second of one processor, start and compiler counted in"
                        .formatted(seeds / (taken.toMillis() / 1e3)))
                .orElse("");
    }

    /// Whoever plays is a virtual thread as the processes of a storm are: what they hand over stays on one carrier.
    private Map<String, Long> play(Queue<Result> broken) {
        Map<String, Long> endings = new ConcurrentHashMap<>();
        AtomicLong next = new AtomicLong(seed);
        Callable<Void> player = () -> {
            for (long each = next.getAndIncrement(); each < seed + seeds; each = next.getAndIncrement()) {
                Result result = Storms.play(each);
                endings.merge(result.ending(), 1L, Long::sum);
                if (!result.kept()) {
                    broken.add(result);
                }
            }
            return null;
        };
        try (ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> played : players.invokeAll(Collections.nCopies(threads, player))) {
                played.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a storm could not be played", e);
        }
        return endings;
    }
}
