package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.forecast.Sight;
import barograph.rollout.EventJson;
import barograph.rollout.Rollout;
import barograph.rollout.Wave;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "propose",
        description = "Take a change in: show what it does, how it will go out, and who has to answer.",
        footer = {"", "Example:", "  barograph propose changes/session-timeout"})
final class Propose implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(paramLabel = "FOLDER", description = "The change's folder, with its change.yaml.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            Workplace.Proposal proposal = workplace.propose(folder);
            Rollout rollout = Rollout.replay(workplace.journal().of(proposal.id()));
            tell(paper, proposal.id(), rollout, proposal.diff());
            end(paper, proposal.id(), rollout, sight(workplace, rollout));
            return ExitCode.DONE;
        }
    }

    private static void tell(Paper paper, ChangeId id, Rollout rollout, String diff) {
        paper.line(Ink.TITLE, "Change " + id + ": " + rollout.proposed().title());
        paper.line("digest " + rollout.proposed().digest());
        paper.line("");
        diff.lines().forEach(line -> paper.line(ink(line), line));
        paper.line("");
        paper.line("Plan");
        rollout.plan().backups().forEach((server, how) -> paper.line("  rehearse  " + server));
        for (Wave wave : rollout.plan().waves()) {
            wave.servers()
                    .forEach((server, how) -> paper.line("  " + wave.stage() + "    " + server + " ("
                            + how.name().toLowerCase(java.util.Locale.ROOT) + ")"));
        }
        paper.line(
                "  lease     " + rollout.plan().lease().toSeconds() + " s: without us, each server goes back by then");
        rollout.plan()
                .confirm()
                .ifPresent(confirmer -> paper.line("  last word " + confirmer.by() + ", within "
                        + confirmer.within().toMinutes() + " min of the last stage"));
        int number = 1;
        for (var claim : rollout.claims().entrySet()) {
            paper.line(
                    Ink.WARNING,
                    "  claim " + number + "   \"" + claim.getKey().says() + "\" is "
                            + claim.getValue().words() + ": " + claim.getKey().about() + " is asked");
            number++;
        }
    }

    /// What the watch over the first stage would see if it began now.
    private static Optional<Sight> sight(Workplace workplace, Rollout rollout) {
        return Sights.of(
                workplace,
                rollout.plan().waves().getFirst().servers().keySet().stream()
                        .flatMap(server -> workplace.site().server(server).stream())
                        .toList());
    }

    private static void end(Paper paper, ChangeId id, Rollout rollout, Optional<Sight> sight) {
        sight.ifPresent(seen -> paper.line("  watch     " + seen.words()));
        paper.line("");
        paper.line("Next: barograph apply " + id);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("change", id.value())
                .put("digest", rollout.proposed().digest().toString());
        sight.ifPresent(seen -> node.set("watch", EventJson.tree(seen)));
        paper.json(node);
    }

    private static Ink ink(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> Ink.GOOD;
            case '-' -> Ink.BAD;
            case '@' -> Ink.FAINT;
            default -> Ink.PLAIN;
        };
    }
}
