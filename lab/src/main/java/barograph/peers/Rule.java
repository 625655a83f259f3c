package barograph.peers;

import barograph.login.Login;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A rule that decides from logins when a change is to be rolled back.
public interface Rule {
    String name();

    /// Where the rule and its numbers come from.
    String source();

    /// How long after the restart it can speak for the first time; in a shorter watch it is not tried.
    Duration patience();

    /// Begins a watch.
    ///
    /// @param pace how much time passes between two looks, for a rule that has no interval of its own
    Watcher over(WatchPlan plan, Duration pace);

    /// One watch of one rule. Sees only what a judge may see, in the order of time. Single-threaded.
    interface Watcher {
        /// Takes in the next line of all logs.
        ///
        /// @return when the rule wanted the change rolled back, if it does by now
        Optional<Instant> add(Login login);

        /// Says that the logs are known up to a moment.
        Optional<Instant> until(Instant now);
    }
}
