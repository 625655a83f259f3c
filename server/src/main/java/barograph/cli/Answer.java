package barograph.cli;

import barograph.change.ChangeId;
import barograph.site.PersonId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "answer",
        description = "Say for your own party whether a claim about it is true.",
        footer = {
            "",
            "The five answers: requested, agreed, wished, no, not-us.",
            "",
            "A party's person may also have answered by mail. An operator who has read it enters it; it counts where",
            "the sender's domain has signed it.",
            "",
            "Examples:",
            "  barograph answer session-timeout 1 wished --as keyring/kit",
            "  barograph answer session-timeout 1 no --mail 17 --quote \"we did not ask for this\" --as us/omar"
        })
final class Answer implements Callable<Integer> {
    private static final Map<String, barograph.claims.Answer> WORDS = Map.of(
            "requested", barograph.claims.Answer.REQUESTED,
            "agreed", barograph.claims.Answer.AGREED,
            "wished", barograph.claims.Answer.WISHED,
            "no", barograph.claims.Answer.NO,
            "not-us", barograph.claims.Answer.NOT_US);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(index = "0", paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Parameters(index = "1", paramLabel = "CLAIM", description = "The claim's number, from 1.")
    private int claim;

    @Parameters(index = "2", paramLabel = "ANSWER", description = "requested, agreed, wished, no or not-us.")
    @SuppressWarnings("NullAway.Init")
    private String answer;

    @Option(names = "--as", paramLabel = "PARTY/PERSON", required = true, description = "Who you are.")
    @SuppressWarnings("NullAway.Init")
    private String as;

    @Option(
            names = "--mail",
            paramLabel = "ENTRY",
            description = "The mail that says so, as `barograph mail` lists it.")
    private @Nullable Long mail;

    @Option(names = "--quote", paramLabel = "WORDS", defaultValue = "", description = "The words of that mail.")
    @SuppressWarnings("NullAway.Init")
    private String quote;

    @Override
    public Integer call() {
        barograph.claims.Answer meant = WORDS.get(answer);
        if (meant == null) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "'" + answer + "' is none of the five answers: requested, agreed, wished, no, not-us.");
        }
        try (Workplace workplace = common.open()) {
            PersonId person = PersonId.of(as);
            ChangeId id = workplace.change(change);
            return Acts.tell(
                    common.paper(),
                    mail == null
                            ? workplace.desk().answer(id, claim - 1, person, meant, "console")
                            : workplace
                                    .desk()
                                    .answerByMail(id, claim - 1, mail, meant, quoted(workplace, id, mail), person));
        }
    }

    /// The quoted words, which have to stand in the mail: nobody puts words into another's mouth.
    private String quoted(Workplace workplace, ChangeId id, long entry) {
        String text = Mails.text(workplace, id, entry).replaceAll("\\s+", " ");
        String words = quote.replaceAll("\\s+", " ").strip();
        if (words.isEmpty() || !text.contains(words)) {
            throw new Trouble(
                    ExitCode.USAGE,
                    (words.isEmpty()
                                    ? "Say which words of the mail mean that: --quote \"…\""
                                    : "The mail of entry " + entry + " does not say \"" + words + "\"")
                            + ". Nothing was written down. `barograph mail " + id + " --show " + entry
                            + "` shows what it says.");
        }
        return words;
    }
}
