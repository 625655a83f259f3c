package barograph.dossier;

import barograph.change.ChangeId;
import barograph.record.Checkpoint;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.record.Tree;
import barograph.record.VerifierKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What lets others check the dossier without trusting whoever made it.
///
/// @param entries of this change, at least one per event
/// @param checkpoint the signed size and root hash of the record, as a signed note
/// @param paths for an entry's index, the hashes that lead from its leaf to the checkpoint's root, from the bottom
/// up; where an entry has none, its way is in the exported record
/// @param key the record's public key, where it is known
public record Evidence(
        List<Entry> entries, String checkpoint, Map<Long, List<Digest>> paths, Optional<VerifierKey> key) {
    public Evidence {
        entries = List.copyOf(entries);
        paths = Map.copyOf(paths);
    }

    /// Without the ways from the entries to the root: those are in the exported record.
    public Evidence(List<Entry> entries, String checkpoint) {
        this(entries, checkpoint, Map.of(), Optional.empty());
    }

    /// Everything about one change out of a whole record, with the way from each of its entries to the root.
    ///
    /// @param record all entries from the first on, at least as many as the checkpoint covers
    /// @param checkpoint taken before or after; entries that it does not cover are left out
    /// @throws IllegalArgumentException when entries are missing
    public static Evidence of(List<Entry> record, ChangeId change, String checkpoint, Optional<VerifierKey> key) {
        long size = Checkpoint.parse(Note.parse(checkpoint).text()).size();
        if (record.size() < size) {
            throw new IllegalArgumentException(
                    "the checkpoint covers " + size + " entries, and only " + record.size() + " are here");
        }
        List<Entry> covered = record.subList(0, Math.toIntExact(size));
        Tree.Subtrees subtrees = subtrees(covered);
        List<Entry> entries = covered.stream()
                .filter(entry -> entry.subject().equals(change.value()))
                .toList();
        Map<Long, List<Digest>> paths = new HashMap<>();
        entries.forEach(entry -> paths.put(
                entry.index(), Tree.inclusion(entry.index(), size, subtrees).path()));
        return new Evidence(entries, checkpoint, paths, key);
    }

    /// The hashes of all complete subtrees: 32 bytes for each, twice as many as there are entries.
    private static Tree.Subtrees subtrees(List<Entry> covered) {
        List<List<byte[]>> levels = new ArrayList<>();
        levels.add(covered.stream().map(entry -> Tree.leafHash(entry.leaf())).toList());
        while (levels.getLast().size() > 1) {
            List<byte[]> below = levels.getLast();
            List<byte[]> level = new ArrayList<>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(Digest.of(new byte[] {1}, below.get(i), below.get(i + 1))
                        .bytes());
            }
            levels.add(level);
        }
        return (level, index) -> levels.get(level).get(Math.toIntExact(index));
    }
}
