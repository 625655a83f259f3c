package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NoteTest {
    private static final String TEXT = "acme.example/login\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

    private final Signer ours = signer("acme.example/login");
    private final Signer another = signer("witness.example/w");

    static Stream<JsonNode> checkpoints() {
        return Vectors.all(Vectors.log("checkpoints.json").get("Checkpoints")).stream();
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void agrees_with_the_reference_on_checkpoints(JsonNode given) {
        VerifierKey key = logKey();
        String note = given.get("Checkpoint").stringValue();
        String name = given.get("Case").stringValue();
        if (!given.get("Valid").booleanValue()) {
            assertThatThrownBy(() -> Checkpoint.open(Note.parse(note), key))
                    .as(name)
                    .isInstanceOf(Malformed.class);
            return;
        }

        Note parsed = Note.parse(note);
        Checkpoint checkpoint = Checkpoint.open(parsed, key);

        assertThat(checkpoint.size()).as(name).isEqualTo(given.get("Size").longValue());
        assertThat(checkpoint.text()).isEqualTo(given.get("Text").stringValue());
        assertThat(parsed.toString()).isEqualTo(note);
    }

    @Test
    void agrees_with_the_reference_on_the_log_directory() {
        Note note = Note.parse(Vectors.read(Vectors.logFile("log/checkpoint")));
        Frontier frontier = Frontier.EMPTY;
        for (byte[] leaf : Vectors.leafHashes()) {
            frontier = frontier.append(leaf);
        }

        assertThat(Checkpoint.open(note, logKey()))
                .isEqualTo(new Checkpoint("barograph.example/log-a", 600, frontier.root()));
    }

    @Test
    void verifies_the_cosignature_of_a_witness() {
        JsonNode witness = Vectors.log("checkpoints.json").get("Witness");
        VerifierKey key = VerifierKey.parse(witness.get("VKeyCosignatureV1").stringValue());
        String note = witness.get("CosignedCheckpoint").stringValue();

        assertThat(Note.parse(note).isSignedBy(key)).isTrue();
        assertThat(Note.parse(note).isSignedBy(logKey())).isTrue();
        assertThat(Note.parse(note.replace("\n600\n", "\n601\n")).isSignedBy(key))
                .isFalse();
    }

    @Test
    void agrees_with_the_reference_on_proof_files() {
        List<byte[]> leaves = Vectors.leafHashes();
        for (JsonNode given : Vectors.log("tlog-proofs.json")) {
            ProofFile proof = ProofFile.parse(given.stringValue());
            Checkpoint checkpoint = Checkpoint.open(Note.parse(proof.checkpoint()), logKey());
            Digest leaf = Digest.wrap(leaves.get((int) proof.index()));

            assertThat(proof.proves(leaf, checkpoint)).isTrue();
            assertThat(proof.proves(Digest.wrap(leaves.get((int) ((proof.index() + 1) % 600))), checkpoint))
                    .isFalse();
            assertThat(proof.toString()).isEqualTo(given.stringValue());
        }
    }

    @Test
    void agrees_with_the_example_of_the_specification() {
        JsonNode example = Vectors.openJson("c2sp-examples/signed-note.json");
        VerifierKey key = VerifierKey.parse(example.get("vkey").stringValue());
        String note = example.get("note").stringValue();

        assertThat(key.toString()).isEqualTo(example.get("vkey").stringValue());
        assertThat(Note.parse(note).isSignedBy(key)).isTrue();
        assertThat(Note.parse(note.replace("an example", "no example")).isSignedBy(key))
                .isFalse();
    }

    @Test
    void agrees_with_a_log_of_tessera() throws Exception {
        VerifierKey key = VerifierKey.parse(Files.readString(Vectors.open("tessera/log.vkey")));
        Path folder = Vectors.open("tessera");
        byte[] hashes = Vectors.read(folder.resolve("tile/0/000.p/15"));
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size <= 15; size++) {
            if (size > 0) {
                frontier = frontier.append(Arrays.copyOfRange(hashes, 32 * size - 32, 32 * size));
            }
            Path file = folder.resolve("checkpoint." + size);
            if (Files.exists(file)) {
                Checkpoint checkpoint = Checkpoint.open(Note.parse(Vectors.read(file)), key);
                assertThat(checkpoint.root()).as("size %d", size).isEqualTo(frontier.root());
            }
        }
    }

    @Test
    void a_note_survives_being_written_and_read() {
        Note note = ours.sign(TEXT);

        assertThat(Note.parse(note.toString()).toString()).isEqualTo(note.toString());
        assertThat(Note.parse(note.toString()).isSignedBy(ours.key())).isTrue();
        assertThat(VerifierKey.parse(ours.key().toString())).isEqualTo(ours.key());
    }

    @Test
    void signatures_of_unknown_keys_do_not_matter() {
        List<Note.Signature> both =
                new ArrayList<>(another.sign("something else\n").signatures());
        both.addAll(ours.sign(TEXT).signatures());

        assertThat(new Note(TEXT, both).isSignedBy(ours.key())).isTrue();
        assertThat(new Note(TEXT, both).isSignedBy(another.key())).isFalse();
        assertThat(new Note(TEXT, both).isSignedBy(signer("acme.example/login").key()))
                .as("of the same name, but another key")
                .isFalse();
    }

    @Test
    void a_bad_signature_of_a_known_key_spoils_the_note_beside_a_good_one() {
        List<Note.Signature> both = new ArrayList<>(ours.sign(TEXT).signatures());
        both.addAll(ours.sign("something else\n").signatures());

        assertThat(new Note(TEXT, both).isSignedBy(ours.key())).isFalse();
    }

    @Test
    void sixteen_signatures_are_read() {
        List<Note.Signature> many = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            many.addAll(signer("witness.example/" + i).sign(TEXT).signatures());
        }
        many.addAll(ours.sign(TEXT).signatures());

        assertThat(Note.parse(new Note(TEXT, many).toString()).isSignedBy(ours.key()))
                .isTrue();
    }

    @Test
    void the_checkpoint_of_another_record_is_not_ours() {
        String foreign = new Checkpoint("other.example/log", 0, Tree.EMPTY_ROOT).text();

        assertThatThrownBy(() -> Checkpoint.open(ours.sign(foreign), ours.key()))
                .hasMessageContaining("'other.example/log'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "a\n\n",
                "a\n\n\n",
                "a\n\n— x\n",
                "a\n\n— x y\n",
                "a\n\n— x AAAA\n",
                "a\n\n—  AAAAAAA=\n",
                "a\n\n— x+ AAAAAAA=\n",
                "a\n\n— x AAAAAAA\n",
                "a\n\n— x AAAAAAB=\n",
                "a\n\n— x AAAAAAA=",
                "a\n\n- x AAAAAAA=\n",
                "a\u0001\n\n— x AAAAAAA=\n",
                "a\r\n\n— x AAAAAAA=\n",
                "a\n\n— x AAAAAAA=\nb\n"
            })
    void what_is_not_a_note_is_refused(String text) {
        assertThatThrownBy(() -> Note.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void what_is_not_text_or_too_long_is_refused() {
        assertThatThrownBy(() -> Note.parse(new byte[] {'a', '\n', (byte) 0xff, '\n', '\n'}))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Note.parse(new byte[Note.LIMIT + 1])).isInstanceOf(Malformed.class);
        String many = "a\n\n" + "— x AAAAAAA=\n".repeat(101);
        assertThatThrownBy(() -> Note.parse(many.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "o\n1\n47DEQpj8\n",
                "o\n1\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n"
            })
    void what_is_not_a_checkpoint_is_refused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "barograph.example/log-a",
                "barograph.example/log-a+95ad5b28",
                "barograph.example/log-b+95ad5b28+ASZHWq2lzOya1sUhmpDFLbaiBX/TsCtjdIgIeLo3Yfd5",
                "barograph.example/log-a+95ad5b29+ASZHWq2lzOya1sUhmpDFLbaiBX/TsCtjdIgIeLo3Yfd5",
                "barograph.example/log-a+95ad5b28+AiZHWq2lzOya1sUhmpDFLbaiBX/TsCtjdIgIeLo3Yfd5",
                "barograph example+95ad5b28+ASZHWq2lzOya1sUhmpDFLbaiBX/TsCtjdIgIeLo3Yfd5",
                "x+95ad5b28+AQ=="
            })
    void what_is_not_a_verifier_key_is_refused(String vkey) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_private_key_is_used_only_with_its_own_public_half() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThatThrownBy(() -> new Signer(ours.key(), pair.getPrivate().getEncoded()))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> new Signer(ours.key(), new byte[10])).isInstanceOf(Malformed.class);
    }

    private static VerifierKey logKey() {
        return VerifierKey.parse(new String(Vectors.read(Vectors.logFile("log.vkey")), StandardCharsets.UTF_8));
    }

    private static Signer signer(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Signer(
                    VerifierKey.of(name, pair.getPublic()), pair.getPrivate().getEncoded());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
