package barograph.forecast;

import barograph.login.Login;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.Watch;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a watch over a stage would see if it began now, reckoned from old logins of its servers.
///
/// Single-threaded. Memory as of one [Watch], whatever the number of logins.
public final class Preview {
    private final Watch watch;
    private final WatchRules rules;
    private final Set<ServerId> stage;
    private long logins;

    /// @param stage the servers that would get a change
    /// @param reach from how long ago on logins are known
    public Preview(Set<ServerId> stage, Instant now, Duration reach, WatchRules rules) {
        TreeMap<ServerId, Instant> changed = new TreeMap<>();
        stage.forEach(server -> changed.put(server, now));
        this.stage = Set.copyOf(stage);
        this.rules = rules;
        watch = new Watch(new WatchPlan(changed, Set.of(), this.stage, now.minus(reach), rules));
    }

    /// Takes in an old login of a person; those of other servers are passed over.
    public void add(Login login) {
        if (stage.contains(login.server())) {
            logins++;
            watch.add(login);
        }
    }

    /// Logins in an hour with which the watch would see in time that nobody gets in; 0 where no login was known.
    public double needed() {
        return logins == 0
                ? 0
                : watch.foresight().getFirst().unitsNeeded() / (rules.atMost().toMillis() / 3_600_000.0);
    }

    /// Empty where no login was known.
    public Optional<Sight> sight() {
        return logins == 0 ? Optional.empty() : Optional.of(Sight.of(watch.foresight(), rules.atMost()));
    }
}
