package barograph.diagnosis;

import barograph.site.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is known before anybody looks.
///
/// @param server the one whose logins fail
/// @param changed every server that has the change, or had it when logins failed
/// @param change what was changed there lately; empty when nothing was
public record Facts(ServerId server, Set<ServerId> changed, Optional<Changed> change) {
    public Facts {
        changed = Set.copyOf(changed);
    }

    /// A server about which nobody knows of any change.
    public static Facts unchanged(ServerId server) {
        return new Facts(server, Set.of(), Optional.empty());
    }

    /// What was changed.
    ///
    /// @param files what it touches
    /// @param onset when real logins began to fail, as far as the watch tells
    public record Changed(String name, List<ChangedFile> files, Onset onset, Rehearsed rehearsed) {
        public Changed {
            files = List.copyOf(files);
        }
    }

    public enum Onset {
        BEFORE_IT,
        WITH_IT,
        UNTOLD
    }

    public enum Rehearsed {
        /// The backup server showed harm.
        HARM,
        /// It was tried there with probes, and nothing got worse.
        NOTHING,
        /// Nobody tried it.
        NOT
    }
}
