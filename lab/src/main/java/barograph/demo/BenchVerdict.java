package barograph.demo;

import barograph.peers.Heats;
import barograph.peers.Heats.Heat;
import barograph.peers.Rule;
import barograph.peers.Score;
import barograph.peers.Standing;
import barograph.world.Effect;
import barograph.world.LoginWorld;
import barograph.world.Regime;
import barograph.world.Setup;
import barograph.world.Trace;
import barograph.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        description = {
            "The verdict against other rules: how often each rolls back a harmless change, and how soon it finds harm.",
            "Each effect and each mishap is played at each rate, in worlds that follow from the seed."
        },
        footer = {
            "",
            "Example:",
            "  barograph bench verdict --worlds 2 --rates 0.2,2,20",
            "  barograph bench verdict --scenario late --rates 2 --worlds 1 --seed 7",
            "  barograph bench verdict --traces core/src/test/resources/traces"
        })
final class BenchVerdict implements Callable<Integer> {
    /// So that a short break is seen about as soon as its logins come.
    private static final int LOOKS = 10_000;

    private static final List<String> BY = List.of("scenario", "rate", "kind");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private BenchWorlds drawn;

    @Option(names = "--worlds", defaultValue = "3", description = "Of each kind and rate (default: ${DEFAULT-VALUE}).")
    private int worlds;

    @Option(
            names = "--lines",
            defaultValue = "15000",
            description = "About how many in each (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--traces", paramLabel = "DIR", description = "Judge the traces of this folder instead.")
    private @Nullable Path traces;

    @Option(
            names = "--by",
            paramLabel = "WORD",
            description = "A table for each scenario, each rate, or each kind of effect and mishap, too.")
    private @Nullable String by;

    @Option(names = "--json", description = "Write a line of JSON for each judge and scenario, and no table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        List<Rule> rules = drawn.rules(spec);
        List<Heat> heats = traces == null ? drawnWorlds() : written(traces);
        List<Score> scores = Heats.run(heats, rules, LOOKS, drawn.progress(spec, heats.size()));
        if (json) {
            groups(scores, "scenario")
                    .forEach((scenario, some) -> Standing.of(rules, some)
                            .forEach(standing -> out.println(Standings.json(scenario, standing))));
            return 0;
        }
        out.println("Worlds: " + heats.size() + (traces == null ? ", seeds from " + drawn.seed() + " on" : ""));
        out.println(Standings.table(Standing.of(rules, scores)));
        if (by != null) {
            groups(scores, by)
                    .forEach((group, some) ->
                            out.println("\n" + group + "\n" + Standings.table(Standing.of(rules, some))));
        }
        out.println("\nMistakes of " + rules.getFirst().name() + ":");
        Standing.of(rules, scores).getFirst().mistakes().forEach(mistake -> out.println("  " + mistake));
        return 0;
    }

    private void check() {
        drawn.check(spec, true);
        if (by != null && !BY.contains(by)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no table by '" + by + "', only by " + String.join(", ", BY));
        }
        if (traces != null && !Files.isDirectory(traces)) {
            throw new ParameterException(spec.commandLine(), traces + " is no folder.");
        }
    }

    /// @param by one of [#BY]; a scenario is a kind at a rate
    private static Map<String, List<Score>> groups(List<Score> scores, String by) {
        return scores.stream()
                .collect(Collectors.groupingBy(
                        score -> switch (by) {
                            case "rate" -> score.scenario().replaceFirst(".* at ", "");
                            case "kind" -> score.scenario().replaceFirst(" at .*", "");
                            default -> score.scenario();
                        },
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /// Every world has a seed of its own, so that no odd one counts more than once.
    private List<Heat> drawnWorlds() {
        List<Heat> heats = new ArrayList<>();
        PrimitiveIterator.OfLong seeds = drawn.seeds();
        for (double rate : drawn.rates()) {
            for (Regime regime : drawn.regimes()) {
                for (int i = 0; i < worlds; i++) {
                    long seed = seeds.nextLong();
                    heats.add(new Heat("seed " + seed, () -> regime.world(Setup.seeded(seed, rate, lines))));
                }
            }
            for (Effect effect : drawn.harmful()) {
                for (int i = 0; i < worlds; i++) {
                    long seed = seeds.nextLong();
                    World world = new LoginWorld(Setup.seeded(seed, rate, lines), effect);
                    if (findable(world)) {
                        heats.add(new Heat("seed " + seed, () -> world));
                    }
                }
            }
        }
        return heats;
    }

    /// Where even the oracle needs more than a fifth of the watch, it would be luck.
    private static boolean findable(World world) {
        Duration left = Duration.between(world.truth().onset(), world.end());
        return world.truth().bound().seconds() < left.toSeconds() / 5.0;
    }

    private static List<Heat> written(Path folder) throws IOException {
        return Trace.in(folder).stream()
                .map(trace -> new Heat(trace.name(), () -> trace))
                .toList();
    }
}
