package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// A record so large that its export has no proofs, so that only its tiles tell what is right.
class VerifierTest {
    private static final int ENTRIES = 66_000;

    private static Signer signer;
    private static Files files;

    /// Files in memory.
    private static final class Files implements Contents {
        private final Map<String, byte[]> byName;

        Files(Map<String, byte[]> byName) {
            this.byName = new LinkedHashMap<>(byName);
        }

        Files with(String name, byte[] content) {
            Files changed = new Files(byName);
            changed.byName.put(name, content);
            return changed;
        }

        byte[] get(String name) {
            return file(name, Integer.MAX_VALUE).orElseThrow().clone();
        }

        @Override
        public long count() {
            return byName.size();
        }

        @Override
        public Stream<String> names() {
            return byName.keySet().stream();
        }

        @Override
        public Optional<byte[]> file(String name, int limit) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public Optional<Measured> measured(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> flaw() {
            return Optional.empty();
        }
    }

    @BeforeAll
    static void export() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new Signer(
                VerifierKey.of("acme.example/login", pair.getPublic()),
                pair.getPrivate().getEncoded());
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            var body = JsonNodeFactory.instance.objectNode().put("n", i);
            Draft draft =
                    new Draft(Instant.EPOCH.plusSeconds(i), "x", i % 2 == 0 ? "Even/1" : "Odd/1", body, List.of());
            leaves.add(Entry.leaf(draft, List.of()));
        }
        files = export(leaves);
    }

    private static Files export(List<byte[]> leaves) {
        Map<String, byte[]> written = new LinkedHashMap<>();
        List<byte[]> hashes = leaves.stream().map(Tree::leafHash).toList();
        Checkpoint checkpoint = new Checkpoint(
                "acme.example/login", leaves.size(), Tree.root(leaves.size(), Tree.Subtrees.over(hashes)));
        written.put(Layout.KEY, (signer.key() + "\n").getBytes(StandardCharsets.UTF_8));
        written.put(Layout.CHECKPOINT, signer.sign(checkpoint.text()).toString().getBytes(StandardCharsets.UTF_8));
        written.put(
                Layout.INSTRUCTIONS,
                Instructions.text(checkpoint, Optional.empty()).getBytes(StandardCharsets.UTF_8));
        for (long number = 0; number < Tile.count(leaves.size()); number++) {
            Tile tile = Tile.of(number, leaves.size());
            int first = (int) tile.first();
            written.put(tile.entryFile(), Tile.pack(leaves.subList(first, first + tile.width())));
        }
        putTiles(written, hashes);
        return new Files(written);
    }

    private static void putTiles(Map<String, byte[]> written, List<byte[]> leafHashes) {
        List<byte[]> hashes = leafHashes;
        for (int level = 0; !hashes.isEmpty(); level++) {
            List<byte[]> above = new ArrayList<>();
            for (long number = 0; number < Tile.count(hashes.size()); number++) {
                Tile tile = Tile.of(number, hashes.size());
                List<byte[]> own = hashes.subList((int) tile.first(), (int) tile.first() + tile.width());
                byte[] file = new byte[32 * tile.width()];
                for (int i = 0; i < tile.width(); i++) {
                    System.arraycopy(own.get(i), 0, file, 32 * i, 32);
                }
                written.put(tile.hashFile(level), file);
                if (tile.width() == Tile.FULL) {
                    above.add(Tree.root(Tile.FULL, Tree.Subtrees.over(own)).bytes());
                }
            }
            hashes = above;
        }
    }

    @Test
    void a_large_record_verifies_without_proofs() {
        assertThat(verify(files))
                .isInstanceOfSatisfying(
                        Verification.Intact.class,
                        intact -> assertThat(intact.entries()).isEqualTo(ENTRIES));
        assertThat(files.names()).noneMatch(name -> name.startsWith("proofs")).contains("tile/2/000.p/1");
    }

    @Test
    void one_changed_byte_in_a_large_record_is_located() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 8; i++) {
            int index = random.nextInt(ENTRIES);
            Tile tile = Tile.of(index / 256, ENTRIES);
            List<byte[]> leaves = Tile.unpack(files.get(tile.entryFile()));
            byte[] leaf = leaves.get(index % 256);
            leaf[random.nextInt(leaf.length)] ^= 1;

            assertThat(verify(files.with(tile.entryFile(), Tile.pack(leaves))))
                    .isInstanceOfSatisfying(
                            Verification.Broken.class,
                            broken -> assertThat(broken.index()).isEqualTo(index));
        }
    }

    @Test
    void an_entry_changed_with_its_hash_in_a_large_record_is_located_to_its_tile() {
        Tile tile = Tile.of(100, ENTRIES);
        List<byte[]> leaves = Tile.unpack(files.get(tile.entryFile()));
        leaves.set(7, leaves.get(8));
        byte[] hashes = files.get(tile.hashFile(0));
        System.arraycopy(Tree.leafHash(leaves.get(7)), 0, hashes, 32 * 7, 32);

        Verification verification =
                verify(files.with(tile.entryFile(), Tile.pack(leaves)).with(tile.hashFile(0), hashes));

        assertThat(verification).isInstanceOfSatisfying(Verification.Broken.class, broken -> {
            assertThat(broken.index()).isEqualTo(25_600);
            assertThat(broken.why()).contains("entries 25600 to 25855");
        });
    }

    @Test
    void a_tile_on_a_higher_level_that_was_changed_is_found() {
        byte[] tile = files.get("tile/2/000.p/1");
        tile[5] ^= 1;

        assertThat(verify(files.with("tile/2/000.p/1", tile)))
                .isInstanceOfSatisfying(
                        Verification.Broken.class,
                        broken -> assertThat(broken.why()).contains("tile/2/000.p/1"));
    }

    private static Verification verify(Contents contents) {
        return Verifier.verify(contents, signer.key(), List.of());
    }
}
