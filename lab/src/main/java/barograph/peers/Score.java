package barograph.peers;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How one rule judged one world.
///
/// @param judge the rule's name
/// @param scenario what kind of world it was
/// @param world which one, so that it can be looked at again: its seed or its file
/// @param watched how long the rule watched after the change: until it spoke, or to the end
/// @param found what it took, where the call is [Call#FOUND]
public record Score(String judge, String scenario, String world, Call call, Duration watched, Optional<Found> found) {
    public enum Call {
        /// A harmless change was kept.
        KEPT,
        /// A harmless change was rolled back.
        FALSE,
        /// Harm was found.
        FOUND,
        /// Harm was not found.
        MISSED,
        /// A harmful change was rolled back before it did harm: a false rollback too.
        EARLY,
        /// The watch was over before the rule could have spoken.
        TOO_SHORT;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// @param seconds from the onset to the verdict
    /// @param logins lines of changed servers from the onset to the verdict
    /// @param failed logins that failed because of the change until the verdict
    /// @param ratio of the seconds to the oracle's bound
    public record Found(double seconds, long logins, long failed, double ratio) {}
}
