package barograph.speed;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures how fast the verdict is, how much memory it takes, and how a day of 100 million logins goes through it.
public final class Speed {
    private static final long A_DAY = 100_000_000;

    private Speed() {}

    /// The benchmarks (JMH, one thread, a process of its own each) and the memory, as a table.
    ///
    /// @throws IllegalStateException when a benchmark could not be run
    public static void run(PrintWriter out) {
        Options options = new OptionsBuilder()
                .include(WatchSpeed.class.getName())
                .include("\\." + LineSpeed.class.getSimpleName())
                .include(KindLineSpeed.class.getName())
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(2))
                .threads(1)
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow") // JMH's own; without it Java warns
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            table(out, new Runner(options).run());
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmarks could not be run: " + e.getMessage(), e);
        }
        out.flush();
        memory();
    }

    /// In a process of its own, with a collector that counts bytes and not regions.
    private static void memory() {
        try {
            elsewhere("-Xmx512m", "memory");
        } catch (IOException e) {
            throw new IllegalStateException("no further Java could be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs a part of this in a process of its own; what that says goes to the standard output.
    static int elsewhere(String heap, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Speed.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static void table(PrintWriter out, Collection<RunResult> results) {
        for (RunResult result : results) {
            String groups = result.getParams().getParam("segments");
            String kind = result.getParams().getParam("kind");
            String name = result.getPrimaryResult().getLabel()
                    + (groups == null ? "" : ", " + groups + " groups")
                    + (kind == null ? "" : ", " + kind);
            out.printf(
                    Locale.ROOT,
                    "%-48s %,14.0f /s on one core (± %,.0f)%n",
                    name,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError());
        }
        out.flush();
    }

    /// A day of logins through the hindcast, in this process: how fast, and with how much memory.
    public static void day(PrintWriter out, long logins) {
        Day.run(out, logins);
    }

    /// The same in processes of their own, with less and less heap until one runs out.
    ///
    /// @throws IllegalStateException when a process could not be started
    public static void leastHeap(PrintWriter out, long logins) {
        try {
            Day.leastHeap(out, logins);
        } catch (IOException e) {
            throw new IllegalStateException("no further Java could be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nothing for the benchmarks; `memory`, `day [LOGINS]` or `heap [LOGINS]` for one part.
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        long logins = args.length > 1 ? Long.parseLong(args[1]) : A_DAY;
        switch (args.length == 0 ? "" : args[0]) {
            case "day" -> day(out, logins);
            case "heap" -> leastHeap(out, logins);
            case "memory" -> Memory.run(out);
            default -> run(out);
        }
    }
}
