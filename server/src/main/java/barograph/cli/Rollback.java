package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.rollout.Ending;
import barograph.runner.Desk;
import barograph.site.Right;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "Take a change back from every server that has it.",
        footer = {
            "",
            "Example:",
            "  barograph rollback session-timeout --as us/omar --because \"the desk reports lockouts\"",
            "",
            "Where `barograph apply` still follows the change, that command carries it out; otherwise this one does."
        })
final class Rollback implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Option(names = "--because", paramLabel = "WORDS", defaultValue = "", description = "Why, in your own words.")
    @SuppressWarnings("NullAway.Init")
    private String because;

    @Option(names = "--as", paramLabel = "PARTY/PERSON", defaultValue = "", description = "Who you are.")
    @SuppressWarnings("NullAway.Init")
    private String as;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            ChangeId id = workplace.change(change);
            Desk.Reply reply =
                    workplace.desk().rollBack(id, Common.person(as, Right.OPERATE, workplace.site()), because);
            Acts.tell(paper, reply);
            if (!workplace.isLocked(change)) {
                try (Workplace.Lock _ = workplace.lock(change);
                        Post _ = Post.open(workplace, LOOK_EVERY, words -> paper.line(Ink.WARNING, words))) {
                    workplace.recover().forEach(line -> paper.line(Ink.WARNING, line));
                    Duty duty = new Duty(workplace, id, happening -> Tale.tell(paper, happening), _ -> {});
                    return duty.run() instanceof Duty.Outcome.Ended(Ending ending) && ending != Ending.NEEDS_A_PERSON
                            ? ExitCode.DONE
                            : ExitCode.PERSON;
                }
            }
            return ExitCode.DONE;
        }
    }
}
