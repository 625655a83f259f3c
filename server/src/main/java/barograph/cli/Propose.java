package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.forecast.Sight;
import barograph.rollout.EventJson;
import barograph.rollout.Insight;
import barograph.rollout.Rollout;
import barograph.rollout.Wave;
import java.nio.file.Path;
import java.util.List;
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
            noticed(workplace, paper, rollout.proposed().insight());
            end(paper, proposal.id(), rollout, proposal.sight());
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

    /// What can be told before anything is tried.
    private static void noticed(Workplace workplace, Paper paper, Insight insight) {
        insight.remarks().forEach(remark -> paper.line(Ink.WARNING, "  look      " + remark.line()));
        insight.coverage().ifPresent(coverage -> {
            paper.line("  coverage  " + coverage.words());
            List<String> stanzas = Sights.stanzas(workplace, coverage);
            if (!stanzas.isEmpty()) {
                paper.line(Ink.FAINT, "            to cover more, fill in and paste below probes: in site.yaml:");
                stanzas.forEach(stanza -> paper.line(Ink.FAINT, "            " + stanza));
            }
        });
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
        node.set("insight", EventJson.tree(rollout.proposed().insight()));
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
