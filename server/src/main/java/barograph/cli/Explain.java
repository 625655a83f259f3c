package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.forecast.Forecast;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Rollout;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "explain",
        description = "Say why the verdict on a change is what it is, with the numbers.",
        footer = {"", "Example:", "  barograph explain session-timeout"})
final class Explain implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            ChangeId id = workplace.change(change);
            Rollout rollout = Rollout.replay(workplace.journal().of(id));
            Optional<Event.Weighed> last = rollout.lastWeighed();
            if (last.isEmpty()) {
                paper.line(
                        "There is no verdict on " + id + " yet: no server has had it. State: " + rollout.state() + ".");
                rollout.cause().ifPresent(cause -> paper.line("It was taken back: " + cause.words()));
                rollout.forecast()
                        .flatMap(Forecast::sight)
                        .ifPresent(sight -> paper.line("What the watch will see: " + sight.words()));
                paper.json(JsonNodeFactory.instance
                        .objectNode()
                        .put("change", id.value())
                        .putNull("verdict"));
                return ExitCode.PERSON;
            }
            tell(paper, last.get(), rollout);
            paper.json(EventJson.tree(last.get()));
            return switch (last.get().verdict()) {
                case Verdict.Healthy _ -> ExitCode.DONE;
                case Verdict.Harmful _ -> ExitCode.HARMFUL;
                case Verdict.Undecided _, Verdict.Blind _ -> ExitCode.PERSON;
            };
        }
    }

    private static void tell(Paper paper, Event.Weighed weighed, Rollout rollout) {
        Verdict verdict = weighed.verdict();
        paper.line(Ink.TITLE, verdict.word() + " on stage " + weighed.stage());
        paper.line(verdict.because());
        paper.line("Seen on the servers with the change: " + weighed.counts().logins() + " logins, "
                + weighed.counts().failedLogins() + " of them failed; "
                + weighed.counts().units()
                + " count as evidence (of one person's tries within the site's `unit`, the first); "
                + weighed.counts().peopleHit() + " people hit.");
        if (verdict instanceof Verdict.Harmful(List<Signal> signals, String _)) {
            for (Signal signal : signals) {
                paper.line(
                        Ink.WARNING,
                        String.format(
                                Locale.ROOT,
                                "  %s (%s): %d of %d, usually %.1f%%. Evidence %.3g to 1; %.3g to 1 was needed.",
                                signal.stream(),
                                signal.segment(),
                                signal.hits(),
                                signal.units(),
                                signal.usual() * 100,
                                signal.eValue(),
                                signal.threshold()));
            }
            if (signals.stream().allMatch(signal -> signal.eValue() < signal.threshold())) {
                paper.line(Ink.FAINT, "  None is enough alone; together they are.");
            }
        }
        Sights.left(verdict, rollout.forecast().flatMap(Forecast::sight))
                .forEach(words -> paper.line(Ink.FAINT, "Still: " + words + "."));
        rollout.cause().ifPresent(cause -> paper.line("It was taken back: " + cause.words()));
    }
}
