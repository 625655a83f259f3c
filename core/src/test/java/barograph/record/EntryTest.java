package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class EntryTest {
    private static final Commitment MAIL = new Commitment("a.eml", "message/rfc822", 7, Digest.of("mail"));

    @Test
    void a_leaf_is_canonical_json_and_its_form_never_changes() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("server", "radius-1");
        body.put("lease", 600);
        Draft draft =
                new Draft(Instant.parse("2026-03-01T12:00:00.5Z"), "session-timeout", "Applied/1", body, List.of());

        String leaf = new String(Entry.leaf(draft, List.of(MAIL)), StandardCharsets.UTF_8);

        assertThat(leaf)
                .isEqualTo("{\"at\":\"2026-03-01T12:00:00.500Z\",\"attachments\":[{\"hash\":\"" + MAIL.hash()
                        + "\",\"name\":\"a.eml\",\"size\":7,\"type\":\"message/rfc822\"}],"
                        + "\"body\":{\"lease\":600,\"server\":\"radius-1\"},\"kind\":\"Applied/1\","
                        + "\"subject\":\"session-timeout\",\"v\":1}");
    }

    @Test
    void an_entry_survives_being_written_and_read() {
        Entry entry = Entry.decode(42, good());

        assertThat(entry.index()).isEqualTo(42);
        assertThat(entry.at()).isEqualTo(Instant.EPOCH);
        assertThat(entry.subject()).isEqualTo("übung");
        assertThat(entry.kind()).isEqualTo("Note/1");
        assertThat(entry.attachments()).containsExactly(MAIL);
        assertThat(entry.body().path("share").doubleValue()).isEqualTo(0.37);
        assertThat(entry.leaf()).isEqualTo(good());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":2}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":[],\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":{},\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{},\"kind\":7,\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00.0Z\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"yesterday\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1} ",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}{}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1,\"x\":0}",
                "{\"attachments\":[],\"at\":\"1970-01-01T00:00:00Z\",\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{\"a\":1,\"a\":1},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{\"a\":1.0},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{\"a\":1e999},\"kind\":\"N\",\"subject\":\"\",\"v\":1}",
                "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[{}],\"body\":{},\"kind\":\"N\",\"subject\":\"\",\"v\":1}"
            })
    void what_is_not_exactly_an_entry_is_refused(String leaf) {
        assertThatThrownBy(() -> Entry.decode(0, leaf.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("entry 0");
    }

    @Test
    void damaged_bytes_are_refused_or_are_another_entry_but_never_anything_else() {
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] leaf = good();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                leaf[random.nextInt(leaf.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Entry.decode(0, leaf).leaf()).isEqualTo(leaf);
            } catch (Malformed e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "{\"at\":\"1970-01-01T00:00:00Z\",\"attachments\":[],\"body\":{\"a\":" + "[".repeat(30_000)
                + "]".repeat(30_000) + "},\"kind\":\"N\",\"subject\":\"\",\"v\":1}";

        assertThatThrownBy(() -> Entry.decode(0, deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class);
    }

    private static byte[] good() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("share", 0.37).put("who", "dana");
        return Entry.leaf(new Draft(Instant.EPOCH, "übung", "Note/1", body, List.of()), List.of(MAIL));
    }
}
