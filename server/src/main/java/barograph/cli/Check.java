package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.coverage.Coverage;
import barograph.site.Kind;
import barograph.site.Server;
import barograph.site.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "check",
        description = "Test every server, probe, log and channel, and say what would stop a rollback. Changes nothing.",
        footer = {"", "Example:", "  barograph check", "", "Exit code 0: all is well. 1: something is not."})
final class Check implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Paper paper = common.paper();
            List<CheckFinding> all = findings(workplace, notes(common.siteFile()), paper);
            long bad = all.stream().filter(finding -> !finding.well()).count();
            paper.line(
                    bad == 0 ? Ink.GOOD : Ink.BAD,
                    bad == 0
                            ? "All is well: a change could be carried and taken back."
                            : bad + " of " + all.size() + " checks need you.");
            return bad == 0 ? ExitCode.DONE : ExitCode.HARMFUL;
        }
    }

    /// How each kind of server is made to write its logins down.
    static Map<String, String> notes(Path siteFile) {
        return Workplace.kinds(siteFile).stream().collect(Collectors.toMap(Kind::name, Kind::logNote));
    }

    /// Everything that is found, told as it is.
    static List<CheckFinding> findings(Workplace workplace, Map<String, String> notes, Paper paper) {
        List<CheckFinding> all = new ArrayList<>();
        ServerCheck servers = new ServerCheck(workplace, notes);
        for (Server server : workplace.site().servers()) {
            paper.passing("checking " + server.id() + " …");
            told(servers.of(server), paper, all);
        }
        told(sights(workplace, paper), paper, all);
        told(checkSite(workplace), paper, all);
        return all;
    }

    private static void told(List<CheckFinding> findings, Paper paper, List<CheckFinding> all) {
        findings.forEach(finding -> tell(paper, finding));
        all.addAll(findings);
    }

    private static void tell(Paper paper, CheckFinding finding) {
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

    /// What a watch over each stage would see at this hour; stages whose logs do not tell are told of elsewhere.
    private static List<CheckFinding> sights(Workplace workplace, Paper paper) {
        List<CheckFinding> findings = new ArrayList<>();
        workplace.site().servers().stream()
                .map(Server::stage)
                .filter(stage -> !stage.equals(Stage.BACKUP))
                .distinct()
                .sorted()
                .forEach(stage -> {
                    paper.passing("reading the logs of stage " + stage + " …");
                    Sights.Seen seen = Sights.of(workplace, Sights.of(workplace, stage));
                    seen.sight()
                            .ifPresent(sight -> findings.add(
                                    new CheckFinding("stage " + stage + " watch", true, sight.words(), "")));
                    seen.coverage().ifPresent(coverage -> findings.add(covered(workplace, stage, coverage)));
                });
        return findings;
    }

    private static CheckFinding covered(Workplace workplace, Stage stage, Coverage coverage) {
        List<String> stanzas = Sights.stanzas(workplace, coverage);
        return new CheckFinding(
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

    private static List<CheckFinding> checkSite(Workplace workplace) {
        List<CheckFinding> findings = new ArrayList<>(CheckJudge.site(workplace.site()));
        if (workplace.site().notices().isEmpty()) {
            findings.add(new CheckFinding(
                    "notices", false, "nobody is told anything", "Add notices: with from: and smtp: to site.yaml."));
        } else {
            List<String> troubles = Post.check(workplace);
            troubles.forEach(trouble -> findings.add(new CheckFinding(
                    "notices",
                    false,
                    "mail does not get through: " + trouble,
                    "A rollback does not wait for mail, but people do.")));
            if (troubles.isEmpty()) {
                findings.add(new CheckFinding("notices", true, "mail can be handed over and read", ""));
            }
        }
        return findings;
    }
}
