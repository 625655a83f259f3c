package barograph.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The hashes of all entries as an export lists them (tiles of level 0), and whether they are the signed ones.
///
/// Reads one tile after the other: memory grows by 32 bytes for each 256 entries.
final class HashList {
    private final Contents contents;
    private final Checkpoint signed;
    private final Deque<Checkpoint> held;
    private final List<List<byte[]>> levels = new ArrayList<>();
    private Frontier frontier = Frontier.EMPTY;
    private Optional<Verification.Broken> higherTile = Optional.empty();
    private Optional<Verification.Broken> otherHistory = Optional.empty();
    private long files;

    /// @param held checkpoints of the same record that somebody has from earlier
    HashList(Contents contents, Checkpoint signed, List<Checkpoint> held) {
        this.contents = contents;
        this.signed = signed;
        this.held = new ArrayDeque<>(
                held.stream().sorted(Comparator.comparingLong(Checkpoint::size)).toList());
    }

    /// Whether they lead to the signed root, so that whatever differs from them was changed.
    boolean isSigned() {
        return frontier.root().equals(signed.root());
    }

    /// How many files were read for it.
    long files() {
        return files;
    }

    /// A tile on a higher level that does not fit those below it, which says where the list was changed.
    Optional<Verification.Broken> higherTile() {
        return higherTile;
    }

    /// The hashes in a tile of level 0.
    ///
    /// @throws Malformed when it is not there, or not of its size
    byte[] tile(Tile tile) {
        byte[] hashes = contents.file(tile.hashFile(0), Tile.HASHES_LIMIT)
                .orElseThrow(() -> new Malformed(tile.hashFile(0) + " is missing: the list of hashes of entries "
                        + tile.first() + " to " + (tile.first() + tile.width() - 1)));
        if (hashes.length != tile.width() * Tree.HASH_BYTES) {
            throw new Malformed(tile.hashFile(0) + " has " + hashes.length + " bytes, not 32 for each of "
                    + tile.width() + " entries");
        }
        return hashes;
    }

    static byte[] hash(byte[] tile, int place) {
        return Arrays.copyOfRange(tile, place * Tree.HASH_BYTES, (place + 1) * Tree.HASH_BYTES);
    }

    /// Reads the whole list.
    ///
    /// @return what is missing of it, or what shows that the record is not the one that somebody holds a checkpoint
    /// of
    Optional<Verification.Broken> read() {
        for (long number = 0; number < Tile.count(signed.size()); number++) {
            Tile tile = Tile.of(number, signed.size());
            byte[] hashes;
            try {
                hashes = tile(tile);
            } catch (Malformed e) {
                return Optional.of(new Verification.Broken(cut(tile), "", e.getMessage()));
            }
            files++;
            add(tile, hashes);
        }
        compareHeld();
        higherTiles();
        return isSigned() ? otherHistory.or(this::shorterThanHeld) : Optional.empty();
    }

    private void add(Tile tile, byte[] hashes) {
        Frontier own = Frontier.EMPTY;
        for (int i = 0; i < tile.width(); i++) {
            compareHeld();
            byte[] hash = hash(hashes, i);
            frontier = frontier.append(hash);
            own = own.append(hash);
        }
        if (tile.width() == Tile.FULL) {
            addHigher(0, own.root().bytes());
        }
    }

    private void addHigher(int place, byte[] hash) {
        if (levels.size() == place) {
            levels.add(new ArrayList<>());
        }
        List<byte[]> level = levels.get(place);
        level.add(hash);
        if (level.size() % Tile.FULL == 0) {
            Frontier own = Frontier.EMPTY;
            for (byte[] each : level.subList(level.size() - Tile.FULL, level.size())) {
                own = own.append(each);
            }
            addHigher(place + 1, own.root().bytes());
        }
    }

    private void compareHeld() {
        while (!held.isEmpty() && held.getFirst().size() == frontier.size()) {
            Checkpoint earlier = held.removeFirst();
            if (!earlier.root().equals(frontier.root()) && otherHistory.isEmpty()) {
                otherHistory = Optional.of(new Verification.Broken(
                        Verification.Broken.NOWHERE,
                        "",
                        "The first " + earlier.size() + " entries are not those of the checkpoint that you hold from "
                                + "earlier: the record was written anew, and signed again by whoever has its key."));
            }
        }
    }

    private Optional<Verification.Broken> shorterThanHeld() {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Verification.Broken(
                signed.size(),
                "",
                "You hold a checkpoint over " + held.getLast().size() + " entries, and this record has " + signed.size()
                        + ": it is an older state, or its end was cut off."));
    }

    /// Compares the tiles above level 0 with what the list says that they are.
    private void higherTiles() {
        for (int place = 0; place < levels.size(); place++) {
            List<byte[]> level = levels.get(place);
            for (long number = 0; number < Tile.count(level.size()); number++) {
                Tile tile = Tile.of(number, level.size());
                compare(place + 1, tile, level);
                files++;
            }
        }
    }

    private void compare(int level, Tile tile, List<byte[]> computed) {
        byte[] found = contents.file(tile.hashFile(level), Tile.HASHES_LIMIT).orElseGet(() -> new byte[0]);
        long span = 1L << (8 * level);
        for (int i = 0; i < tile.width(); i++) {
            int place = Math.toIntExact(tile.first()) + i;
            boolean same = found.length == tile.width() * Tree.HASH_BYTES
                    && Arrays.equals(hash(found, i), computed.get(place));
            if (!same && higherTile.isEmpty()) {
                long first = place * span;
                higherTile = Optional.of(new Verification.Broken(
                        first,
                        "",
                        tile.hashFile(level) + " does not fit the hashes of entries " + first + " to "
                                + (first + span - 1) + ": one of the two was changed."));
            }
        }
    }

    /// Where a list ends that has a shorter tile in place of this one.
    private long cut(Tile tile) {
        for (int width = tile.width() - 1; width > 0; width--) {
            String shorter = new Tile(tile.number(), width).hashFile(0);
            if (contents.file(shorter, Tile.HASHES_LIMIT).isPresent()) {
                return tile.first() + width;
            }
        }
        return tile.first();
    }
}
