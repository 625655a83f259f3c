package barograph.runner;

import barograph.forecast.Preview;
import barograph.forecast.Sight;
import barograph.login.Login;
import barograph.login.Pseudonym;
import barograph.rollout.Plan;
import barograph.site.Server;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How many people log in on the servers of a change, counted from their logs of the last hour.
///
/// @param people different people and devices that were let in
/// @param loginsPerHour logins, reckoned to an hour; -1 where no log could be read
/// @param needed logins in an hour with which that watch would see in time; 0 where no log tells
/// @param sight what a watch over the first stage would see at this hour; empty where no log tells
record Census(long people, long loginsPerHour, double needed, Optional<Sight> sight) {
    private static final Duration SPAN = Duration.ofHours(1);
    private static final Census NOTHING_READ = new Census(0, -1, 0, Optional.empty());

    static Census take(Site site, Plan plan, World world) {
        List<Server> logged = site.servers().stream()
                .filter(server ->
                        plan.servers().contains(server.id()) && server.log().isPresent())
                .toList();
        if (logged.isEmpty()) {
            return NOTHING_READ;
        }
        Instant now = world.clock().instant();
        Instant since = now.minus(SPAN);
        Set<Pseudonym> people = new HashSet<>();
        ProbeAccounts accounts = new ProbeAccounts(site.probes(), world.pseudonyms());
        Preview preview = new Preview(plan.waves().getFirst().servers().keySet(), now, SPAN, plan.watch());
        long logins = 0;
        Instant first = now;
        boolean read = false;
        for (Server server : logged) {
            world.feed().follow(server, since);
            LoginFeed.Batch batch = world.feed().take(server);
            read |= batch.trouble().isEmpty();
            for (Login login : batch.logins()) {
                if (accounts.isPerson(login)) {
                    preview.add(login);
                }
                if (login.outcome().accepted()
                        && accounts.isPerson(login)
                        && !login.at().isBefore(since)) {
                    people.add(login.user());
                    logins++;
                    first = login.at().isBefore(first) ? login.at() : first;
                }
            }
        }
        if (!read) {
            return NOTHING_READ;
        }
        double hours = Math.max(Duration.between(first, now).toMillis(), 1_000) / 3_600_000.0;
        return new Census(people.size(), Math.round(logins / hours), preview.needed(), preview.sight());
    }
}
