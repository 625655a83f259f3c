package barograph.cli;

import barograph.console.ReliabilityDrawing;
import barograph.forecast.Calibration;
import barograph.forecast.Calibration.Bin;
import barograph.forecast.Calibration.Scored;
import barograph.rollout.Lesson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "calibration",
        description = {
            "How good this site's forecasts were. Each is scored when its change ends, confirmed or rolled back for harm.",
            "Changes that were withdrawn, or taken back for another reason, say nothing about it and are left out."
        },
        footer = {"", "Example:", "  barograph calibration --svg reliability.svg"})
final class CalibrationCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw how often what was forecast happened.")
    private @Nullable Path svg;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            Calibration calibration = of(workplace);
            paper.line(calibration.words());
            for (Bin bin : calibration.bins()) {
                paper.line(String.format(
                        Locale.ROOT,
                        "  %3d forecast at about %3.0f%%: %3.0f%% did harm",
                        bin.count(),
                        bin.forecast() * 100,
                        bin.happened() * 100));
            }
            paper.json(json(calibration));
            if (svg != null) {
                write(
                        svg,
                        ReliabilityDrawing.of(
                                calibration, "Forecasts of " + workplace.site().name()));
            }
            return ExitCode.DONE;
        }
    }

    /// The site's forecasts so far.
    static Calibration of(Workplace workplace) {
        return Lesson.of(workplace.journal().changes().stream()
                .map(change -> workplace.journal().of(change))
                .toList());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The drawing cannot be written to " + file, e);
        }
    }

    private static ObjectNode json(Calibration calibration) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("scored", calibration.scored().size());
        if (!calibration.scored().isEmpty()) {
            node.put("harmful", calibration.share());
            node.put("brier", calibration.brier()).put("bits", calibration.bits());
            node.put("baseBrier", calibration.baseline().brier())
                    .put("baseBits", calibration.baseline().bits());
        }
        ArrayNode each = node.putArray("forecasts");
        for (Scored scored : calibration.scored()) {
            each.addObject()
                    .put("change", scored.change())
                    .put("harm", scored.harm())
                    .put("happened", scored.happened());
        }
        return node;
    }
}
