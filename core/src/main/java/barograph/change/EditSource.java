package barograph.change;

import java.util.List;
import java.util.Optional;

/// Where a change's folder keeps what is to be different.
public sealed interface EditSource {
    /// A folder of files that are laid over the configuration folder, and what is taken out of it.
    ///
    /// @param folder relative to the change's folder, such as `files`; absent when files are only taken out
    /// @param removals paths relative to the configuration folder
    record Overlay(Optional<String> folder, List<String> removals) implements EditSource {
        public Overlay {
            removals = List.copyOf(removals);
        }
    }

    /// A unified diff.
    ///
    /// @param file relative to the change's folder, such as `change.patch`
    record Patch(String file) implements EditSource {}
}
