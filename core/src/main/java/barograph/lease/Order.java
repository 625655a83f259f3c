package barograph.lease;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.record.Digest;
import java.time.Duration;

/// What the guard of one server can be told. Each order may arrive twice: the second time it answers, and does nothing.
public sealed interface Order {
    ChangeId change();

    /// Keep a copy of the configuration as it is now.
    record Snapshot(ChangeId change) implements Order {}

    /// Test the edit on a copy, arm the timer, put the files in place, make the server take them over, check its
    /// health; whatever fails rolls back at once.
    ///
    /// @param digest what the change was when it was agreed upon
    /// @param how whether a reload is enough
    /// @param lease how long the host keeps the new files without being told again; 1 s to 24 h
    record Apply(ChangeId change, Digest digest, Edit edit, Activation how, Duration lease) implements Order {
        public Apply {
            checkLease(lease);
        }
    }

    /// Keep the new files for another `lease` from now.
    record Renew(ChangeId change, Duration lease) implements Order {
        public Renew {
            checkLease(lease);
        }
    }

    /// Keep the new files for good. It counts only with the digest of the change that is in place.
    record Confirm(ChangeId change, Digest digest) implements Order {}

    /// Put everything back as the snapshot has it.
    record RollBack(ChangeId change) implements Order {}

    /// Say where things stand, and change nothing.
    record Look(ChangeId change) implements Order {}

    /// How a server is made to take over its files.
    enum Activation {
        RELOAD,
        RESTART
    }

    private static void checkLease(Duration lease) {
        if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("a lease lasts 1 s to 24 h, not " + lease);
        }
    }
}
