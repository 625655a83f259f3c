package barograph.record;

import org.jspecify.annotations.Nullable;

/// The right edge of a [Tree]: all that is needed to append to it and to know its root, in at most 63 hashes.
///
/// Immutable, so that an append whose entry did not become durable is forgotten by keeping the old one.
public final class Frontier {
    public static final Frontier EMPTY = new Frontier(0, null);

    private final long size;
    private final @Nullable Peak last;

    /// A complete subtree of 2^`height` leaves, and the larger ones to its left.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Peak(byte[] hash, int height, @Nullable Peak left) {}

    private Frontier(long size, @Nullable Peak last) {
        this.size = size;
        this.last = last;
    }

    /// How many leaves there are.
    public long size() {
        return size;
    }

    /// The frontier with one more leaf, of which this is the hash ([Tree#leafHash]).
    public Frontier append(byte[] leafHash) {
        byte[] hash = leafHash;
        int height = 0;
        Peak left = last;
        while (left != null && left.height == height) {
            hash = Tree.node(left.hash, hash);
            height++;
            left = left.left;
        }
        return new Frontier(size + 1, new Peak(hash, height, left));
    }

    /// The root hash of all leaves so far.
    public Digest root() {
        if (last == null) {
            return Tree.EMPTY_ROOT;
        }
        byte[] root = last.hash;
        for (Peak left = last.left; left != null; left = left.left) {
            root = Tree.node(left.hash, root);
        }
        return Digest.wrap(root);
    }
}
