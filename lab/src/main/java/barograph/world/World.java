package barograph.world;

import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/// What login servers wrote around one change, and the truth about it.
public interface World {
    String name();

    /// What a judge may know beforehand.
    WatchPlan plan();

    /// When the watch is over.
    Instant end();

    /// For scoring only: never an input of a judge.
    Truth truth();

    /// All lines of all logs, in the order of their times; who could log in beforehand is told by lines from before
    /// the time to learn from, each just before the first one of the same person or device. Each call begins anew.
    Iterator<Line> lines();

    /// How much time usually passes between two logins: to look more often would show nothing new.
    Duration pace();

    static Duration pace(double loginsPerSecond) {
        return Duration.ofNanos((long) (1e9 / loginsPerSecond));
    }

    /// The rules that every judge of a world is given.
    ///
    /// @param settle how long after the change logins do not count
    static WatchRules rules(Duration settle) {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                settle,
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                0.01,
                0.02,
                Duration.ofMinutes(30),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofMinutes(1));
    }
}
