package barograph.runner;

import barograph.change.Change;
import barograph.rollout.Event;

/// Where the files of proposed changes are: the record keeps only their digest.
public interface Changes {
    /// Reads a change's folder again.
    Found find(Event.Proposed proposed);

    /// What is in the folder now.
    sealed interface Found {
        /// Exactly what was proposed.
        record Same(Change change) implements Found {}

        /// Something else, or nothing.
        ///
        /// @param because what differs, and what to do
        record Different(String because) implements Found {}
    }
}
