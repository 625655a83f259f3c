package barograph.record;

import java.util.List;

/// What came of verifying a record that left the house.
public sealed interface Verification {
    /// Everything in it is what was signed, and nothing is missing that should be there.
    ///
    /// @param checkpoint what was signed: origin, size and root hash
    /// @param entries how many entries were checked: all of them, or those of one subject
    /// @param holes attachments that were erased on purpose, with who and why
    record Intact(Checkpoint checkpoint, long entries, List<Erasure> holes) implements Verification {
        public Intact {
            holes = List.copyOf(holes);
        }
    }

    /// Something in it is not what was signed.
    ///
    /// @param index of the first entry that was changed, removed, added or moved; [#NOWHERE] when the damage is in
    /// no single entry: the checkpoint, the key, a file that does not belong
    /// @param kind of that entry; empty when it is not known
    /// @param why what was found, for a person
    record Broken(long index, String kind, String why) implements Verification {
        /// In no single entry.
        public static final long NOWHERE = -1;
    }
}
