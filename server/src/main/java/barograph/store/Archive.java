package barograph.store;

import barograph.record.Commitment;
import barograph.record.Note;
import barograph.record.Recorder;
import barograph.record.Salted;
import barograph.record.Selection;
import barograph.record.VerifierKey;
import java.util.Optional;

/// A record that can be handed to others: with the salts of its attachments, and the key that they verify it with.
public interface Archive extends Recorder {
    /// The public half of the key that signs its checkpoints.
    VerifierKey key();

    /// An attachment's bytes and salt, unless they were erased.
    Optional<Salted> salted(Commitment commitment);

    /// Signs which entries are about one subject.
    Note sign(Selection selection);
}
