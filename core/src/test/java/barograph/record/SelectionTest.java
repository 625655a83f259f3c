package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint("acme.example/login", 100, Digest.of("root"));

    private final Signer signer = aSigner();

    private static Signer aSigner() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Signer(
                    VerifierKey.of("acme.example/login", pair.getPublic()),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_selection_survives_being_written_and_read() {
        for (List<Long> indexes : List.of(
                List.<Long>of(), List.of(0L), List.of(99L), List.of(1L, 2L, 3L), List.of(0L, 2L, 3L, 5L, 98L, 99L))) {
            Selection selection = new Selection(CHECKPOINT, "session-timeout", indexes);

            String note = signer.sign(selection.text()).toString();

            assertThat(Selection.open(note, signer.key(), CHECKPOINT)).isEqualTo(selection);
        }
    }

    @Test
    void neighbours_are_written_as_a_range() {
        Selection selection = new Selection(CHECKPOINT, "x", List.of(0L, 2L, 3L, 4L, 7L, 8L));

        assertThat(selection.text()).endsWith("\nx\n0,2-4,7-8\n");
    }

    @Test
    void it_counts_only_for_its_own_checkpoint_and_key() {
        String note =
                signer.sign(new Selection(CHECKPOINT, "x", List.of(3L)).text()).toString();

        assertThatThrownBy(() -> Selection.open(note, aSigner().key(), CHECKPOINT))
                .hasMessageContaining("not signed");
        assertThatThrownBy(() -> Selection.open(
                        note, signer.key(), new Checkpoint("acme.example/login", 101, Digest.of("root"))))
                .hasMessageContaining("checkpoint");
        assertThatThrownBy(() -> Checkpoint.open(Note.parse(note), signer.key()))
                .as("a selection is no checkpoint")
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3-1", "1-", "x", "1,,2", "01", "2,1", "1,1", "1-3,2", "100", "0-999999999999999999", "1 ", "1,2"
            })
    void what_is_not_in_its_one_form_is_refused_though_it_is_signed(String ranges) {
        String text = "barograph selection v1\n" + CHECKPOINT.text() + "x\n" + ranges + "\n";

        assertThatThrownBy(() -> Selection.open(signer.sign(text).toString(), signer.key(), CHECKPOINT))
                .isInstanceOf(Malformed.class);
    }
}
