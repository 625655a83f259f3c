package barograph.dossier;

import barograph.record.Digest;
import barograph.record.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What lets others check the dossier without trusting whoever made it.
///
/// @param entries of this change, at least one per event
/// @param checkpoint the signed size and root hash of the record, as a signed note
/// @param paths for an entry's index, the hashes that lead from its leaf to the checkpoint's root, from the bottom up;
/// may lack any of them
/// @param key the record's public key as a C2SP "vkey", where it is known
public record Evidence(List<Entry> entries, String checkpoint, Map<Long, List<Digest>> paths, Optional<String> key) {
    public Evidence {
        entries = List.copyOf(entries);
        paths = Map.copyOf(paths);
    }

    /// Without the ways from the entries to the root: those are in the exported record.
    public Evidence(List<Entry> entries, String checkpoint) {
        this(entries, checkpoint, Map.of(), Optional.empty());
    }
}
