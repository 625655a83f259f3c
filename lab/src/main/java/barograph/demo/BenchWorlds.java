package barograph.demo;

import barograph.peers.Rule;
import barograph.peers.Rules;
import barograph.world.Effect;
import barograph.world.Regime;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the benchmarks of the verdict have in common: which worlds, which judges.
final class BenchWorlds {
    @Option(names = "--seed", defaultValue = "1", description = "Of the first world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "0.02,0.2,2,20,200,2000",
            description = "Logins a second (default: ${DEFAULT-VALUE}).")
    private double[] rates = {};

    @Option(names = "--judge", split = ",", paramLabel = "NAME", description = "Only these rules (default: all).")
    private List<String> judges = List.of();

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "Only these effects and mishaps, as the table calls them (default: all).")
    private List<String> scenarios = List.of();

    List<Regime> regimes() {
        return Arrays.stream(Regime.values())
                .filter(regime -> chosen(regime.word()))
                .toList();
    }

    List<Effect> harmful() {
        return Arrays.stream(Effect.values())
                .filter(effect -> effect != Effect.NONE && chosen(effect.word()))
                .toList();
    }

    /// @param harm whether worlds in which the change does harm are played, too
    void check(CommandSpec spec, boolean harm) {
        List<String> known = Stream.concat(
                        Arrays.stream(Regime.values()).map(Regime::word),
                        Arrays.stream(Effect.values())
                                .filter(effect -> harm && effect != Effect.NONE)
                                .map(Effect::word))
                .toList();
        if (!known.containsAll(scenarios)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Not all of " + scenarios + " are known. There are: " + String.join(", ", known));
        }
    }

    private boolean chosen(String scenario) {
        return scenarios.isEmpty() || scenarios.contains(scenario);
    }

    boolean judged() {
        return !judges.isEmpty();
    }

    double[] rates() {
        return rates.clone();
    }

    long seed() {
        return seed;
    }

    /// One for each world, counted up.
    PrimitiveIterator.OfLong seeds() {
        return LongStream.iterate(seed, last -> last + 1).iterator();
    }

    List<Rule> rules(CommandSpec spec) {
        List<Rule> chosen = Rules.all().stream()
                .filter(rule -> judges.isEmpty() || judges.contains(rule.name()))
                .toList();
        if (chosen.isEmpty() || chosen.size() < judges.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Not all of " + judges + " are judges. There are: "
                            + Rules.all().stream().map(Rule::name).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    /// A line on the error stream whenever another hundredth is done.
    IntConsumer progress(CommandSpec spec, int worlds) {
        PrintWriter err = spec.commandLine().getErr();
        return done -> {
            if (done * 100L / worlds != (done - 1) * 100L / worlds) {
                err.printf("\r%d of %d worlds ", done, worlds);
                err.print(done == worlds ? "\n" : "");
                err.flush();
            }
        };
    }
}
