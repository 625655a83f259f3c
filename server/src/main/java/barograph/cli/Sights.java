package barograph.cli;

import barograph.forecast.Preview;
import barograph.forecast.Sight;
import barograph.login.Login;
import barograph.runner.LoginFeed;
import barograph.runner.ProbeAccounts;
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

    private Sights() {}

    /// Empty where no log told of a login.
    static Optional<Sight> of(Workplace workplace, List<Server> servers) {
        List<Server> logged =
                servers.stream().filter(server -> server.log().isPresent()).toList();
        if (logged.isEmpty()) {
            return Optional.empty();
        }
        Instant now = workplace.world().clock().instant();
        Duration learn = workplace.site().watch().learn();
        Duration reach = learn.compareTo(MOST_DAYS) < 0 ? learn : MOST_DAYS;
        Set<ServerId> stage = logged.stream().map(Server::id).collect(Collectors.toSet());
        Preview preview = new Preview(stage, now, reach, workplace.site().watch());
        ProbeAccounts accounts =
                new ProbeAccounts(workplace.site().probes(), workplace.world().pseudonyms());
        logged.forEach(server -> workplace.world().feed().follow(server, now.minus(reach)));
        logged.forEach(server -> read(workplace, server, accounts, preview));
        return preview.sight();
    }

    /// Reads until a log has nothing more to say.
    private static void read(Workplace workplace, Server server, ProbeAccounts accounts, Preview preview) {
        Instant begin = workplace.world().clock().instant();
        Instant lastLine = begin;
        boolean any = false;
        Instant now = begin;
        while (now.isBefore(begin.plus(PATIENCE))) {
            LoginFeed.Batch batch = workplace.world().feed().take(server);
            for (Login login : batch.logins()) {
                if (accounts.isPerson(login)) {
                    preview.add(login);
                }
            }
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
