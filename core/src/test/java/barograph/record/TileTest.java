package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TileTest {
    @Test
    void agrees_with_the_reference_on_the_files_of_a_log() {
        List<byte[]> leaves = new ArrayList<>();
        for (JsonNode leaf : Vectors.log("leaves-and-roots.json").get("Leaves")) {
            leaves.add(Vectors.bytes(leaf.get("Leaf")));
        }
        List<byte[]> hashes = Vectors.leafHashes();
        ByteArrayOutputStream above = new ByteArrayOutputStream();
        for (long number = 0; number < Tile.count(600); number++) {
            Tile tile = Tile.of(number, 600);
            int from = (int) tile.first();
            List<byte[]> own = hashes.subList(from, from + tile.width());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            own.forEach(bytes::writeBytes);

            assertThat(bytes.toByteArray()).isEqualTo(Vectors.read(Vectors.logFile("log/" + tile.hashFile(0))));
            byte[] file = Vectors.read(Vectors.logFile("log/" + tile.entryFile()));
            assertThat(Tile.pack(leaves.subList(from, from + tile.width()))).isEqualTo(file);
            assertThat(Tile.unpack(file)).hasSize(tile.width());
            if (tile.width() == Tile.FULL) {
                above.writeBytes(Tree.root(Tile.FULL, Tree.Subtrees.over(own)).bytes());
            }
        }
        Tile tile = Tile.of(0, Tile.hashes(1, 600));
        assertThat(above.toByteArray()).isEqualTo(Vectors.read(Vectors.logFile("log/" + tile.hashFile(1))));
    }

    @Test
    void names_are_those_of_the_specification() {
        assertThat(new Tile(1_234_067, 256).hashFile(0)).isEqualTo("tile/0/x001/x234/067");
        assertThat(new Tile(0, 112).entryFile()).isEqualTo("tile/entries/000.p/112");
        assertThat(new Tile(999, 256).hashFile(3)).isEqualTo("tile/3/999");
        assertThat(new Tile(1000, 1).hashFile(1)).isEqualTo("tile/1/x001/000.p/1");
    }

    /// The example of the specification: a tree of size 70,000, and one of 256.
    @Test
    void levels_have_the_widths_of_the_specification() {
        assertThat(Tile.of(273, Tile.hashes(0, 70_000))).isEqualTo(new Tile(273, 112));
        assertThat(Tile.of(1, Tile.hashes(1, 70_000))).isEqualTo(new Tile(1, 17));
        assertThat(Tile.of(0, Tile.hashes(2, 70_000))).isEqualTo(new Tile(0, 1));
        assertThat(Tile.count(Tile.hashes(3, 70_000))).isZero();
        assertThat(Tile.of(0, Tile.hashes(0, 256))).isEqualTo(new Tile(0, 256));
        assertThat(Tile.of(0, Tile.hashes(1, 256))).isEqualTo(new Tile(0, 1));
        assertThat(Tile.hashes(8, Long.MAX_VALUE)).isZero();
    }

    @Test
    void no_byte_of_a_damaged_file_goes_unnoticed() {
        SplittableRandom random = new SplittableRandom(16);
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            leaves.add(new byte[random.nextInt(80)]);
        }
        byte[] file = Tile.pack(leaves);
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));

            List<byte[]> found = Tile.unpack(damaged);

            assertThat(found.stream().map(Digest::of).toList())
                    .as("byte %d", at)
                    .isNotEqualTo(leaves.stream().map(Digest::of).toList());
        }
    }

    @Test
    void a_file_of_a_million_empty_entries_is_not_taken_apart() {
        assertThat(Tile.unpack(new byte[2_000_000])).hasSizeLessThan(300);
    }

    @Test
    void an_entry_that_is_too_long_cannot_be_packed() {
        assertThat(Tile.unpack(Tile.pack(List.of(new byte[65_535])))).hasSize(1);
        assertThatThrownBy(() -> Tile.pack(List.of(new byte[65_536]))).isInstanceOf(IllegalArgumentException.class);
    }
}
