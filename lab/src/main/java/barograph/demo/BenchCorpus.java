package barograph.demo;

import barograph.corpus.Corpus;
import barograph.corpus.Entry;
import barograph.corpus.Ledger;
import barograph.corpus.Play;
import barograph.corpus.Result;
import barograph.corpus.Stand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "corpus",
        mixinStandardHelpOptions = true,
        description = {
            "Plays mistakes that people really made, and harmless changes, on real servers of this machine:",
            "what does the rehearsal see, what do the logins on the canary tell, and how soon?",
            "Needs root and the servers of Debian's packages. Ends with 1 if a change was taken for the wrong sort."
        },
        footer = {
            "",
            "Example:",
            "  barograph bench corpus --only nginx",
            "  barograph bench corpus --held-out yes --results docs/corpus.json --page docs/corpus.md"
        })
final class BenchCorpus implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "KIND|NAME", split = ",", description = "Only these kinds or changes.")
    private @Nullable List<String> only;

    @Option(
            names = "--part",
            paramLabel = "K/N",
            defaultValue = "1/1",
            description = "Only the k-th of n parts (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String part;

    @Option(
            names = "--held-out",
            paramLabel = "no|yes|only",
            defaultValue = "no",
            description = "Whether those are played that are kept out of sight (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String heldOut;

    @Option(
            names = "--rehearsal-only",
            description = "Do not try what the rehearsal saw once more on the canary alone.")
    private boolean rehearsalOnly;

    @Option(names = "--from", paramLabel = "DIR", description = "The corpus of this folder instead.")
    private @Nullable Path from;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Results as JSON; those of other changes in it are kept.")
    private @Nullable Path results;

    @Option(names = "--page", paramLabel = "FILE", description = "The page with the tables, of all results.")
    private @Nullable Path page;

    @Option(names = "--seed", defaultValue = "1", description = "Of the people's logins (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--list", description = "Only list what would be played.")
    private boolean list;

    @Option(names = "--story", description = "Tell every event.")
    private boolean story;

    @Option(names = "--json", description = "Write a line of JSON for each change, and no table.")
    private boolean json;

    /// One change and what it is tried on.
    private record Turn(Stand stand, Entry entry) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Stand> stands = from == null ? Corpus.builtIn() : Corpus.in(from);
        List<Turn> turns = turns(stands);
        if (list) {
            turns.forEach(
                    turn -> out.println(turn.stand().kind() + " " + turn.entry().name() + " ("
                            + turn.entry().effect().word() + (turn.entry().heldOut() ? ", held out" : "") + "): "
                            + turn.entry().title()));
            return 0;
        }
        turns.forEach(turn -> turn.stand().needs().forEach((program, debianPackage) -> {
            if (!Files.exists(Path.of(program))) {
                throw new ParameterException(
                        spec.commandLine(),
                        program + " is missing, which " + turn.entry().name() + " needs: apt-get install "
                                + debianPackage);
            }
        }));
        Ledger ledger = results == null ? Ledger.empty() : Ledger.read(results);
        boolean allRight = true;
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (!json) {
                out.printf(
                        Locale.ROOT,
                        "%d/%d %s %s … ",
                        i + 1,
                        turns.size(),
                        turn.stand().kind(),
                        turn.entry().name());
                out.flush();
            }
            Result result = play(turn, out);
            allRight &= result.right();
            out.println(json ? Ledger.json(result).toString() : Ledger.line(result));
            out.flush();
            ledger = ledger.with(result);
            if (results != null) {
                ledger.write(results);
            }
        }
        if (page != null) {
            Files.writeString(page, ledger.page(stands));
        }
        if (!json) {
            out.println(ledger.summary());
        }
        return allRight ? 0 : 1;
    }

    private Result play(Turn turn, PrintWriter out) throws IOException {
        Path folder = Files.createTempDirectory("barograph-corpus-").toRealPath();
        Result result = new Play(turn.stand(), turn.entry(), seed, !rehearsalOnly, told -> {
                    if (story) {
                        out.println(told);
                    }
                })
                .play(folder);
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return result;
    }

    private List<Turn> turns(List<Stand> stands) {
        String[] fraction = part.split("/", -1);
        if (fraction.length != 2 || !part.matches("[1-9][0-9]*/[1-9][0-9]*")) {
            throw new ParameterException(spec.commandLine(), "--part is k/n, such as 1/8, and not " + part);
        }
        int k = Integer.parseInt(fraction[0]);
        int n = Integer.parseInt(fraction[1]);
        List<Turn> turns = new ArrayList<>();
        int place = 0;
        for (Stand stand : stands) {
            for (Entry entry : stand.entries()) {
                if (wanted(stand, entry) && place++ % n == k - 1) {
                    turns.add(new Turn(stand, entry));
                }
            }
        }
        if (turns.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Nothing is to be played: no kind or change is called " + only);
        }
        return turns;
    }

    private boolean wanted(Stand stand, Entry entry) {
        boolean named = only == null || only.contains(stand.kind()) || only.contains(entry.name());
        return named && (entry.heldOut() ? !heldOut.equals("no") : !heldOut.equals("only"));
    }
}
