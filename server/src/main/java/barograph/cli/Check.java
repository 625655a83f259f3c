package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.coverage.Coverage;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.runner.LoginFeed;
import barograph.runner.World;
import barograph.site.BootHook;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "check",
        description = "Test every server, probe, log and channel, and say what would stop a rollback. Changes nothing.",
        footer = {"", "Example:", "  barograph check", "", "Exit code 0: all is well. 1: something is not."})
final class Check implements Callable<Integer> {
    private static final ChangeId NAME = new ChangeId("barograph-check");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    /// What was found.
    ///
    /// @param about a server or channel
    /// @param remedy what to do; empty where all is well
    private record Finding(String about, boolean well, String words, String remedy) {}

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            List<Finding> all = new ArrayList<>();
            for (Server server : workplace.site().servers()) {
                paper.passing("checking " + server.id() + " …");
                List<Finding> findings = check(workplace, server);
                findings.forEach(finding -> tell(paper, finding));
                all.addAll(findings);
            }
            for (Finding finding : sights(workplace, paper)) {
                tell(paper, finding);
                all.add(finding);
            }
            List<Finding> whole = checkSite(workplace);
            whole.forEach(finding -> tell(paper, finding));
            all.addAll(whole);
            long bad = all.stream().filter(finding -> !finding.well()).count();
            paper.line(
                    bad == 0 ? Ink.GOOD : Ink.BAD,
                    bad == 0
                            ? "All is well: a change could be carried and taken back."
                            : bad + " of " + all.size() + " checks need you.");
            return bad == 0 ? ExitCode.DONE : ExitCode.HARMFUL;
        }
    }

    private static void tell(Paper paper, Finding finding) {
        String mark = finding.well() ? "✓" : "✗";
        paper.line(
                paper.ink(finding.well() ? Ink.GOOD : Ink.BAD, mark) + " " + finding.about() + ": " + finding.words());
        if (!finding.remedy().isEmpty()) {
            paper.line(Ink.FAINT, "    " + finding.remedy());
        }
        paper.json(JsonNodeFactory.instance
                .objectNode()
                .put("about", finding.about())
                .put("well", finding.well())
                .put("found", finding.words())
                .put("remedy", finding.remedy()));
    }

    private static List<Finding> check(Workplace workplace, Server server) {
        World world = workplace.world();
        List<Finding> findings = new ArrayList<>();
        findings.addAll(guard(world, server));
        findings.add(log(world, server));
        List<ProbeSpec> probes = workplace.site().probes().stream()
                .filter(probe -> server.speaks(probe.via()))
                .toList();
        if (probes.isEmpty()) {
            findings.add(new Finding(
                    server.id().value(),
                    false,
                    "no probe can be tried on it",
                    "Add one to probes: in site.yaml; without it only real logins tell whether it works."));
        }
        probes.forEach(probe -> findings.add(probe(world.prober().probe(probe, server))));
        return findings;
    }

    /// Takes a snapshot and gives it up again: everything that a rollback needs is used once.
    private static List<Finding> guard(World world, Server server) {
        String about = server.id() + " files";
        Receipt kept = world.line().send(server, new Order.Snapshot(NAME));
        if (!(kept instanceof Receipt.Snapped(var _, int files, Optional<String> bootHook))) {
            return List.of(new Finding(
                    about,
                    false,
                    kept.trouble(),
                    "No change can be carried to it, and none taken back, until this is mended."));
        }
        Receipt back = world.line().send(server, new Order.RollBack(NAME));
        boolean well = back instanceof Receipt.RolledBack restored && restored.byteExact();
        return List.of(
                new Finding(
                        about,
                        well,
                        well ? files + " files can be kept and put back" : back.trouble(),
                        well ? "" : "Look at the host: the guard could not give a snapshot up again."),
                afterReboot(server, bootHook));
    }

    private static Finding afterReboot(Server server, Optional<String> bootHook) {
        String about = server.id() + " after a reboot";
        boolean allowed = server.commands().bootHook() instanceof BootHook.None;
        return bootHook.map(hook -> new Finding(about, true, hook + " calls the guard", ""))
                .orElseGet(() -> new Finding(
                        about,
                        allowed,
                        "nothing calls the guard, so an unconfirmed change stays until a controller reaches the host",
                        allowed
                                ? ""
                                : "No change is carried to it like that. Let cron run on the host, or accept it in"
                                        + " site.yaml: boot-hook: none"));
    }

    private static Finding log(World world, Server server) {
        String about = server.id() + " log";
        if (server.log().isEmpty()) {
            boolean backup = server.stage().equals(Stage.BACKUP);
            return new Finding(
                    about,
                    backup,
                    backup ? "none, and none is needed on a backup" : "none, so real logins cannot be watched",
                    backup ? "" : "Name it in site.yaml: log: /path/to/its/log");
        }
        Instant hourAgo = world.clock().instant().minus(Duration.ofHours(1));
        world.feed().follow(server, hourAgo);
        LoginFeed.Batch batch = world.feed().take(server);
        if (!batch.trouble().isEmpty()) {
            return new Finding(about, false, batch.trouble(), "");
        }
        boolean readable = batch.unread() <= batch.lines() / 20;
        return new Finding(
                about,
                readable,
                batch.logins().stream()
                                .filter(login -> !login.at().isBefore(hourAgo))
                                .count() + " logins within the last hour"
                        + (batch.unread() > 0 ? "; " + batch.unread() + " lines could not be read" : ""),
                readable ? "" : "Too many lines are not understood: is the log's grammar the right one in site.yaml?");
    }

    /// What a watch over each stage would see at this hour; stages whose logs do not tell are told of elsewhere.
    private static List<Finding> sights(Workplace workplace, Paper paper) {
        List<Finding> findings = new ArrayList<>();
        workplace.site().servers().stream()
                .map(Server::stage)
                .filter(stage -> !stage.equals(Stage.BACKUP))
                .distinct()
                .sorted()
                .forEach(stage -> {
                    paper.passing("reading the logs of stage " + stage + " …");
                    Sights.Seen seen = Sights.of(workplace, Sights.of(workplace, stage));
                    seen.sight()
                            .ifPresent(sight ->
                                    findings.add(new Finding("stage " + stage + " watch", true, sight.words(), "")));
                    seen.coverage().ifPresent(coverage -> findings.add(covered(workplace, stage, coverage)));
                });
        return findings;
    }

    private static Finding covered(Workplace workplace, Stage stage, Coverage coverage) {
        List<String> stanzas = Sights.stanzas(workplace, coverage);
        return new Finding(
                "stage " + stage + " coverage",
                workplace
                        .site()
                        .gates()
                        .coverage()
                        .filter(wanted -> coverage.share() < wanted)
                        .isEmpty(),
                coverage.words(),
                stanzas.isEmpty()
                        ? ""
                        : "To cover more, fill these in and paste them below probes: in site.yaml:\n      "
                                + String.join("\n      ", stanzas));
    }

    private static Finding probe(Trial trial) {
        String about = trial.server() + " probe " + trial.probe();
        String words = trial.outcome().accepted() ? "accepted" : trial.outcome().reason();
        return new Finding(
                about,
                trial.asExpected(),
                words + (trial.said().isEmpty() ? "" : " (" + trial.said() + ")"),
                trial.asExpected()
                        ? ""
                        : "It should end as the site expects before any change is made: is the account right, and"
                                + " the server well?");
    }

    private static List<Finding> checkSite(Workplace workplace) {
        List<Finding> findings = new ArrayList<>();
        if (workplace.site().backups().isEmpty()) {
            findings.add(new Finding(
                    "site",
                    false,
                    "no server of stage backup",
                    "Without one nothing can be rehearsed, and every change needs a waiver of the rehearsal gate."));
        }
        if (workplace.site().notices().isEmpty()) {
            findings.add(new Finding(
                    "notices", false, "nobody is told anything", "Add notices: with from: and smtp: to site.yaml."));
        } else {
            List<String> troubles = Post.check(workplace);
            troubles.forEach(trouble -> findings.add(
                    new Finding("notices", false, trouble, "A rollback does not wait for mail, but people do.")));
            if (troubles.isEmpty()) {
                findings.add(new Finding("notices", true, "mail can be handed over and read", ""));
            }
        }
        return findings;
    }
}
