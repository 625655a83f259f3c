package barograph.notices;

import barograph.change.ChangeId;
import barograph.rollout.Event.Writer;
import java.util.List;

/// Where a mail belongs that came in.
public sealed interface Filing {
    /// It is about one change; about several only where it refers to several.
    ///
    /// @param changes at least one
    /// @param matched by what: `token`, `thread`, `sender`
    record Filed(List<ChangeId> changes, String matched, Writer writer, boolean emergency) implements Filing {
        public Filed {
            changes = List.copyOf(changes);
        }
    }

    /// It is about no change that could be told, and an operator has to look at it.
    record Unfiled(Writer writer, boolean emergency) implements Filing {}

    /// It stays in the mailbox and is not written down.
    record LeftAlone(String because) implements Filing {}
}
