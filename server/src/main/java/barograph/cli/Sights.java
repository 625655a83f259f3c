package barograph.cli;

import barograph.coverage.Count;
import barograph.coverage.Coverage;
import barograph.coverage.Stanza;
import barograph.forecast.Preview;
import barograph.forecast.Sight;
import barograph.forecast.Week;
import barograph.forecast.Week.Rhythm;
import barograph.login.Login;
import barograph.probe.Probes;
import barograph.runner.LoginFeed;
import barograph.runner.ProbeAccounts;
import barograph.site.ProbeKind;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What a watch over a stage could see at this hour, read from the last days of its servers' logs.
final class Sights {
    /// A day or more tells which hours are busy.
    private static final Duration MOST_DAYS = Duration.ofDays(3);
    /// A person waits for it; what has not been read by then is left out.
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /// A log on another host gives nothing at first.
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int MOST_STANZAS = 4;
    private static final int MOST_RHYTHMS = 20;

    private Sights() {}

    /// What the logs of the last days tell.
    ///
    /// @param sight what a watch would see; empty where no log told of a login
    /// @param coverage which logins the probes stand for; empty likewise
    /// @param rhythms how people log in over the week, the busiest sorts first
    record Seen(Optional<Sight> sight, Optional<Coverage> coverage, List<Rhythm> rhythms) {}

    /// Reads the logs of these servers; waits for them, but not for ever.
    static Seen of(Workplace workplace, List<Server> servers) {
        List<Server> logged =
                servers.stream().filter(server -> server.log().isPresent()).toList();
        if (logged.isEmpty()) {
            return new Seen(Optional.empty(), Optional.empty(), List.of());
        }
        Instant now = workplace.world().clock().instant();
        Duration learn = workplace.site().watch().learn();
        Duration reach = learn.compareTo(MOST_DAYS) < 0 ? learn : MOST_DAYS;
        Set<ServerId> stage = logged.stream().map(Server::id).collect(Collectors.toSet());
        Preview preview = new Preview(stage, now, reach, workplace.site().watch());
        ProbeAccounts accounts =
                new ProbeAccounts(workplace.site().probes(), workplace.world().pseudonyms());
        logged.forEach(server -> workplace.world().feed().follow(server, now.minus(reach)));
        Count count = new Count(now);
        Week week = new Week(now);
        logged.forEach(server -> read(workplace, server, login -> {
            if (accounts.isPerson(login)) {
                preview.add(login);
                count.add(login);
                week.add(login);
            } else {
                count.addProbe(login);
            }
        }));
        return new Seen(preview.sight(), count.coverage(workplace.site().probes()), week.rhythms(MOST_RHYTHMS));
    }

    /// Reads until a log has nothing more to say.
    private static void read(Workplace workplace, Server server, Consumer<Login> reader) {
        Instant begin = workplace.world().clock().instant();
        Instant lastLine = begin;
        boolean any = false;
        Instant now = begin;
        while (now.isBefore(begin.plus(PATIENCE))) {
            LoginFeed.Batch batch = workplace.world().feed().take(server);
            batch.logins().forEach(reader);
            if (batch.lines() > 0) {
                any = true;
                lastLine = now;
            } else if (any || !batch.trouble().isEmpty() || now.isAfter(lastLine.plus(SILENCE))) {
                return;
            }
            LockSupport.parkNanos(batch.lines() > 0 ? 1 : PAUSE.toNanos());
            now = workplace.world().clock().instant();
        }
    }

    /// A probe for each sort of logins that none stands for, to be pasted into `site.yaml`.
    static List<String> stanzas(Workplace workplace, Coverage coverage) {
        List<ProbeKind> spoken = Probes.KINDS.stream()
                .filter(kind -> workplace.site().servers().stream().anyMatch(server -> server.speaks(kind.name())))
                .toList();
        return coverage.gaps().stream()
                .limit(MOST_STANZAS)
                .flatMap(gap -> Stanza.of(gap, workplace.site().probes(), spoken).stream())
                .toList();
    }

    /// The servers of a stage.
    static List<Server> of(Workplace workplace, Stage stage) {
        return workplace.site().servers().stream()
                .filter(server -> server.stage().equals(stage))
                .toList();
    }

    /// What a running watch still needs, and whom it cannot see.
    ///
    /// @param forecast what was told beforehand; empty where nothing was
    static List<String> left(Verdict verdict, Optional<Sight> forecast) {
        Optional<String> needed = verdict instanceof Verdict.Undecided(long units, String _) && units > 0
                ? Optional.of("about " + barograph.verdict.Wording.count(units) + " more logins without trouble")
                : Optional.empty();
        Optional<String> unseen = forecast.filter(_ -> !(verdict instanceof Verdict.Harmful))
                .map(Sight::unseen)
                .filter(groups -> !groups.isEmpty())
                .map(groups -> "too few log in of " + Sight.named(groups) + " to see harm to them alone: cover "
                        + (groups.size() == 1 ? "it" : "each") + " by a probe");
        return java.util.stream.Stream.of(needed, unseen)
                .flatMap(Optional::stream)
                .toList();
    }
}
