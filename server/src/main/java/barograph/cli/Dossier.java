package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "dossier",
        description = "Write the report of one change: one page that answers the conference call.",
        footer = {"", "Example:", "  barograph dossier session-timeout --output session-timeout.html"})
final class Dossier implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write it (default: CHANGE.html).")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        try (Workplace workplace = common.open()) {
            ChangeId id = workplace.change(change);
            Path file = output == null ? Path.of(id + ".html") : output;
            Files.writeString(file, Dossiers.page(workplace, id));
            Paper paper = common.paper();
            paper.line(Ink.GOOD, "Wrote " + file.toAbsolutePath());
            paper.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("change", id.value())
                    .put("dossier", file.toAbsolutePath().toString()));
            return ExitCode.DONE;
        }
    }
}
