package barograph.demo;

import barograph.cli.Paper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "The story, over and over with other seeds: how soon is harm seen, and how soon is it undone?",
        footer = {"", "Example:", "  barograph bench demo --runs 20"})
final class BenchDemo implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--runs",
            defaultValue = "20",
            description = "How often each change is played (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--change", split = ",", paramLabel = "WHICH", description = "Only these changes (default: all).")
    private List<String> changes =
            Arrays.stream(Mistake.values()).map(Mistake::word).toList();

    @Option(names = "--json", description = "Write a line of JSON for each run, and no table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Paper quiet = new Paper(new PrintWriter(Writer.nullWriter()), true, false);
        Paper lines = new Paper(out, true, json);
        if (!json) {
            out.println(header());
        }
        for (Mistake mistake : Mistake.values()) {
            if (!changes.contains(mistake.word())) {
                continue;
            }
            List<Finale> finales = new ArrayList<>();
            for (int seed = 1; seed <= runs; seed++) {
                Path place = Files.createTempDirectory("barograph-bench-").toRealPath();
                Finale finale = Demo.play(place, mistake, seed, quiet);
                finales.add(finale);
                lines.json(finale.json());
                remove(place);
            }
            if (!json) {
                out.println(row(mistake, finales));
                out.flush();
            }
        }
        return 0;
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String header() {
        return String.format(
                        "%-16s %5s  %-34s %6s %6s  %-22s  %-22s",
                        "change", "runs", "endings", "exact", "valid", "failure→verdict s", "verdict→restored s")
                + "\n" + " ".repeat(72) + "median (p95, max)       median (p95, max)";
    }

    private static String row(Mistake mistake, List<Finale> finales) {
        List<String> endings = finales.stream()
                .map(finale -> finale.ending().name())
                .distinct()
                .map(name -> name + " "
                        + finales.stream()
                                .filter(finale -> finale.ending().name().equals(name))
                                .count())
                .toList();
        return String.format(
                Locale.ROOT,
                "%-16s %5d  %-34s %6d %6d  %-22s  %-22s",
                mistake.word(),
                finales.size(),
                String.join(", ", endings),
                finales.stream().filter(Finale::byteExact).count(),
                finales.stream().filter(Finale::recordValid).count(),
                spread(finales, Finale::firstFailureToVerdictSeconds),
                spread(finales, Finale::verdictToRestoredSeconds));
    }

    private static String spread(List<Finale> finales, Function<Finale, Optional<Double>> figure) {
        double[] sorted = finales.stream()
                .flatMap(finale -> figure.apply(finale).stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.2f (%.2f, %.2f)",
                        sorted[sorted.length / 2],
                        sorted[(int) Math.ceil(sorted.length * 0.95) - 1],
                        sorted[sorted.length - 1]);
    }
}
