package barograph.dossier;

import barograph.change.ChangeId;
import barograph.record.Checkpoint;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.record.Tree;
import barograph.record.VerifierKey;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What lets others check the dossier without trusting whoever made it.
///
/// @param entries of this change, at least one per event
/// @param checkpoint the signed size and root hash of the record, as a signed note
/// @param paths for an entry's index, the hashes that lead from its leaf to the checkpoint's root, from the bottom
/// up; where an entry has none, its way is in the exported record
/// @param key the record's public key, where it is known
public record Evidence(
        List<Entry> entries, String checkpoint, Map<Long, List<Digest>> paths, Optional<VerifierKey> key) {
    private static final byte[] NODE = {1};

    public Evidence {
        entries = List.copyOf(entries);
        paths = Map.copyOf(paths);
    }

    /// Without the ways from the entries to the root: those are in the exported record.
    public Evidence(List<Entry> entries, String checkpoint) {
        this(entries, checkpoint, Map.of(), Optional.empty());
    }

    /// Everything about one change out of a whole record, with the way from each of its entries to the root. Holds 32
    /// bytes for each entry of others.
    ///
    /// @param record all entries from the first on, in order; those beyond the checkpoint are left out
    /// @throws IllegalArgumentException when entries are missing
    public static Evidence of(Stream<Entry> record, ChangeId change, String checkpoint, Optional<VerifierKey> key) {
        long size = Checkpoint.parse(Note.parse(checkpoint).text()).size();
        List<byte[]> leaves = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        record.limit(size).forEachOrdered(entry -> {
            leaves.add(Tree.leafHash(entry.leaf()));
            if (entry.subject().equals(change.value())) {
                entries.add(entry);
            }
        });
        if (leaves.size() < size) {
            throw new IllegalArgumentException(
                    "the checkpoint covers " + size + " entries, and only " + leaves.size() + " are here");
        }
        Tree.Subtrees subtrees = subtrees(leaves);
        Map<Long, List<Digest>> paths = new HashMap<>();
        entries.forEach(entry -> paths.put(
                entry.index(), Tree.inclusion(entry.index(), size, subtrees).path()));
        return new Evidence(entries, checkpoint, paths, key);
    }

    /// The events that the entries hold.
    public List<Happening> history() {
        return entries.stream().map(EventJson::read).toList();
    }

    /// The hashes of all complete subtrees, level by level.
    private static Tree.Subtrees subtrees(List<byte[]> leaves) {
        List<List<byte[]>> levels = new ArrayList<>();
        levels.add(leaves);
        while (levels.getLast().size() > 1) {
            List<byte[]> below = levels.getLast();
            List<byte[]> level = new ArrayList<>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(Digest.of(NODE, below.get(i), below.get(i + 1)).bytes());
            }
            levels.add(level);
        }
        return (level, index) -> levels.get(level).get(Math.toIntExact(index));
    }
}
