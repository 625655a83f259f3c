package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TreeTest {
    @Test
    void agrees_with_the_reference_on_every_leaf_hash_and_root() {
        JsonNode log = Vectors.log("leaves-and-roots.json");
        Frontier frontier = Frontier.EMPTY;
        assertThat(frontier.root()).isEqualTo(Vectors.digest(log.get("EmptyRoot")));

        for (JsonNode leaf : log.get("Leaves")) {
            byte[] hash = Tree.leafHash(Vectors.bytes(leaf.get("Leaf")));
            frontier = frontier.append(hash);

            assertThat(hash).isEqualTo(Vectors.bytes(leaf.get("LeafHash")));
            assertThat(frontier.root()).as("size %d", frontier.size()).isEqualTo(Vectors.digest(leaf.get("RootAfter")));
        }
        assertThat(frontier.size()).isEqualTo(600);
    }

    static Stream<JsonNode> inclusions() {
        return Vectors.all(Vectors.log("inclusion.json")).stream();
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void agrees_with_the_reference_on_inclusion(JsonNode given) {
        long index = given.get("Index").longValue();
        long size = given.get("Size").longValue();
        Proof.Inclusion proof = new Proof.Inclusion(index, size, Vectors.digests(given.get("Proof")));

        boolean leads = proof.leads(Vectors.digest(given.get("LeafHash")), Vectors.digest(given.get("Root")));

        assertThat(leads)
                .as(given.get("Case").stringValue())
                .isEqualTo(given.get("Valid").booleanValue());
        if (given.get("Case").stringValue().equals("ok")) {
            assertThat(Tree.inclusion(index, size, Vectors.subtrees(Vectors.leafHashes())))
                    .isEqualTo(proof);
        }
    }

    static Stream<JsonNode> consistencies() {
        return Vectors.all(Vectors.log("consistency.json")).stream();
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void agrees_with_the_reference_on_consistency(JsonNode given) {
        long older = given.get("Size1").longValue();
        long size = given.get("Size2").longValue();
        Proof.Consistency proof = new Proof.Consistency(older, size, Vectors.digests(given.get("Proof")));

        boolean leads = proof.leads(Vectors.digest(given.get("Root1")), Vectors.digest(given.get("Root2")));

        assertThat(leads)
                .as(given.get("Case").stringValue())
                .isEqualTo(given.get("Valid").booleanValue());
        if (given.get("Case").stringValue().equals("ok")) {
            assertThat(Tree.consistency(older, size, Vectors.subtrees(Vectors.leafHashes())))
                    .isEqualTo(proof);
        }
    }

    @Test
    void every_proof_of_every_small_tree_leads_to_its_root_and_to_no_other() {
        List<byte[]> leaves = Vectors.leafHashes();
        Tree.Subtrees subtrees = Vectors.subtrees(leaves);
        Frontier frontier = Frontier.EMPTY;
        List<Digest> roots = new ArrayList<>(List.of(frontier.root()));
        for (int size = 1; size <= 40; size++) {
            frontier = frontier.append(leaves.get(size - 1));
            roots.add(frontier.root());
            assertThat(Tree.root(size, subtrees)).isEqualTo(frontier.root());
            for (int i = 0; i < size; i++) {
                Proof.Inclusion inclusion = Tree.inclusion(i, size, subtrees);
                assertThat(inclusion.leads(Digest.wrap(leaves.get(i)), roots.get(size)))
                        .isTrue();
                assertThat(inclusion.leads(Digest.wrap(leaves.get(i)), roots.get(size - 1)))
                        .isFalse();
                Proof.Consistency consistency = Tree.consistency(i + 1, size, subtrees);
                assertThat(consistency.leads(roots.get(i + 1), roots.get(size))).isTrue();
                assertThat(consistency.leads(roots.get(i), roots.get(size))).isFalse();
            }
        }
    }

    @Test
    void a_proof_with_one_bit_changed_leads_nowhere() {
        SplittableRandom random = new SplittableRandom(6962);
        List<byte[]> leaves = Vectors.leafHashes();
        Tree.Subtrees subtrees = Vectors.subtrees(leaves);
        for (int i = 0; i < 500; i++) {
            int size = random.nextInt(2, 600);
            int index = random.nextInt(size);
            Proof.Inclusion proof = Tree.inclusion(index, size, subtrees);
            List<Digest> path = new ArrayList<>(proof.path());
            int at = random.nextInt(path.size());
            byte[] hash = path.get(at).bytes();
            hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            path.set(at, Digest.wrap(hash));

            assertThat(new Proof.Inclusion(index, size, path)
                            .leads(Digest.wrap(leaves.get(index)), Tree.root(size, subtrees)))
                    .as("index %d of %d, hash %d", index, size, at)
                    .isFalse();
        }
    }

    @Test
    void absurd_sizes_prove_nothing_and_end_at_once() {
        Digest root = Tree.EMPTY_ROOT;

        assertThat(new Proof.Inclusion(0, 0, List.of()).leads(root, root)).isFalse();
        assertThat(new Proof.Inclusion(-1, 5, List.of()).leads(root, root)).isFalse();
        assertThat(new Proof.Inclusion(5, 5, List.of()).leads(root, root)).isFalse();
        assertThat(new Proof.Inclusion(0, Long.MAX_VALUE, List.of()).leads(root, root))
                .isFalse();
        assertThat(new Proof.Consistency(0, 5, List.of()).leads(root, root)).isFalse();
        assertThat(new Proof.Consistency(6, 5, List.of()).leads(root, root)).isFalse();
        assertThat(new Proof.Consistency(Long.MAX_VALUE - 1, Long.MAX_VALUE, List.of(root)).leads(root, root))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 600, Long.MAX_VALUE})
    void nothing_is_proven_about_entries_that_are_not_there(long index) {
        Tree.Subtrees subtrees = Vectors.subtrees(Vectors.leafHashes());

        assertThatThrownBy(() -> Tree.inclusion(index, 600, subtrees)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agrees_with_the_public_suite_on_inclusion() {
        agrees_on_all("merkle/inclusion.json", given -> {
            var proof = new Proof.Inclusion(
                    number(given.get("leafIdx")), number(given.get("treeSize")), Vectors.digests(given.get("proof")));
            return proof.leads(Vectors.digest(given.get("leafHash")), Vectors.digest(given.get("root")));
        });
    }

    @Test
    void agrees_with_the_public_suite_on_consistency() {
        agrees_on_all("merkle/consistency.json", given -> {
            var proof = new Proof.Consistency(
                    number(given.get("size1")), number(given.get("size2")), Vectors.digests(given.get("proof")));
            return proof.leads(Vectors.digest(given.get("root1")), Vectors.digest(given.get("root2")));
        });
    }

    private static void agrees_on_all(String suite, Predicate<JsonNode> leads) {
        int judged = 0;
        for (JsonNode given : Vectors.openJson(suite)) {
            boolean accepted;
            try {
                accepted = leads.test(given);
            } catch (IllegalArgumentException e) {
                continue; // a hash in it does not have 32 bytes, and is refused where it is read
            }
            judged++;
            assertThat(accepted)
                    .as(given.toString())
                    .isNotEqualTo(given.get("wantErr").booleanValue());
        }
        assertThat(judged).isGreaterThan(70);
    }

    /// The suite has unsigned 64-bit numbers: the largest of them are negative here, and refused as such.
    private static long number(JsonNode unsigned) {
        return unsigned.bigIntegerValue().longValue();
    }
}
