package barograph.peers;

import barograph.peers.Rule.Watcher;
import barograph.peers.Score.Call;
import barograph.peers.Score.Found;
import barograph.world.Line;
import barograph.world.Truth;
import barograph.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Lets rules judge the same world, line by line, and scores them by its truth.
public final class Contest {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final World world;
    private final Truth truth;
    private final Duration watch;
    private final String scenario;
    private final String label;
    private final List<Score> scores = new ArrayList<>();
    private final List<Entrant> entrants = new ArrayList<>();
    private long loginsSinceOnset;
    private long caused;

    private record Entrant(Rule rule, Watcher watcher) {}

    private Contest(World world, String label, List<Rule> rules, int looks) {
        this.world = world;
        this.label = label;
        scenario = world.name();
        truth = world.truth();
        watch = Duration.between(world.plan().at(), world.end());
        Duration pace = pace(looks);
        Duration judged = Duration.between(world.plan().judgedFrom(), world.end());
        for (Rule rule : rules) {
            if (rule.patience().compareTo(judged) > 0) {
                scores.add(new Score(rule.name(), scenario, label, Call.TOO_SHORT, watch, Optional.empty()));
            } else {
                entrants.add(new Entrant(rule, rule.over(world.plan(), pace)));
            }
        }
    }

    /// @param label names the world among others of its kind
    /// @param looks how often in the watch, at most, a rule looks that has no interval of its own
    public static List<Score> judge(World world, String label, List<Rule> rules, int looks) {
        return new Contest(world, label, rules, looks).run();
    }

    /// As often as logins come, but no more often than is of use and no more seldom than a watch does live.
    private Duration pace(int looks) {
        long often = Math.max(world.pace().toNanos(), watch.toNanos() / looks);
        return Duration.ofNanos(Math.clamp(often, SHORTEST.toNanos(), LONGEST.toNanos()));
    }

    private List<Score> run() {
        Iterator<Line> lines = world.lines();
        while (lines.hasNext() && !entrants.isEmpty()) {
            Line line = lines.next();
            Instant at = line.login().at();
            if (!at.isBefore(truth.onset())
                    && world.plan().changed().containsKey(line.login().server())) {
                loginsSinceOnset++;
            }
            caused = line.caused();
            entrants.removeIf(entrant -> spoke(entrant, entrant.watcher().add(line.login())));
        }
        entrants.removeIf(entrant -> spoke(entrant, entrant.watcher().until(world.end())));
        for (Entrant entrant : entrants) {
            Call call = truth.harmful() ? Call.MISSED : Call.KEPT;
            scores.add(new Score(entrant.rule().name(), scenario, label, call, watch, Optional.empty()));
        }
        return scores;
    }

    private boolean spoke(Entrant entrant, Optional<Instant> spoken) {
        spoken.ifPresent(at -> scores.add(score(entrant.rule(), at)));
        return spoken.isPresent();
    }

    private Score score(Rule rule, Instant at) {
        Duration watched = Duration.between(world.plan().at(), at);
        Duration delay = Duration.between(truth.onset(), at);
        Call call = !truth.harmful() ? Call.FALSE : delay.isNegative() ? Call.EARLY : Call.FOUND;
        double seconds = delay.toNanos() / 1e9;
        Found found = new Found(
                seconds, loginsSinceOnset, caused, seconds / truth.bound().seconds());
        return new Score(
                rule.name(),
                scenario,
                label,
                call,
                watched,
                call == Call.FOUND ? Optional.of(found) : Optional.empty());
    }
}
