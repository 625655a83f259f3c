package barograph.record;

import java.util.ArrayList;
import java.util.List;

/// The Merkle tree over the entries (RFC 6962 section 2.1): its hashes, roots and proofs.
///
/// A hash is 32 bytes. A leaf's is SHA-256 of 0x00 and the entry, a node's is SHA-256 of 0x01 and its two children,
/// so that neither can pass for the other. A tree of n leaves splits at the largest power of two below n.
public final class Tree {
    /// The root hash of no leaves: SHA-256 of nothing.
    public static final Digest EMPTY_ROOT = Digest.of(new byte[0]);

    static final int HASH_BYTES = 32;
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Tree() {}

    /// Where a tree's hashes come from: those of its complete subtrees.
    @FunctionalInterface
    public interface Subtrees {
        /// The hash of the `index`-th complete subtree of 2^`level` leaves; level 0 has the leaf hashes.
        byte[] hash(int level, long index);

        /// Those over leaf hashes that are in memory: as many bytes again as they have.
        static Subtrees over(List<byte[]> leafHashes) {
            List<List<byte[]>> levels = new ArrayList<>(List.of(List.copyOf(leafHashes)));
            while (levels.getLast().size() > 1) {
                List<byte[]> below = levels.getLast();
                List<byte[]> level = new ArrayList<>(below.size() / 2);
                for (int i = 0; i + 1 < below.size(); i += 2) {
                    level.add(node(below.get(i), below.get(i + 1)));
                }
                levels.add(level);
            }
            return (level, index) -> levels.get(level).get(Math.toIntExact(index));
        }
    }

    public static byte[] leafHash(byte[] leaf) {
        return Digest.hash(LEAF, leaf);
    }

    static byte[] node(byte[] left, byte[] right) {
        return Digest.hash(NODE, left, right);
    }

    /// The root hash of the first `size` leaves.
    public static Digest root(long size, Subtrees subtrees) {
        return size == 0 ? EMPTY_ROOT : Digest.wrap(hash(0, size, subtrees));
    }

    /// Proves that the leaf at `index` is among the first `size` (RFC 6962 section 2.1.1).
    public static Proof.Inclusion inclusion(long index, long size, Subtrees subtrees) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " among the first " + size);
        }
        List<Digest> path = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                path.addFirst(Digest.wrap(hash(middle, end, subtrees)));
                end = middle;
            } else {
                path.addFirst(Digest.wrap(hash(begin, middle, subtrees)));
                begin = middle;
            }
        }
        return new Proof.Inclusion(index, size, path);
    }

    /// Proves that the first `older` leaves are the beginning of the first `size` (RFC 6962 section 2.1.2).
    public static Proof.Consistency consistency(long older, long size, Subtrees subtrees) {
        if (older < 1 || older > size) {
            throw new IllegalArgumentException("no proof from size " + older + " to size " + size);
        }
        List<Digest> path = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end != older) {
            long middle = begin + split(end - begin);
            if (older <= middle) {
                path.addFirst(Digest.wrap(hash(middle, end, subtrees)));
                end = middle;
            } else {
                path.addFirst(Digest.wrap(hash(begin, middle, subtrees)));
                begin = middle;
            }
        }
        if (begin > 0) {
            path.addFirst(Digest.wrap(hash(begin, end, subtrees)));
        }
        return new Proof.Consistency(older, size, path);
    }

    /// The hash of the leaves from `begin` to before `end`, which starts where [#split] leads to.
    private static byte[] hash(long begin, long end, Subtrees subtrees) {
        long width = end - begin;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return subtrees.hash(level, begin >> level);
        }
        long middle = begin + split(width);
        return node(hash(begin, middle, subtrees), hash(middle, end, subtrees));
    }

    /// The largest power of two below `width`, which is at least 2.
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
