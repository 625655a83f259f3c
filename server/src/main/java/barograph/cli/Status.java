package barograph.cli;

import barograph.change.ChangeId;
import barograph.claims.Claim;
import barograph.cli.Paper.Ink;
import barograph.forecast.Calibration;
import barograph.forecast.Forecast;
import barograph.gates.GateState;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.rollout.Step;
import barograph.site.Site;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "status",
        description = "Say where a change stands, what it waits for and on whom; without a name, list all changes.",
        footer = {"", "Example:", "  barograph status session-timeout"})
final class Status implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(arity = "0..1", paramLabel = "CHANGE", defaultValue = "", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private String change;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            if (!change.isEmpty()) {
                one(workplace, paper, workplace.change(change));
                return ExitCode.DONE;
            }
            List<ChangeId> changes = workplace.journal().changes();
            if (changes.isEmpty()) {
                paper.line("No change has been proposed yet. Begin with `barograph propose FOLDER`.");
            }
            changes.forEach(id -> brief(workplace, paper, id));
            Calibration calibration = CalibrationCommand.of(workplace);
            if (!calibration.scored().isEmpty()) {
                paper.line(Ink.FAINT, "Forecasts: " + calibration.words());
            }
            return ExitCode.DONE;
        }
    }

    private static void brief(Workplace workplace, Paper paper, ChangeId id) {
        List<Happening> history = workplace.journal().of(id);
        Rollout rollout = Rollout.replay(history);
        paper.line(pad(id.value(), 28)
                + pad(rollout.state().name(), 23)
                + rollout.proposed().title());
        paper.json(JsonNodeFactory.instance
                .objectNode()
                .put("change", id.value())
                .put("state", rollout.state().name())
                .put("title", rollout.proposed().title())
                .put("proposedAt", history.getFirst().at().toString()));
    }

    private static void one(Workplace workplace, Paper paper, ChangeId id) {
        Site site = workplace.site();
        Rollout rollout = Rollout.replay(workplace.journal().of(id));
        Instant now = workplace.world().clock().instant();
        Event.Proposed proposed = rollout.proposed();
        paper.line(Ink.TITLE, id + ": " + proposed.title());
        paper.line("  state      " + rollout.state() + waiting(rollout.next(site, now)));
        paper.line("  asked by   " + proposed.requestedBy() + ", because: " + proposed.because());
        paper.line("  digest     " + proposed.digest().brief() + "   files " + proposed.paths());
        int number = 1;
        for (var claim : rollout.claims().entrySet()) {
            paper.line("  claim " + number + "    \"" + claim.getKey().says() + "\": "
                    + claim.getValue().words());
            number++;
        }
        rollout.holds()
                .values()
                .forEach(hold -> paper.line("  server     " + pad(hold.server().value(), 20) + words(hold)));
        rollout.lastWeighed()
                .ifPresent(weighed -> paper.line("  verdict    "
                        + weighed.verdict().word() + ". " + weighed.verdict().because()));
        left(rollout).forEach(words -> paper.line("  watch      " + words));
        rollout.cause().ifPresent(cause -> paper.line(Ink.BAD, "  cause      " + cause.words()));
        gates(paper, id, rollout.gates(site));
        paper.json(json(rollout, site, now, id));
    }

    /// What a running watch still needs, and whom it cannot see.
    private static List<String> left(Rollout rollout) {
        return rollout.ending().isPresent()
                ? List.of()
                : rollout.lastWeighed()
                        .map(weighed -> Sights.left(
                                weighed.verdict(), rollout.forecast().flatMap(Forecast::sight)))
                        .orElse(List.of());
    }

    private static String waiting(Step step) {
        return switch (step) {
            case Step.Rest(var _, String waiting, var _) -> ", waiting for " + waiting;
            case Step.Watch(var _, var _, String waiting) -> ", waiting for " + waiting;
            case Step.End _ -> "";
            case Step.Rehearse _, Step.Predict _, Step.Send _, Step.Check _, Step.Trace _, Step.Note _ ->
                ", moves on as soon as `barograph apply` runs";
        };
    }

    private static String words(Hold hold) {
        if (hold.rolledBack().isPresent()) {
            return "has its old configuration back (" + hold.rolledBack().get().because() + ")";
        }
        if (hold.confirmed()) {
            return "keeps the change for good";
        }
        return hold.applied()
                ? "has the change since "
                        + hold.appliedAt().orElseThrow().truncatedTo(ChronoUnit.SECONDS)
                        + hold.silentSince().map(at -> ", silent since " + at).orElse("")
                : hold.touched() ? "was told to apply it" : "does not have it";
    }

    /// How each gate stands, and what to do about a shut one.
    static void gates(Paper paper, ChangeId id, List<GateState> gates) {
        for (GateState state : gates) {
            String name = pad(state.gate().name(), 20);
            switch (state) {
                case GateState.Open _ -> paper.line(Ink.GOOD, "  gate       " + name + "open");
                case GateState.Waived(var _, var waiver) ->
                    paper.line(Ink.WARNING, "  gate       " + name + "waived by " + waiver.by());
                case GateState.Shut(var gate, String waitsFor) -> {
                    paper.line(Ink.BAD, "  gate       " + name + "SHUT: " + waitsFor + ".");
                    paper.line(
                            Ink.FAINT,
                            "             " + pad("", 20) + "to pass it with a signature: barograph waive " + id + " "
                                    + gate.name() + " --as PARTY/PERSON --because \"…\"");
                }
            }
        }
    }

    private static ObjectNode json(Rollout rollout, Site site, Instant now, ChangeId id) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("change", id.value());
        node.put("state", rollout.state().name());
        node.put("digest", rollout.proposed().digest().toString());
        Step next = rollout.next(site, now);
        node.put("waitsFor", waiting(next).replaceFirst("^, ", ""));
        ArrayNode servers = node.putArray("servers");
        rollout.holds()
                .values()
                .forEach(hold -> servers.addObject()
                        .put("server", hold.server().value())
                        .put("applied", hold.applied())
                        .put("confirmed", hold.confirmed())
                        .put("rolledBack", hold.rolledBack().isPresent()));
        ArrayNode gates = node.putArray("gates");
        rollout.gates(site).forEach(state -> {
            ObjectNode gate = gates.addObject()
                    .put("gate", state.gate().name())
                    .put("state", state.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT));
            if (state instanceof GateState.Shut shut) {
                gate.put("waitsFor", shut.waitsFor());
            }
        });
        ArrayNode claims = node.putArray("claims");
        for (var claim : rollout.claims().entrySet()) {
            Claim said = claim.getKey();
            claims.addObject()
                    .put("about", said.about().value())
                    .put("says", said.says())
                    .put("standing", claim.getValue().words());
        }
        rollout.lastWeighed().ifPresent(weighed -> node.set("verdict", EventJson.tree(weighed)));
        rollout.cause().ifPresent(cause -> node.set("cause", EventJson.tree(cause)));
        ArrayNode left = node.putArray("left");
        left(rollout).forEach(left::add);
        return node;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
