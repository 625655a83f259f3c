package barograph.store;

import barograph.record.Checkpoint;
import barograph.record.Commitment;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Erasure;
import barograph.record.Frontier;
import barograph.record.Instructions;
import barograph.record.Layout;
import barograph.record.Note;
import barograph.record.Prover;
import barograph.record.RecordTrouble;
import barograph.record.Salted;
import barograph.record.Selection;
import barograph.record.Tile;
import barograph.record.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes a record, or what it has about one subject, into one zip file that others can verify ([Layout]).
///
/// The same record gives the same bytes. Entries that are appended meanwhile are left out. In memory are 256 entries
/// at a time, and 64 bytes for each entry where proofs are written.
public final class Export {
    private final Archive archive;
    private final ZipWriter zip;
    private final Note note;
    private final Checkpoint signed;
    private final Set<Digest> attachments = new HashSet<>();
    private final Set<Digest> missing = new HashSet<>();

    /// Of each level of tiles, the hashes of the tile that is not full yet, and how many full ones were written.
    private final List<List<byte[]>> levels = new ArrayList<>();

    private final List<Long> written = new ArrayList<>();
    private final List<byte[]> leafHashes = new ArrayList<>();

    private Export(Archive archive, OutputStream out) {
        this.archive = archive;
        this.zip = new ZipWriter(out);
        this.note = Note.parse(archive.checkpoint());
        this.signed = Checkpoint.open(note, archive.key());
    }

    /// @param subject what the export is to be about; empty for the whole record
    /// @param out is not closed
    /// @throws IOException when it cannot be written to
    /// @throws RecordTrouble when the record cannot be read, or was changed
    public static void write(Archive archive, Optional<String> subject, OutputStream out) throws IOException {
        new Export(archive, out).write(subject);
    }

    private void write(Optional<String> subject) throws IOException {
        Optional<Selection> selection = subject.map(this::selection);
        add(Layout.INSTRUCTIONS, Instructions.text(signed, selection));
        add(Layout.KEY, archive.key() + "\n");
        add(Layout.CHECKPOINT, note.toString());
        if (selection.isPresent()) {
            add(Layout.SELECTION, archive.sign(selection.get()).toString());
        }
        boolean proofs = selection.isPresent() || signed.size() <= Layout.MOST_PROOFS;
        tiles(selection.isEmpty(), proofs);
        Optional<Prover> prover = proofs ? Optional.of(new Prover(note, leafHashes)) : Optional.empty();
        if (subject.isPresent()) {
            entries(about(subject.get()), prover);
        } else {
            for (long number = 0; number < Tile.count(signed.size()); number++) {
                entries(page(Tile.of(number, signed.size())), prover);
            }
        }
        if (!missing.isEmpty()) {
            throw new RecordTrouble("Attachments are missing that nobody erased, among them "
                    + missing.iterator().next()
                    + ". Nothing usable was exported. If one was erased just now, export again; otherwise the record "
                    + "was changed: compare with a backup.");
        }
        zip.finish();
    }

    private Selection selection(String subject) {
        return new Selection(
                signed, subject, about(subject).stream().map(Entry::index).toList());
    }

    private List<Entry> about(String subject) {
        return archive.about(subject, 0).stream()
                .filter(entry -> entry.index() < signed.size())
                .toList();
    }

    private List<Entry> page(Tile tile) {
        return archive.entries(tile.first(), tile.width());
    }

    /// Writes the hashes of all entries, and, of the whole record, the entries.
    private void tiles(boolean whole, boolean keepHashes) throws IOException {
        for (long number = 0; number < Tile.count(signed.size()); number++) {
            Tile tile = Tile.of(number, signed.size());
            List<byte[]> leaves = page(tile).stream().map(Entry::leaf).toList();
            if (whole) {
                zip.add(tile.entryFile(), Tile.pack(leaves));
            }
            for (byte[] leaf : leaves) {
                byte[] hash = Tree.leafHash(leaf);
                hash(0, hash);
                if (keepHashes) {
                    leafHashes.add(hash);
                }
            }
        }
        for (int level = 0; level < levels.size(); level++) {
            long hashes = Tile.hashes(level, signed.size());
            if (hashes % Tile.FULL != 0) {
                tile(level, Tile.of(Tile.count(hashes) - 1, hashes));
            }
        }
    }

    /// Takes in the next hash of a level. A full tile is written, and its own hash goes up to the next level.
    private void hash(int level, byte[] hash) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
            written.add(0L);
        }
        List<byte[]> pending = levels.get(level);
        pending.add(hash);
        if (pending.size() == Tile.FULL) {
            Frontier tree = Frontier.EMPTY;
            for (byte[] each : pending) {
                tree = tree.append(each);
            }
            tile(level, new Tile(written.get(level), Tile.FULL));
            hash(level + 1, tree.root().bytes());
        }
    }

    private void tile(int level, Tile tile) throws IOException {
        List<byte[]> pending = levels.get(level);
        zip.add(tile.hashFile(level), pending.toArray(byte[][]::new));
        pending.clear();
        written.set(level, tile.number() + 1);
    }

    /// Writes what belongs to these entries: proofs and attachments.
    private void entries(List<Entry> entries, Optional<Prover> prover) throws IOException {
        for (Entry entry : entries) {
            if (prover.isPresent()) {
                add(Layout.proof(entry.index()), prover.get().prove(entry).toString());
            }
            for (Commitment commitment : entry.attachments()) {
                attachment(commitment);
            }
            Erasure.in(entry).ifPresent(erasure -> missing.remove(erasure.hash()));
        }
    }

    private void attachment(Commitment commitment) throws IOException {
        Optional<Salted> found = archive.salted(commitment);
        if (found.isEmpty()) {
            missing.add(commitment.hash());
        } else if (attachments.add(commitment.hash())) {
            zip.add(
                    Layout.attachment(commitment.hash()),
                    found.get().salt(),
                    found.get().content());
        }
    }

    private void add(String name, String text) throws IOException {
        zip.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
