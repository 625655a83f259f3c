package barograph.record;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A short list of hashes that leads from a part of a [Tree] to its root. Whoever has the root needs nothing else.
public sealed interface Proof {
    /// The hashes on the way, from the bottom up.
    List<Digest> path();

    /// That an entry stands at `index` among the first `size`.
    record Inclusion(long index, long size, List<Digest> path) implements Proof {
        public Inclusion {
            path = List.copyOf(path);
        }

        /// Whether the way leads from this leaf hash to this root (RFC 9162 section 2.1.3.2).
        public boolean leads(Digest leafHash, Digest root) {
            if (index < 0 || index >= size) {
                return false;
            }
            Walk walk = new Walk(index, size - 1);
            byte[] hash = leafHash.bytes();
            for (Digest sibling : path) {
                if (walk.isOver()) {
                    return false;
                }
                hash = walk.up() ? Tree.node(sibling.bytes(), hash) : Tree.node(hash, sibling.bytes());
            }
            return walk.isOver() && Arrays.equals(hash, root.bytes());
        }
    }

    /// That the first `older` entries of a record are still the beginning of its first `size`.
    record Consistency(long older, long size, List<Digest> path) implements Proof {
        public Consistency {
            path = List.copyOf(path);
        }

        /// Whether the way leads to both roots (RFC 9162 section 2.1.4.2). From size 0 there is nothing to prove, so
        /// that no proof from there counts.
        public boolean leads(Digest olderRoot, Digest root) {
            if (older < 1 || older > size) {
                return false;
            }
            if (older == size) {
                return path.isEmpty() && olderRoot.equals(root);
            }
            Deque<Digest> hashes = new ArrayDeque<>(path);
            if (Long.bitCount(older) == 1) {
                hashes.addFirst(olderRoot);
            }
            return !hashes.isEmpty() && walk(hashes, olderRoot, root);
        }

        private boolean walk(Deque<Digest> hashes, Digest olderRoot, Digest root) {
            Walk walk = new Walk(older - 1, size - 1).fromCompleteSubtree();
            byte[] small = hashes.removeFirst().bytes();
            byte[] large = small;
            for (Digest sibling : hashes) {
                if (walk.isOver()) {
                    return false;
                }
                if (walk.up()) {
                    small = Tree.node(sibling.bytes(), small);
                    large = Tree.node(sibling.bytes(), large);
                } else {
                    large = Tree.node(large, sibling.bytes());
                }
            }
            return walk.isOver() && Arrays.equals(small, olderRoot.bytes()) && Arrays.equals(large, root.bytes());
        }
    }

    /// The way up from a node to the root: `fn` and `sn` of RFC 9162, the node's place on its level and the last
    /// one's.
    final class Walk {
        private long node;
        private long last;

        private Walk(long node, long last) {
            this.node = node;
            this.last = last;
        }

        private Walk fromCompleteSubtree() {
            int levels = Long.numberOfTrailingZeros(~node);
            node >>= levels;
            last >>= levels;
            return this;
        }

        private boolean isOver() {
            return last == 0;
        }

        /// Goes to the next sibling and past it.
        ///
        /// @return whether the sibling is the left one
        private boolean up() {
            boolean left = (node & 1) == 1 || node == last;
            while (left && (node & 1) == 0 && node != 0) {
                node >>= 1; // the last node of its level has no sibling there: it moves up unchanged
                last >>= 1;
            }
            node >>= 1;
            last >>= 1;
            return left;
        }
    }
}
