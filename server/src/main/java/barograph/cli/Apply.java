package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.gates.GateState;
import barograph.rollout.Ending;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.Right;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "apply",
        description =
                "Carry a change through the stages: rehearsal, forecast, gates, canary, the rest; follow it live.",
        footer = {
            "",
            "Example:",
            "  barograph apply session-timeout --as us/omar",
            "",
            "Exit code 0: confirmed. 1: rolled back or withdrawn. 3: a gate is shut or a person is needed.",
            "Stopping this command leaves the rollout as it is: run it again within the lease, and it goes on;",
            "otherwise each server puts its old configuration back by itself. One that is configured over an API has",
            "no dead-man: it keeps the change until `barograph apply` or `barograph rollback` runs again."
        })
final class Apply implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "CHANGE", description = "The change's name, as `barograph propose` gave it.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Option(names = "--as", paramLabel = "PARTY/PERSON", defaultValue = "", description = "Who lets it go.")
    @SuppressWarnings("NullAway.Init")
    private String as;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open();
                Workplace.Lock _ = workplace.lock(change)) {
            Paper paper = common.paper();
            ChangeId id = workplace.change(change);
            Rollout rollout = Rollout.replay(workplace.journal().of(id));
            if (rollout.released().isEmpty() && rollout.ending().isEmpty()) {
                Acts.tell(paper, workplace.desk().release(id, Common.person(as, Right.OPERATE, workplace.site())));
            }
            workplace.recover().forEach(line -> paper.line(Ink.WARNING, line));
            return carry(workplace, paper, id);
        }
    }

    private int carry(Workplace workplace, Paper paper, ChangeId id) {
        Duty duty = new Duty(
                workplace, id, happening -> tell(paper, happening), glance -> paper.passing(Duty.line(glance)));
        Thread goodbye = new Thread(() -> goodbye(workplace, paper, id, duty), "goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        Duty.Outcome outcome;
        try (Post _ = Post.open(workplace, LOOK_EVERY, words -> paper.line(Ink.WARNING, words))) {
            outcome = duty.run();
        }
        Runtime.getRuntime().removeShutdownHook(goodbye);
        workplace.journal().of(id).stream()
                .filter(happening -> !duty.heard(happening))
                .forEach(happening -> tell(paper, happening));
        say(paper, id, outcome);
        return Duty.exitCode(outcome);
    }

    private static void tell(Paper paper, Happening happening) {
        Tale.tell(paper, happening);
        if (paper.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("index", happening.index());
            node.put("at", happening.at().toString());
            node.put("event", happening.event().getClass().getSimpleName());
            node.setAll(EventJson.tree(happening.event()));
            paper.json(node);
        }
    }

    private static void goodbye(Workplace workplace, Paper paper, ChangeId id, Duty duty) {
        duty.relieve();
        Rollout rollout = Rollout.replay(workplace.journal().of(id));
        boolean holding = rollout.holds().values().stream().anyMatch(hold -> hold.applied() && !hold.confirmed());
        if (rollout.ending().isEmpty()) {
            paper.line(
                    Ink.WARNING,
                    holding
                            ? "Stopped here. The servers keep the change for at most "
                                    + rollout.plan().lease().toSeconds()
                                    + " s more, and then put their old configuration back by themselves."
                            : "Stopped here. No server has the change now.");
            rollout.holds().values().stream()
                    .filter(hold -> hold.applied() && !hold.confirmed())
                    .filter(hold -> !workplace.site().hasDeadMan(hold.server()))
                    .forEach(hold -> paper.line(
                            Ink.BAD,
                            hold.server() + " has no dead-man: it keeps the change until a controller runs again."));
            paper.line("Run `barograph apply " + id + "` to go on, or `barograph rollback " + id + "`.");
        }
    }

    private static void say(Paper paper, ChangeId id, Duty.Outcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("change", id.value());
        switch (outcome) {
            case Duty.Outcome.Ended(Ending ending) -> {
                paper.line("See `barograph dossier " + id + "` for the whole story.");
                node.put("ending", ending.name());
            }
            case Duty.Outcome.Waits(String waiting, List<GateState> gates) -> {
                paper.line(Ink.WARNING, "Waiting for " + waiting + ".");
                Status.gates(paper, id, gates);
                node.put("waitsFor", waiting);
            }
            case Duty.Outcome.Relieved() -> node.put("waitsFor", "a controller");
        }
        paper.json(node);
    }
}
