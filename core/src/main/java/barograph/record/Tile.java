package barograph.record;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Up to 256 neighbours in one file: entries, their hashes, or hashes over full tiles of the level below (C2SP
/// tlog-tiles). Only the last tile of a level is not full.
///
/// @param number its place among the tiles of its level, from 0
/// @param width how many entries or hashes, 1 to 256
public record Tile(long number, int width) {
    public static final int FULL = 256;

    private static final int BITS = 8;
    private static final int LENGTH_BYTES = 2;

    /// How many bytes a file of entries may have.
    static final int ENTRIES_LIMIT = FULL * (LENGTH_BYTES + Entry.LIMIT);

    static final int HASHES_LIMIT = FULL * Tree.HASH_BYTES;

    public Tile {
        if (number < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile " + number + " with " + width + " in it");
        }
    }

    /// How many hashes there are on a level of a tree of `size` leaves; level 0 has the leaf hashes.
    public static long hashes(int level, long size) {
        return BITS * level >= Long.SIZE ? 0 : size >> (BITS * level);
    }

    /// How many tiles hold this many entries or hashes.
    public static long count(long hashes) {
        return (hashes + FULL - 1) / FULL;
    }

    /// The tile with this number among those that hold `hashes` entries or hashes.
    public static Tile of(long number, long hashes) {
        return new Tile(number, (int) Math.min(FULL, hashes - number * FULL));
    }

    /// The place of its first entry or hash on its level.
    public long first() {
        return number * FULL;
    }

    /// The name of the file with its hashes.
    public String hashFile(int level) {
        return "tile/" + level + "/" + path();
    }

    /// The name of the file with its entries.
    public String entryFile() {
        return "tile/entries/" + path();
    }

    private String path() {
        StringBuilder path = new StringBuilder(digits(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + digits(rest % 1000) + "/");
        }
        return width == FULL ? path.toString() : path + ".p/" + width;
    }

    private static String digits(long below1000) {
        return Long.toString(1000 + below1000).substring(1);
    }

    /// A file of entries: each with its length before it, as 16 bits, big end first.
    public static byte[] pack(List<byte[]> leaves) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] leaf : leaves) {
            if (leaf.length > Entry.LIMIT) {
                throw new IllegalArgumentException("an entry of " + leaf.length + " bytes");
            }
            out.write(leaf.length >> 8);
            out.write(leaf.length);
            out.writeBytes(leaf);
        }
        return out.toByteArray();
    }

    /// The entries of a file that may have been damaged: what cannot be told apart is one last piece, so that no
    /// byte of it goes unnoticed.
    static List<byte[]> unpack(byte[] file) {
        List<byte[]> leaves = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int begin = at + LENGTH_BYTES;
            int end = begin > file.length
                    ? Integer.MAX_VALUE
                    : begin + (((file[at] & 0xff) << 8) | (file[at + 1] & 0xff));
            if (end > file.length || leaves.size() > FULL) {
                leaves.add(Arrays.copyOfRange(file, at, file.length));
                break;
            }
            leaves.add(Arrays.copyOfRange(file, begin, end));
            at = end;
        }
        return leaves;
    }
}
