package barograph.demo;

import barograph.peers.Heats;
import barograph.peers.Heats.Heat;
import barograph.peers.Rule;
import barograph.peers.Rules;
import barograph.peers.Score;
import barograph.peers.Share;
import barograph.peers.Standing;
import barograph.world.Regime;
import barograph.world.Setup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "validity",
        mixinStandardHelpOptions = true,
        description = {
            "How often a change that does nothing is rolled back, whatever else happens.",
            "Watches over worlds without an effect, in equal parts over all mishaps and rates."
        },
        footer = {"", "Example:", "  barograph bench validity --watches 720"})
final class BenchValidity implements Callable<Integer> {
    private static final String ROW = "| %-18s | %7s | %5s | %6s | %-12s | %13s |%n";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private BenchWorlds drawn;

    @Option(names = "--watches", defaultValue = "10000", description = "At least so many (default: ${DEFAULT-VALUE}).")
    private int watches;

    @Option(
            names = "--lines",
            defaultValue = "6000",
            description = "About how many in each (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--looks", defaultValue = "1000", description = "In each, at most (default: ${DEFAULT-VALUE}).")
    private int looks;

    @Override
    public Integer call() throws InterruptedException {
        Rule rule = drawn.judged() ? drawn.rules(spec).getFirst() : Rules.own();
        drawn.check(spec, false);
        int each = Math.ceilDiv(watches, drawn.regimes().size() * drawn.rates().length);
        List<Heat> heats = heats(each);
        List<Score> scores = Heats.run(heats, List.of(rule), looks, drawn.progress(spec, heats.size()));

        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d watches of %s, %d worlds of each kind at each of %d rates, seeds from %d on, about %d lines and %d looks in each.%n",
                heats.size(),
                rule.name(),
                each,
                drawn.rates().length,
                drawn.seed(),
                lines,
                looks);
        out.printf(Locale.ROOT, ROW, "world", "watches", "false", "share", "95% interval", "hours (mean)");
        out.println("|" + "---|".repeat(6));
        for (Regime regime : drawn.regimes()) {
            row(out, regime.word(), rule, scores, score -> score.scenario().startsWith(regime.word() + " at "));
        }
        for (double rate : drawn.rates()) {
            String at = " at " + Setup.rate(rate) + "/s";
            row(out, "all" + at, rule, scores, score -> score.scenario().endsWith(at));
        }
        row(out, "all", rule, scores, _ -> true);
        new Standing(rule.name(), scores).mistakes().forEach(mistake -> out.println("  " + mistake));
        return 0;
    }

    private List<Heat> heats(int each) {
        List<Heat> heats = new ArrayList<>();
        PrimitiveIterator.OfLong seeds = drawn.seeds();
        for (int i = 0; i < each; i++) {
            for (double rate : drawn.rates()) {
                for (Regime regime : drawn.regimes()) {
                    long seed = seeds.nextLong();
                    heats.add(new Heat("seed " + seed, () -> regime.world(Setup.seeded(seed, rate, lines))));
                }
            }
        }
        return heats;
    }

    private static void row(PrintWriter out, String name, Rule rule, List<Score> scores, Predicate<Score> which) {
        Standing standing =
                new Standing(rule.name(), scores.stream().filter(which).toList());
        Share falsely = standing.falsely();
        double hours = standing.scores().stream()
                        .map(Score::watched)
                        .mapToDouble(Duration::toSeconds)
                        .average()
                        .orElse(0)
                / 3600;
        out.printf(
                Locale.ROOT,
                ROW,
                name,
                falsely.of(),
                falsely.hits(),
                String.format(Locale.ROOT, "%.2f%%", falsely.of() == 0 ? 0 : 100.0 * falsely.hits() / falsely.of()),
                String.format(Locale.ROOT, "%.2f–%.2f%%", 100 * falsely.low(), 100 * falsely.high()),
                Standings.number(hours));
    }
}
