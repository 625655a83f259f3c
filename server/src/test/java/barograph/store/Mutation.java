package barograph.store;

import barograph.record.Digest;
import barograph.record.Entry;
import barograph.record.Tile;
import barograph.record.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// One change to the files of an export, by somebody who does not have the key, and where it must be found.
final class Mutation {
    private final Map<String, byte[]> files;
    private final List<Entry> entries;
    private final SplittableRandom random;
    private final long size;
    private String what = "";
    private long first;
    private long last;
    private boolean kindIsKnown;

    /// @param files of the export
    /// @param entries that it has, in order
    Mutation(Map<String, byte[]> files, List<Entry> entries, SplittableRandom random) {
        this.files = new LinkedHashMap<>(files);
        this.entries = entries;
        this.random = random;
        this.size = 300;
        boolean whole = files.keySet().stream().anyMatch(name -> name.startsWith("tile/entries/"));
        if (whole) {
            mutateWhole();
        } else {
            mutatePart();
        }
    }

    Map<String, byte[]> files() {
        return files;
    }

    /// The first entry that may be named.
    long first() {
        return first;
    }

    /// The last entry that may be named.
    long last() {
        return last;
    }

    /// Whether the entry can still be read somewhere in the export, so that its kind must be named.
    boolean kindIsKnown() {
        return kindIsKnown;
    }

    @Override
    public String toString() {
        return what;
    }

    private void mutateWhole() {
        switch (random.nextInt(13)) {
            case 0 -> flipInEntries();
            case 1 -> remove();
            case 2 -> insert();
            case 3 -> exchange();
            case 4 -> rewrite();
            case 5 -> truncate();
            case 6 -> flipInHashes();
            case 7 -> rewriteWithHash();
            case 8 -> flip("VERIFY.md", "record.vkey", "checkpoint");
            case 9 -> dropFile();
            case 10 -> addFile();
            default -> mutatePart();
        }
    }

    private void mutatePart() {
        switch (random.nextInt(6)) {
            case 0 -> flipInProof();
            case 1 -> exchangeAttachments();
            case 2 -> changeAttachment();
            case 3 -> dropAttachment();
            case 4 -> exchangeProofs();
            default -> dropProof();
        }
    }

    private void flipInEntries() {
        Tile tile = tile();
        byte[] file = copy(tile.entryFile());
        int at = random.nextInt(file.length);
        file[at] ^= (byte) (1 << random.nextInt(8));
        files.put(tile.entryFile(), file);
        int entry = 0;
        for (int begin = 0; entry < tile.width(); entry++) {
            begin += 2 + entries.get((int) tile.first() + entry).leaf().length;
            if (at < begin) {
                break;
            }
        }
        expect(tile.first() + entry, true, "flips byte " + at + " of " + tile.entryFile());
    }

    private void remove() {
        Tile tile = tile();
        List<byte[]> leaves = leaves(tile);
        int place = random.nextInt(leaves.size());
        leaves.remove(place);
        files.put(tile.entryFile(), Tile.pack(leaves));
        expect(tile.first() + place, true, "removes an entry");
    }

    private void insert() {
        Tile tile = tile();
        List<byte[]> leaves = leaves(tile);
        int place = random.nextInt(leaves.size());
        leaves.add(place, forged(entries.get(random.nextInt(entries.size()))));
        files.put(tile.entryFile(), Tile.pack(leaves));
        expect(tile.first() + place, false, "puts an entry in");
    }

    private void exchange() {
        Tile tile = tile();
        List<byte[]> leaves = leaves(tile);
        int one = random.nextInt(leaves.size() - 1);
        int other = random.nextInt(one + 1, leaves.size());
        Collections.swap(leaves, one, other);
        files.put(tile.entryFile(), Tile.pack(leaves));
        expect(tile.first() + one, true, "exchanges two entries");
    }

    private void rewrite() {
        Tile tile = tile();
        List<byte[]> leaves = leaves(tile);
        int place = random.nextInt(leaves.size());
        leaves.set(place, forged(entries.get((int) tile.first() + place)));
        files.put(tile.entryFile(), Tile.pack(leaves));
        expect(tile.first() + place, true, "writes an entry anew");
    }

    /// Cuts the end off, with the hashes and proofs of what is cut.
    private void truncate() {
        long kept = size - 1 - random.nextInt(40);
        Tile tile = Tile.of(1, size);
        Tile shorter = Tile.of(1, kept);
        files.remove(tile.entryFile());
        files.put(shorter.entryFile(), Tile.pack(leaves(tile).subList(0, shorter.width())));
        byte[] hashes = copy(tile.hashFile(0));
        files.remove(tile.hashFile(0));
        files.put(shorter.hashFile(0), Arrays.copyOf(hashes, 32 * shorter.width()));
        for (long index = kept; index < size; index++) {
            files.remove("proofs/" + index + ".tlog-proof");
        }
        expect(kept, false, "cuts the record to " + kept);
    }

    private void flipInHashes() {
        Tile tile = tile();
        byte[] hashes = copy(tile.hashFile(0));
        int at = random.nextInt(hashes.length);
        hashes[at] ^= (byte) (1 << random.nextInt(8));
        files.put(tile.hashFile(0), hashes);
        expect(tile.first() + at / 32, true, "flips byte " + at + " of " + tile.hashFile(0));
    }

    /// Writes an entry anew, in the tile and in its proof, and corrects its hash and all tiles above.
    private void rewriteWithHash() {
        Tile tile = tile();
        List<byte[]> leaves = leaves(tile);
        int place = random.nextInt(leaves.size());
        long index = tile.first() + place;
        byte[] forged = forged(entries.get((int) index));
        leaves.set(place, forged);
        files.put(tile.entryFile(), Tile.pack(leaves));
        byte[] hashes = copy(tile.hashFile(0));
        System.arraycopy(Tree.leafHash(forged), 0, hashes, 32 * place, 32);
        files.put(tile.hashFile(0), hashes);
        if (tile.number() == 0) {
            List<byte[]> all = leaves.stream().map(Tree::leafHash).toList();
            byte[] above = copy("tile/1/000.p/1");
            byte[] root = Tree.root(256, Tree.Subtrees.over(all)).bytes();
            System.arraycopy(root, 0, above, 0, 32);
            files.put("tile/1/000.p/1", above);
        }
        String name = "proofs/" + index + ".tlog-proof";
        String extra = Base64.getEncoder().encodeToString(forged);
        String proof = new String(copy(name), StandardCharsets.UTF_8).replaceFirst("extra .*", "extra " + extra);
        files.put(name, proof.getBytes(StandardCharsets.UTF_8));
        expect(index, true, "writes an entry anew, with its hash, the tiles above, and its proof");
    }

    private void flip(String... names) {
        String name = names[random.nextInt(names.length)];
        byte[] file = copy(name);
        int at = random.nextInt(file.length);
        file[at] ^= (byte) (1 << random.nextInt(8));
        files.put(name, file);
        expect(-1, false, "flips byte " + at + " of " + name);
    }

    private void dropFile() {
        List<String> names = new ArrayList<>(files.keySet());
        names.removeIf(name -> name.startsWith("attachments/"));
        String name = names.get(random.nextInt(names.size()));
        files.remove(name);
        expect(-1, false, "drops " + name);
        if (name.startsWith("proofs/")) {
            first = Long.parseLong(name.replaceAll("[^0-9]", ""));
        } else if (name.startsWith("tile/")) {
            first = name.startsWith("tile/1/")
                    ? 0
                    : 256 * Long.parseLong(name.replaceAll("tile/[^/]+/([0-9]{3}).*", "$1"));
        }
        last = first;
    }

    private void addFile() {
        List<String> names = List.of(
                "README.md",
                "tile/entries/002",
                "tile/0/001",
                "tile/0/000.p/7",
                "tile/2/000.p/1",
                "proofs/300.tlog-proof",
                "proofs/07.tlog-proof",
                "attachments/" + Digest.of("x").hex(),
                "selection.txt",
                "checkpoint.old");
        String name = names.get(random.nextInt(names.size()));
        files.put(name, "x".getBytes(StandardCharsets.UTF_8));
        expect(-1, false, "adds " + name);
    }

    private void flipInProof() {
        long index = entry().index();
        String name = "proofs/" + index + ".tlog-proof";
        byte[] file = copy(name);
        int at = random.nextInt(file.length);
        file[at] ^= (byte) (1 << random.nextInt(8));
        files.put(name, file);
        expect(index, false, "flips byte " + at + " of " + name);
    }

    private void exchangeProofs() {
        Entry one = entry();
        Entry other = entry();
        if (one.index() == other.index()) {
            mutatePart();
            return;
        }
        String name = "proofs/" + one.index() + ".tlog-proof";
        String otherName = "proofs/" + other.index() + ".tlog-proof";
        byte[] kept = copy(name);
        files.put(name, copy(otherName));
        files.put(otherName, kept);
        expect(
                Math.min(one.index(), other.index()),
                false,
                "exchanges the proofs of " + one.index() + " and " + other.index());
    }

    private void dropProof() {
        long index = entry().index();
        files.remove("proofs/" + index + ".tlog-proof");
        expect(index, false, "drops the proof of " + index);
    }

    private void exchangeAttachments() {
        List<Entry> with = withAttachments();
        int one = random.nextInt(with.size() - 1);
        int other = random.nextInt(one + 1, with.size());
        String name = attachment(with.get(one));
        String otherName = attachment(with.get(other));
        byte[] kept = copy(name);
        files.put(name, copy(otherName));
        files.put(otherName, kept);
        expect(with.get(one).index(), true, "exchanges the attachments of two entries");
    }

    private void changeAttachment() {
        List<Entry> with = withAttachments();
        Entry entry = with.get(random.nextInt(with.size()));
        byte[] file = copy(attachment(entry));
        byte[] changed = random.nextBoolean() ? file : Arrays.copyOf(file, file.length - 1);
        changed[random.nextInt(changed.length)] ^= 1;
        files.put(attachment(entry), changed);
        expect(entry.index(), true, "changes an attachment");
    }

    private void dropAttachment() {
        List<Entry> with = withAttachments();
        Entry entry = with.get(random.nextInt(with.size()));
        files.remove(attachment(entry));
        expect(entry.index(), true, "drops an attachment");
    }

    private byte[] copy(String name) {
        return Objects.requireNonNull(files.get(name), name).clone();
    }

    private Tile tile() {
        return Tile.of(random.nextInt(2), size);
    }

    private Entry entry() {
        return entries.get(random.nextInt(entries.size()));
    }

    private List<byte[]> leaves(Tile tile) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < tile.width(); i++) {
            leaves.add(entries.get((int) tile.first() + i).leaf());
        }
        return leaves;
    }

    /// A good entry of the same kind with other content.
    private static byte[] forged(Entry entry) {
        return new String(entry.leaf(), StandardCharsets.UTF_8)
                .replaceFirst("\"n\":", "\"n\":9")
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<Entry> withAttachments() {
        return entries.stream().filter(entry -> !entry.attachments().isEmpty()).toList();
    }

    private static String attachment(Entry entry) {
        return "attachments/" + entry.attachments().getFirst().hash().hex();
    }

    private void expect(long index, boolean kind, String how) {
        first = index;
        last = index;
        kindIsKnown = kind;
        what = how;
    }
}
