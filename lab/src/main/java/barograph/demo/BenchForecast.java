package barograph.demo;

import barograph.console.ReliabilityDrawing;
import barograph.corpus.Forecasts;
import barograph.corpus.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "How good forecasts are on the corpus: by judged weights, and by weights learned from the other changes.",
            "Reads what `bench corpus --results FILE` has written."
        },
        footer = {"", "Example:", "  barograph bench forecast --results docs/corpus.json --page docs/forecast.md"})
final class BenchForecast implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--results", paramLabel = "FILE", defaultValue = "docs/corpus.json", description = "From here.")
    @SuppressWarnings("NullAway.Init")
    private Path results;

    @Option(names = "--page", paramLabel = "FILE", description = "Write the page, and its drawings beside it.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        Forecasts forecasts = new Forecasts(Ledger.read(results));
        spec.commandLine()
                .getOut()
                .println("base rate:      " + forecasts.base().words());
        spec.commandLine()
                .getOut()
                .println("judged weights: " + forecasts.judged().words());
        spec.commandLine()
                .getOut()
                .println("learned:        " + forecasts.learned().words());
        if (page != null) {
            Files.writeString(page, forecasts.page());
            Files.writeString(
                    page.resolveSibling("forecast-judged.svg"),
                    ReliabilityDrawing.of(forecasts.judged(), "Judged weights, on the corpus") + "\n");
            Files.writeString(
                    page.resolveSibling("forecast-learned.svg"),
                    ReliabilityDrawing.of(forecasts.learned(), "Learned weights (leave one out), on the corpus")
                            + "\n");
        }
        return 0;
    }
}
