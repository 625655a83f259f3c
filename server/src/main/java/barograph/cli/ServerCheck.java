package barograph.cli;

import barograph.change.ChangeId;
import barograph.guard.FactFinder;
import barograph.guard.HostFacts;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.runner.LoginFeed;
import barograph.runner.World;
import barograph.site.BootHook;
import barograph.site.LogSource;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Tries everything that a change to one server needs.
final class ServerCheck {
    private static final ChangeId NAME = new ChangeId("barograph-check");
    private static final Duration RECENT = Duration.ofHours(1);
    /// How long a log may take to tell of a probe that was let in.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final World world;
    private final List<ProbeSpec> probes;
    private final FactFinder finder;
    private final Map<String, String> notes;

    /// @param notes how each kind of server is made to write its logins down
    ServerCheck(Workplace workplace, Map<String, String> notes) {
        this.world = workplace.world();
        this.probes = workplace.site().probes();
        this.finder = workplace.facts();
        this.notes = notes;
    }

    List<CheckFinding> of(Server server) {
        List<CheckFinding> findings = new ArrayList<>(guard(server));
        Optional<HostFacts> facts = server.hasDeadMan() ? finder.look(server) : Optional.empty();
        facts.ifPresent(found -> findings.addAll(CheckJudge.facts(server, found)));
        server.log()
                .ifPresent(
                        _ -> world.feed().follow(server, world.clock().instant().minus(RECENT)));
        List<Trial> trials = new ArrayList<>();
        for (ProbeSpec probe : probes) {
            if (server.speaks(probe.via())) {
                Trial trial = world.prober().probe(probe, server);
                trials.add(trial);
                findings.add(CheckJudge.probe(trial, probe, server));
            }
        }
        if (trials.isEmpty()) {
            findings.add(CheckFinding.bad(
                    server.id().value(),
                    "no probe can be tried on it, so only users would tell whether it works",
                    "Add one to probes: in site.yaml."));
        }
        boolean letIn = trials.stream().anyMatch(trial -> trial.outcome().accepted());
        findings.add(server.log()
                .map(log -> log(server, log, facts.map(HostFacts::log).orElse(""), letIn))
                .orElseGet(() -> withoutLog(server)));
        return findings;
    }

    /// Takes a snapshot and gives it up again: everything that a rollback needs is used once.
    private List<CheckFinding> guard(Server server) {
        String about = server.id() + " files";
        Receipt kept = world.line().send(server, new Order.Snapshot(NAME));
        if (!(kept instanceof Receipt.Snapped(var _, int files, Optional<String> bootHook))) {
            return List.of(CheckFinding.bad(
                    about,
                    kept.trouble(),
                    "No change can be carried to it, and none taken back, until this is mended."));
        }
        Receipt back = world.line().send(server, new Order.RollBack(NAME));
        boolean well = back instanceof Receipt.RolledBack restored && restored.byteExact();
        return List.of(
                new CheckFinding(
                        about,
                        well,
                        well
                                ? files + (server.hasDeadMan() ? " files" : " objects") + " can be kept and put back"
                                : back.trouble(),
                        well ? "" : "Look at the host: the guard could not give a snapshot up again."),
                server.hasDeadMan() ? afterReboot(server, bootHook) : deadMan(server));
    }

    private static CheckFinding deadMan(Server server) {
        return new CheckFinding(
                server.id() + " dead-man",
                true,
                "none: it is configured over its API (" + server.config().root() + "), and its lease is the"
                        + " controller's",
                "Should the controller die, an unconfirmed change stays until `barograph apply` or `barograph rollback`"
                        + " runs again; it then goes back at once.");
    }

    private static CheckFinding afterReboot(Server server, Optional<String> bootHook) {
        String about = server.id() + " after a reboot";
        boolean allowed = server.commands().bootHook() instanceof BootHook.None;
        return bootHook.map(hook -> CheckFinding.well(about, hook + " calls the guard"))
                .orElseGet(() -> new CheckFinding(
                        about,
                        allowed,
                        "nothing calls the guard, so an unconfirmed change stays until a controller reaches the host",
                        allowed
                                ? ""
                                : "No change is carried to it like that. Let cron run on the host, or accept it in"
                                        + " site.yaml: boot-hook: none"));
    }

    private static CheckFinding withoutLog(Server server) {
        boolean backup = server.stage().equals(Stage.BACKUP);
        return new CheckFinding(
                server.id() + " log",
                backup,
                backup ? "none, and none is needed on a backup" : "none, so real logins cannot be watched",
                backup ? "" : "Name it in site.yaml: log: /path/to/its/log");
    }

    private CheckFinding log(Server server, LogSource log, String known, boolean letIn) {
        Instant now = world.clock().instant();
        Instant until = now.plus(letIn ? PATIENCE : Duration.ZERO);
        long logins = 0;
        long lines = 0;
        LoginFeed.Batch batch;
        do {
            batch = world.feed().take(server);
            lines += batch.lines();
            logins += batch.logins().stream()
                    .filter(login -> !login.at().isBefore(now.minus(RECENT)))
                    .count();
            if (logins == 0 && letIn) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        } while (logins == 0
                && batch.trouble().isEmpty()
                && world.clock().instant().isBefore(until));
        String note = notes.getOrDefault(server.kind(), "");
        return CheckJudge.log(
                server,
                log,
                new CheckJudge.LogLook(known, batch.trouble(), lines, batch.unread(), logins, letIn, note));
    }
}
