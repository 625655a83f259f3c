package barograph.cli;

import barograph.site.PersonId;
import java.util.Map;
import java.util.concurrent.Callable;
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
            "Example:",
            "  barograph answer session-timeout 1 wished --as keyring/kit"
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
            return Acts.tell(
                    common.paper(),
                    workplace.desk().answer(workplace.change(change), claim - 1, person, meant, "console"));
        }
    }
}
