package barograph.watch;

import barograph.login.Login;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One watch over one stage: who has the change since when, who has not.
///
/// @param changed every server that has the change now, and when it got it; those of earlier stages too
/// @param unchanged servers that still run the old configuration; where there are none, the watch compares with the
///        changed servers' own history
/// @param stage the servers whose change is being judged now; each is in `changed`
/// @param learnFrom logins from here on tell what is normal; older ones only tell who could log in
/// @param rules the site's rules
public record WatchPlan(
        Map<ServerId, Instant> changed,
        Set<ServerId> unchanged,
        Set<ServerId> stage,
        Instant learnFrom,
        WatchRules rules) {
    private static final Duration LONGEST_LAG = Duration.ofSeconds(10);

    public WatchPlan {
        changed = Map.copyOf(changed);
        unchanged = Set.copyOf(unchanged);
        stage = Set.copyOf(stage);
        if (stage.isEmpty() || !changed.keySet().containsAll(stage)) {
            throw new IllegalArgumentException("a watch is over servers that have the change, not over " + stage);
        }
        if (unchanged.stream().anyMatch(changed::containsKey)) {
            throw new IllegalArgumentException(
                    "a server is either changed or unchanged: " + changed + ", " + unchanged);
        }
        if (learnFrom.isAfter(first(changed, stage))) {
            throw new IllegalArgumentException("learning begins before the change, not at " + learnFrom);
        }
    }

    /// When the first server of this stage got the change.
    public Instant at() {
        return first(changed, stage);
    }

    /// From when on logins are judged: those of the restart itself are not.
    public Instant judgedFrom() {
        return at().plus(rules.settle());
    }

    /// From when on logins of one server are judged; servers of a stage change one after the other, and what is left
    /// unchanged does not restart.
    public Instant judgedFrom(ServerId server) {
        if (unchanged.contains(server)) {
            return at();
        }
        Instant own = changed.getOrDefault(server, at());
        return (own.isBefore(at()) ? at() : own).plus(rules.settle());
    }

    /// Logs are written and read with some delay: what came in the last moments may not be known yet. A twentieth
    /// of the unit, at most 10 s.
    Duration lag() {
        Duration part = rules.unit().dividedBy(20);
        return part.compareTo(LONGEST_LAG) < 0 ? part : LONGEST_LAG;
    }

    @Nullable
    Side side(ServerId server) {
        if (changed.containsKey(server)) {
            return Side.CHANGED;
        }
        return unchanged.contains(server) ? Side.UNCHANGED : null;
    }

    /// What a login is good for, by when it began.
    Phase phase(Login login) {
        Instant began = login.began();
        if (began.isBefore(at())) {
            return began.isBefore(changed.getOrDefault(login.server(), at())) ? Phase.BEFORE : Phase.CHANGED_BEFORE;
        }
        return began.isBefore(judgedFrom(login.server())) ? Phase.SETTLING : Phase.JUDGED;
    }

    /// Tells this watch from others: the same servers, moments and unit have the same name in every process.
    String name() {
        return at() + " " + new TreeMap<>(changed) + " " + new TreeSet<>(unchanged) + " " + new TreeSet<>(stage) + " "
                + learnFrom + " " + rules.settle() + " " + rules.unit();
    }

    /// @throws IllegalArgumentException where the name is that of another watch
    void claim(String name) {
        if (!name().equals(name)) {
            throw new IllegalArgumentException("counted for another watch: " + name + ", not " + name());
        }
    }

    private static Instant first(Map<ServerId, Instant> changed, Set<ServerId> stage) {
        return stage.stream()
                .map(server -> Objects.requireNonNull(changed.get(server)))
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
