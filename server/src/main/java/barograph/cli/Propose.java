package barograph.cli;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.change.Diff;
import barograph.change.Edit;
import barograph.cli.Paper.Ink;
import barograph.folder.ChangeFolder;
import barograph.form.Read;
import barograph.host.Result;
import barograph.rollout.Rollout;
import barograph.rollout.Wave;
import barograph.site.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

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
            if (!Files.isDirectory(folder)) {
                throw new Trouble(
                        ExitCode.USAGE, "There is no folder " + folder + ". A change is a folder with a change.yaml.");
            }
            Change change =
                    switch (ChangeFolder.read(folder, workplace.site())) {
                        case Read.Good<Change>(Change good) -> good;
                        case Read.Bad<Change> bad ->
                            throw new Trouble(
                                    ExitCode.USAGE,
                                    bad.problems().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining("\n")));
                    };
            String diff = diff(workplace, change);
            ChangeId id;
            try {
                id = workplace.desk().propose(change, folder.toAbsolutePath().toString(), diff);
            } catch (IllegalArgumentException e) {
                throw new Trouble(ExitCode.USAGE, folder + "/change.yaml: " + e.getMessage() + ".");
            }
            tell(paper, id, Rollout.replay(workplace.journal().of(id)), diff);
            return ExitCode.DONE;
        }
    }

    /// What the edit does to the files of the first server that can be read.
    static String diff(Workplace workplace, Change change) {
        Optional<Server> server = change.request().servers().stream()
                .flatMap(id -> workplace.site().server(id).stream())
                .findFirst();
        if (server.isEmpty() || change.edit() instanceof Edit.Patch) {
            return change.edit() instanceof Edit.Patch(String text) ? text : "";
        }
        Map<String, byte[]> live = new TreeMap<>();
        for (String path : change.edit().paths()) {
            String file = server.get().config().root() + "/" + path;
            Result result = workplace
                    .hosts()
                    .at(server.get().at())
                    .run("cat -- '" + file.replace("'", "'\\''") + "'", new byte[0], Duration.ofSeconds(10));
            if (result instanceof Result.Done done && done.exitCode() == 0) {
                live.put(path, done.stdout());
            }
        }
        return Diff.of(change.edit(), live, server.get().secrets()).toString();
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
            wave.servers().forEach((server, how) -> paper.line("  " + wave.stage() + "    " + server + " ("
                    + how.name().toLowerCase(java.util.Locale.ROOT) + ")"));
        }
        paper.line("  lease     " + rollout.plan().lease().toSeconds() + " s: without us, each server goes back by then");
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
        paper.line("");
        paper.line("Next: barograph apply " + id);
        paper.json(JsonNodeFactory.instance
                .objectNode()
                .put("change", id.value())
                .put("digest", rollout.proposed().digest().toString()));
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
