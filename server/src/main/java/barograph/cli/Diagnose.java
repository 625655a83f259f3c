package barograph.cli;

import barograph.change.ChangeId;
import barograph.cli.Paper.Ink;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Facts;
import barograph.diagnosis.Hunch;
import barograph.diagnosis.Observation;
import barograph.login.Trial;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.runner.CaseFile;
import barograph.runner.World;
import barograph.site.Right;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diagnose",
        description = {
            "Find out why logins fail: every step of every probe, from every vantage point, and the suspects.",
            "Changes nothing. About a change, what is found is written to the record."
        },
        footer = {
            "",
            "Examples:",
            "  barograph diagnose                     every server whose probes fail",
            "  barograph diagnose radius-1            one server",
            "  barograph diagnose session-timeout     a change, on the server where its probes fail",
            "  barograph diagnose session-timeout --hunch \"a firewall between radius-1 and the directory\"",
            "",
            "Exit code 0: nothing fails. 1: something fails, and a cause stands out. 3: no cause stands out."
        })
final class Diagnose implements Callable<Integer> {
    /// How long a change that has ended still counts as the last thing that was changed.
    private static final Duration RECENT = Duration.ofHours(24);

    /// How far back a log is read where no change tells since when.
    private static final Duration LATELY = Duration.ofMinutes(10);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Common common;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVER|CHANGE",
            defaultValue = "",
            description = "A server, or a change; every server whose probes fail, if left out.")
    @SuppressWarnings("NullAway.Init")
    private String about;

    @Option(
            names = "--hunch",
            paramLabel = "WORDS",
            defaultValue = "",
            description = "What you believe to be the cause; it is kept with what refutes or supports it.")
    @SuppressWarnings("NullAway.Init")
    private String hunch;

    @Option(names = "--as", paramLabel = "PARTY/PERSON", defaultValue = "", description = "Whose hunch it is.")
    @SuppressWarnings("NullAway.Init")
    private String as;

    @Override
    public Integer call() {
        try (Workplace workplace = common.open()) {
            Optional<Server> server = workplace.site().servers().stream()
                    .filter(each -> each.id().value().equals(about))
                    .findFirst();
            if (about.isEmpty() || server.isPresent()) {
                if (!hunch.isEmpty()) {
                    throw new Trouble(
                            ExitCode.USAGE,
                            "A hunch is kept with a change: barograph diagnose CHANGE --hunch \"…\". There are: "
                                    + changes(workplace) + ".");
                }
                return servers(workplace, server.map(Server::id));
            }
            return change(workplace);
        }
    }

    private static String changes(Workplace workplace) {
        String all = workplace.journal().changes().stream().map(ChangeId::value).collect(Collectors.joining(", "));
        return all.isEmpty() ? "none so far" : all;
    }

    private int change(Workplace workplace) {
        if (workplace.journal().changes().stream()
                .noneMatch(each -> each.value().equals(about))) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "'" + about + "' is neither a server nor a change. Servers: "
                            + workplace.site().servers().stream()
                                    .map(each -> each.id().value())
                                    .collect(Collectors.joining(", "))
                            + ". Changes: " + changes(workplace) + ".");
        }
        ChangeId id = workplace.change(about);
        CaseFile file = new CaseFile(workplace.site(), workplace.journal().of(id));
        Optional<ServerId> suspicious = file.suspicious();
        if (suspicious.isEmpty()) {
            throw new Trouble(
                    ExitCode.PERSON,
                    "No server has had " + about + " yet, so it cannot be at fault. For a server as it is:"
                            + " barograph diagnose SERVER.");
        }
        Diagnosis diagnosis = look(workplace, file, suspicious.get());
        workplace.journal().append(id, new Event.Diagnosed(diagnosis));
        if (!hunch.isEmpty()) {
            Hunch held = Hunch.of(hunch, diagnosis);
            workplace
                    .journal()
                    .append(
                            id,
                            new Event.HunchHeld(
                                    Common.person(as, Right.OPERATE, workplace.site()), suspicious.get(), held));
            DiagnosisTale.hunch(common.paper(), held);
        }
        return told(diagnosis);
    }

    private int servers(Workplace workplace, Optional<ServerId> one) {
        Set<ServerId> chosen = one.map(Set::of).orElseGet(() -> failing(workplace));
        if (chosen.isEmpty()) {
            common.paper()
                    .line(
                            Ink.GOOD,
                            "Every probe ends as it should, on every server. Name a server to look at it all the same.");
            return ExitCode.DONE;
        }
        int worst = ExitCode.DONE;
        for (ServerId id : chosen) {
            Optional<CaseFile> file = lastChange(workplace, id);
            Diagnosis diagnosis = file.isPresent()
                    ? look(workplace, file.get(), id)
                    : Diagnosis.of(looks(workplace, id, Set.of(), now(workplace).minus(LATELY)), Facts.unchanged(id));
            worst = Math.max(worst, told(diagnosis));
        }
        return worst;
    }

    private int told(Diagnosis diagnosis) {
        new DiagnosisTale(common.paper()).tell(diagnosis);
        common.paper().json(EventJson.tree(diagnosis));
        if (diagnosis.failing().isEmpty()) {
            return ExitCode.DONE;
        }
        return diagnosis.certainty() == Diagnosis.Certainty.OPEN ? ExitCode.PERSON : ExitCode.HARMFUL;
    }

    private static Instant now(Workplace workplace) {
        return workplace.world().clock().instant();
    }

    private Diagnosis look(Workplace workplace, CaseFile file, ServerId id) {
        Instant since = file.since(id, now(workplace).minus(LATELY));
        return file.diagnosis(id, looks(workplace, id, file.changed(), since));
    }

    private List<Observation> looks(Workplace workplace, ServerId id, Set<ServerId> changed, Instant since) {
        common.paper().passing("looking at " + id + " from every vantage point …");
        Site site = workplace.site();
        return workplace.world().diagnostician().look(site, id, CaseFile.beside(site, id, changed), since);
    }

    /// The servers at which a probe does not end as it should right now.
    private Set<ServerId> failing(Workplace workplace) {
        World world = workplace.world();
        common.paper().passing("trying every probe at every server …");
        List<CompletableFuture<Trial>> running = new ArrayList<>();
        workplace
                .site()
                .servers()
                .forEach(server -> workplace.site().probes().stream()
                        .filter(probe -> server.speaks(probe.via()))
                        .forEach(probe -> running.add(CompletableFuture.supplyAsync(
                                () -> world.prober().probe(probe, server), world.workers()))));
        Set<ServerId> failing = new LinkedHashSet<>();
        running.stream()
                .map(CompletableFuture::join)
                .filter(trial -> !trial.asExpected())
                .forEach(trial -> failing.add(trial.server()));
        return failing;
    }

    /// The last change that a server had, if it is under way or ended lately.
    private static Optional<CaseFile> lastChange(Workplace workplace, ServerId id) {
        Instant recent = now(workplace).minus(RECENT);
        for (ChangeId change : workplace.journal().changes().reversed()) {
            List<Happening> history = workplace.journal().of(change);
            if (history.isEmpty() || !(history.getFirst().event() instanceof Event.Proposed)) {
                continue;
            }
            CaseFile file = new CaseFile(workplace.site(), history);
            boolean ended = history.stream()
                    .anyMatch(each ->
                            each.event() instanceof Event.Ended && each.at().isBefore(recent));
            if (file.changed().contains(id) && !ended) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
