package barograph.record;

import java.util.ArrayList;
import java.util.List;

/// Makes proofs for the entries of a record as it is at one checkpoint. Holds 64 bytes per entry in memory.
public final class Prover {
    private static final int PAGE = 1000;

    private final Note checkpoint;
    private final long size;
    private final Tree.Subtrees subtrees;

    /// @param checkpoint signed, over at least as many entries as there are hashes
    /// @param leafHashes of all entries that it covers
    public Prover(Note checkpoint, List<byte[]> leafHashes) {
        Checkpoint covered = Checkpoint.parse(checkpoint.text());
        this.checkpoint = checkpoint;
        this.size = covered.size();
        this.subtrees = Tree.Subtrees.over(leafHashes);
        if (leafHashes.size() != size || !Tree.root(size, subtrees).equals(covered.root())) {
            throw new IllegalArgumentException(
                    "these " + leafHashes.size() + " hashes are not those of the checkpoint");
        }
    }

    /// For the whole record as it is now.
    public static Prover of(Recorder recorder) {
        Note checkpoint = Note.parse(recorder.checkpoint());
        long size = Checkpoint.parse(checkpoint.text()).size();
        List<byte[]> leafHashes = new ArrayList<>();
        while (leafHashes.size() < size) {
            int wanted = (int) Math.min(PAGE, size - leafHashes.size());
            recorder.entries(leafHashes.size(), wanted).forEach(entry -> leafHashes.add(Tree.leafHash(entry.leaf())));
        }
        return new Prover(checkpoint, leafHashes);
    }

    /// How many entries it can prove: those before this index.
    public long size() {
        return size;
    }

    /// The proof that this entry is in the record.
    public ProofFile prove(Entry entry) {
        return new ProofFile(
                entry.leaf(),
                entry.index(),
                Tree.inclusion(entry.index(), size, subtrees).path(),
                checkpoint.toString());
    }

    /// The proof that a checkpoint over `older` entries is of the same record.
    public Proof.Consistency since(long older) {
        return Tree.consistency(older, size, subtrees);
    }
}
