package barograph.record;

import barograph.record.Verification.Broken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares the entries of an export, one after the other, with the list of their hashes, and checks what belongs to
/// each: its proof and its attachments.
final class EntryCheck {
    /// In bytes: an entry in base64, 63 hashes, and a checkpoint with many witnesses.
    private static final int PROOF_LIMIT = 2 * Entry.LIMIT + Note.LIMIT;

    private final Contents contents;
    private final String checkpoint;
    private final Checkpoint signed;
    private final HashList list;
    private final Optional<Selection> selection;
    private final Set<Digest> attachments = new HashSet<>();
    private final Map<Digest, Broken> missing = new LinkedHashMap<>();
    private final List<Erasure> holes = new ArrayList<>();
    private long current = Broken.NOWHERE;
    private long entries;
    private long files;

    /// @param checkpoint as it is written, which every proof must repeat
    EntryCheck(Contents contents, String checkpoint, Checkpoint signed, HashList list, Optional<Selection> selection) {
        this.contents = contents;
        this.checkpoint = checkpoint;
        this.signed = signed;
        this.list = list;
        this.selection = selection;
    }

    /// How many entries were found right.
    long entries() {
        return entries;
    }

    /// How many files were read for it.
    long files() {
        return files + attachments.size();
    }

    /// The attachments that are there and belong to an entry.
    Set<Digest> attachments() {
        return attachments;
    }

    /// The attachments that were erased on purpose.
    List<Erasure> holes() {
        return holes;
    }

    /// Goes through all entries, up to the first that is wrong.
    Optional<Broken> run() {
        try {
            Optional<Broken> broken = selection.isPresent() ? selected(selection.get()) : whole();
            return broken.or(() -> missing.values().stream().findFirst());
        } catch (Malformed e) {
            return Optional.of(new Broken(current, "", e.getMessage()));
        }
    }

    private Optional<Broken> whole() {
        Optional<Broken> broken = Optional.empty();
        for (long number = 0; number < Tile.count(signed.size()) && broken.isEmpty(); number++) {
            broken = tile(Tile.of(number, signed.size()));
        }
        return broken;
    }

    private Optional<Broken> tile(Tile tile) {
        current = tile.first();
        byte[] hashes = list.tile(tile);
        List<byte[]> listed = new ArrayList<>();
        for (int i = 0; i < tile.width(); i++) {
            listed.add(HashList.hash(hashes, i));
        }
        List<byte[]> leaves = Tile.unpack(entryFile(tile));
        List<byte[]> found = leaves.stream().map(Tree::leafHash).toList();
        Optional<Broken> broken = Optional.empty();
        Comparison comparison = Comparison.of(tile.first(), found, listed);
        for (int i = 0; i < comparison.place() && broken.isEmpty(); i++) {
            broken = entry(tile.first() + i, leaves.get(i), found.get(i));
        }
        if (broken.isPresent() || comparison.same()) {
            return broken;
        }
        int place = comparison.place();
        byte[] there = place < leaves.size() ? leaves.get(place) : new byte[0];
        return Optional.of(differs(tile.first() + place, there, listed.get(place), comparison));
    }

    /// The bytes of a file of entries. One that is shorter than it should be still tells up to where it goes.
    private byte[] entryFile(Tile tile) {
        files++;
        for (int width = tile.width(); width > 0; width--) {
            String name = new Tile(tile.number(), width).entryFile();
            Optional<byte[]> file = contents.file(name, Tile.ENTRIES_LIMIT);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new Malformed(
                tile.entryFile() + " is missing: entries " + tile.first() + " to " + (tile.first() + tile.width() - 1));
    }

    private Broken differs(long index, byte[] leaf, byte[] listed, Comparison comparison) {
        Optional<ProofFile> proof = proofs() ? readable(index) : Optional.empty();
        if (!list.isSigned() && proof.isPresent() && proof.get().proves(Digest.wrap(Tree.leafHash(leaf)), signed)) {
            return new Broken(
                    index,
                    kind(index, leaf),
                    "The list of hashes was changed at entry " + index + "; the entry itself is what was signed.");
        }
        String kind = proof.filter(file -> Arrays.equals(Tree.leafHash(file.leaf()), listed))
                .map(file -> kind(index, file.leaf()))
                .orElseGet(() -> comparison.there() ? kind(index, leaf) : "");
        return new Broken(index, kind, sentence(comparison.how()));
    }

    private Optional<Broken> selected(Selection chosen) {
        for (long index : chosen.indexes()) {
            current = index;
            byte[] tile = list.tile(Tile.of(index / Tile.FULL, signed.size()));
            byte[] listed = HashList.hash(tile, (int) (index % Tile.FULL));
            ProofFile proof = ProofFile.parse(new String(proofFile(index), StandardCharsets.UTF_8));
            byte[] found = Tree.leafHash(proof.leaf());
            Optional<Broken> broken = Arrays.equals(found, listed)
                    ? entry(index, proof.leaf(), found)
                    : Optional.of(differs(
                            index,
                            proof.leaf(),
                            listed,
                            new Comparison(0, "entry " + index + " is not what was signed", true)));
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    /// Checks an entry that has the listed hash.
    private Optional<Broken> entry(long index, byte[] leaf, byte[] hash) {
        current = index;
        Entry entry = Entry.decode(index, leaf);
        if (selection.isPresent() && !entry.subject().equals(selection.get().subject())) {
            return Optional.of(new Broken(
                    index,
                    entry.kind(),
                    "Entry " + index + " is about '" + entry.subject() + "', not about '"
                            + selection.get().subject() + "'."));
        }
        entries++;
        Erasure.in(entry)
                .filter(erasure -> missing.remove(erasure.hash()) != null)
                .ifPresent(holes::add);
        Optional<Broken> broken = proofs() ? proof(entry, hash) : Optional.empty();
        for (Commitment commitment : entry.attachments()) {
            broken = broken.or(() -> attachment(entry, commitment));
        }
        return broken;
    }

    private Optional<Broken> proof(Entry entry, byte[] hash) {
        byte[] file = proofFile(entry.index());
        files++;
        ProofFile proof = ProofFile.parse(new String(file, StandardCharsets.UTF_8));
        boolean leads = proof.index() == entry.index() && proof.proves(Digest.wrap(hash), signed);
        if (!leads && !list.isSigned()) {
            return Optional.of(new Broken(
                    entry.index(),
                    entry.kind(),
                    "Entry " + entry.index()
                            + " was changed together with its hash in the list: it does not lead to the signed root."));
        }
        boolean exact = Arrays.equals(proof.leaf(), entry.leaf())
                && proof.checkpoint().equals(checkpoint)
                && Arrays.equals(proof.toString().getBytes(StandardCharsets.UTF_8), file);
        if (!leads || !exact) {
            return Optional.of(new Broken(
                    entry.index(),
                    entry.kind(),
                    Layout.proof(entry.index()) + " was changed; the entry itself is what was signed."));
        }
        return Optional.empty();
    }

    private Optional<Broken> attachment(Entry entry, Commitment commitment) {
        Optional<Contents.Measured> file = contents.measured(Layout.attachment(commitment.hash()));
        if (file.isEmpty()) {
            missing.putIfAbsent(
                    commitment.hash(),
                    new Broken(
                            entry.index(),
                            entry.kind(),
                            "The attachment '"
                                    + commitment.name() + "' of entry " + entry.index()
                                    + " is missing, and no entry says that it was erased."));
            return Optional.empty();
        }
        attachments.add(commitment.hash());
        boolean same = file.get().hash().equals(commitment.hash())
                && file.get().size() == commitment.size() + Salted.SALT_BYTES;
        return same
                ? Optional.empty()
                : Optional.of(new Broken(
                        entry.index(),
                        entry.kind(),
                        "The attachment '" + commitment.name() + "' of entry " + entry.index()
                                + " was changed or exchanged."));
    }

    /// Whether an export of this size has a proof for each of its entries.
    private boolean proofs() {
        return selection.isPresent() || signed.size() <= Layout.MOST_PROOFS;
    }

    private byte[] proofFile(long index) {
        return contents.file(Layout.proof(index), PROOF_LIMIT)
                .orElseThrow(() -> new Malformed(Layout.proof(index) + " is missing"));
    }

    private Optional<ProofFile> readable(long index) {
        try {
            return Optional.of(ProofFile.parse(new String(proofFile(index), StandardCharsets.UTF_8)));
        } catch (Malformed e) {
            return Optional.empty(); // it was to tell more about an entry that is already known to be wrong
        }
    }

    private static String kind(long index, byte[] leaf) {
        try {
            return Entry.decode(index, leaf).kind();
        } catch (Malformed e) {
            return ""; // not known
        }
    }

    private static String sentence(String how) {
        return Character.toUpperCase(how.charAt(0)) + how.substring(1) + ".";
    }
}
