package barograph.runner;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.lease.Drift;
import barograph.site.Server;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Looks at the files of a server for what somebody else has changed.
///
/// It changes nothing there. Trouble is an answer, never an exception. Safe for use by several threads.
public interface Inspector {
    /// Which of a change's files are no longer as its guard put them in place.
    ///
    /// @param paths the files that the change touches, below the configuration folder
    /// @param edit what was put in place, where it is at hand, for the diff
    Sighting sinceApplied(Server server, ChangeId change, Collection<String> paths, Optional<Edit> edit);

    /// Which files of the configuration are no longer as the snapshot of a change has them.
    Sighting sinceSnapshot(Server server, ChangeId change);

    /// What was seen.
    sealed interface Sighting {
        /// @param drifts empty where all is as it was
        record Seen(List<Drift> drifts) implements Sighting {
            public Seen {
                drifts = List.copyOf(drifts);
            }
        }

        /// The host answers, and what it is asked for cannot be seen: the change is not in force there at the moment,
        /// or the files are not ours to read.
        record Blind(String because) implements Sighting {}

        record Unreachable(String because) implements Sighting {}
    }
}
