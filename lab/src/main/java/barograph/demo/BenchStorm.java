package barograph.demo;

import barograph.storm.Storms;
import barograph.storm.Storms.Result;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
        Map<String, Long> endings = new TreeMap<>();
        Queue<Result> broken = new ConcurrentLinkedQueue<>();
        Instant began = Instant.now();
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            endings.putAll(pool.submit(() -> play(broken)).join());
        }
        double seconds = Math.max(1, Duration.between(began, Instant.now()).toMillis()) / 1e3;
        out.printf(
                "%,d storms in %.0f s (%.0f a second); promises broken in %d%n",
                seeds, seconds, seeds / seconds, broken.size());
        endings.forEach((ending, count) -> out.printf("  %-15s %,d%n", ending, count));
        broken.stream().limit(SHOWN).forEach(result -> {
            Result shortest = Storms.shortest(result.seed());
            out.println("seed " + result.seed() + ": " + shortest.broken().getFirst());
            shortest.troubles().forEach(trouble -> out.println("  " + trouble));
        });
        return broken.isEmpty() ? 0 : 1;
    }

    private Map<String, Long> play(Queue<Result> broken) {
        return LongStream.range(seed, seed + seeds)
                .parallel()
                .mapToObj(each -> {
                    Result result = Storms.play(each);
                    if (!result.kept()) {
                        broken.add(result);
                    }
                    return result.ending();
                })
                .collect(Collectors.groupingBy(ending -> ending, Collectors.counting()));
    }
}
