package barograph.demo;

import barograph.cli.Paper;
import barograph.cli.Paper.Ink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "The whole story in under a minute, with login servers, people and a mail server of its own.",
        footer = {
            "",
            "Examples:",
            "  barograph demo",
            "  barograph demo --change silence --seed 7",
            "",
            "Exit code 0: the story came to its end, whichever it was."
        })
final class Demo implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--change",
            defaultValue = "locks-out-staff",
            paramLabel = "WHICH",
            description = "good, locks-out-staff, silence, slow or opens-door (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Who logs in when, and who mistypes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--dir", paramLabel = "FOLDER", description = "Where to play it (default: a new temporary folder).")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Write one line of JSON at the end, and nothing else.")
    private boolean json;

    @Option(names = "--plain", description = "No colors, no moving line.")
    private boolean plain;

    @Override
    public Integer call() throws IOException {
        Paper paper = new Paper(spec.commandLine().getOut(), plain, json);
        Mistake mistake = mistake();
        paper.line(Ink.STRONG, "Barograph: change your login servers without the storm.");
        Path place = folder == null ? Files.createTempDirectory("barograph-demo-") : Files.createDirectories(folder);
        Finale finale = play(place.toRealPath(), mistake, seed, paper);
        tell(paper, finale);
        paper.json(finale.json());
        return 0;
    }

    static Finale play(Path place, Mistake mistake, long seed, Paper paper) {
        try (Theatre theatre = Theatre.open(place, seed)) {
            return new Story(theatre, mistake, paper).play();
        }
    }

    private Mistake mistake() {
        return Arrays.stream(Mistake.values())
                .filter(each -> each.word().equals(change.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + change + "' is none of the demo's changes: "
                                + Arrays.stream(Mistake.values())
                                        .map(Mistake::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static void tell(Paper paper, Finale finale) {
        paper.line("");
        paper.line(Ink.STRONG, finale.ending().name().replace('_', ' ') + "  (verdict " + finale.verdict() + ")");
        paper.line("  right passwords not let in     " + finale.failedLogins());
        finale.firstFailureToVerdictSeconds()
                .ifPresent(seconds -> paper.line("  first failure to verdict       " + seconds + " s"));
        finale.verdictToRestoredSeconds()
                .ifPresent(seconds -> paper.line("  verdict to restored            " + seconds + " s"));
        paper.line("  byte-exact, seen from outside  " + (finale.byteExact() ? "yes" : "NO"));
        paper.line("  record verified                " + (finale.recordValid() ? "yes" : "NO"));
        paper.line("  notices delivered              " + finale.noticesDelivered());
        finale.emergencyAnsweredSeconds()
                .ifPresent(seconds -> paper.line("  emergency mail answered after  " + seconds + " s"));
        paper.line("");
        paper.line("Try another: ./barograph demo --change good | silence | slow | opens-door");
    }
}
