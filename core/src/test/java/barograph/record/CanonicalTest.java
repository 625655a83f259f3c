package barograph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CanonicalTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// RFC 8785 appendix B.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void writes_numbers_as_ecmascript_does(String bits, String written) {
        double value = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits));

        assertThat(Canonical.text(NODES.numberNode(value))).isEqualTo(written);
    }

    @Test
    void any_double_reads_back_as_itself_and_no_shorter_decimal_does() {
        SplittableRandom random = new SplittableRandom(8785);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String written = Canonical.number(value);
                BigDecimal digits = new BigDecimal(written).stripTrailingZeros();
                int fewer = digits.precision() - 1;

                assertThat(Double.parseDouble(written)).isEqualTo(value);
                if (fewer > 0) {
                    BigDecimal shorter = new BigDecimal(value).round(new java.math.MathContext(fewer));
                    assertThat(shorter.doubleValue()).as(written).isNotEqualTo(value);
                }
            }
        }
    }

    @Test
    void powers_of_two_have_the_digits_that_javascript_engines_print() {
        assertThat(Canonical.number(Math.pow(2, -1074))).isEqualTo("5e-324");
        assertThat(Canonical.number(Math.pow(2, -44))).isEqualTo("5.684341886080802e-14");
        assertThat(Canonical.number(2e23)).isEqualTo("2e+23");
        assertThat(Canonical.number(1e21)).isEqualTo("1e+21");
        assertThat(Canonical.number(123e-20)).isEqualTo("1.23e-18");
        assertThat(Canonical.number(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    }

    /// RFC 8785 section 3.2.2.
    @Test
    void canonicalizes_the_example_of_the_rfc() {
        JsonNode json = JSON.readTree("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""");

        byte[] bytes = Canonical.bytes(json);

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /// RFC 8785 section 3.2.3: sorted by UTF-16 code units, so that the emoji (D83D…) stands before U+FB33.
    @Test
    void sorts_members_by_utf_16_code_units() {
        ObjectNode json = NODES.objectNode();
        for (String name : new String[] {"€", "\r", "\uFB33", "1", "😂", "\u0080", "ö", "</script>"}) {
            json.put(name, 0);
        }

        assertThat(Canonical.text(json))
                .isEqualTo("{\"\\r\":0,\"1\":0,\"</script>\":0,\"\u0080\":0,\"ö\":0,\"€\":0,\"😂\":0,\"\uFB33\":0}");
    }

    @Test
    void escapes_control_characters_and_nothing_else() {
        String text = "\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f\u2028/\"\\";

        assertThat(Canonical.text(NODES.stringNode(text)))
                .isEqualTo("\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\u007f\u2028/\\\"\\\\\"");
    }

    @Test
    void the_order_of_writing_and_white_space_do_not_matter() {
        JsonNode one = JSON.readTree("{\"b\":[1,{\"d\":2,\"c\":1e0}],\"a\":\"x\"}");
        JsonNode other = JSON.readTree("{ \"a\" : \"\\u0078\", \"b\" : [ 1.0, { \"c\" : 1, \"d\" : 2 } ] }");

        assertThat(Canonical.bytes(one)).isEqualTo(Canonical.bytes(other));
    }

    @Test
    void refuses_numbers_that_a_double_would_change() {
        assertThat(Canonical.text(NODES.numberNode(9007199254740992L))).isEqualTo("9007199254740992");
        assertThatThrownBy(() -> Canonical.text(NODES.numberNode(9007199254740993L)))
                .hasMessageContaining("9007199254740993 would become 9007199254740992; write it as a string");
        assertThat(Canonical.text(NODES.numberNode(-9007199254740992L))).isEqualTo("-9007199254740992");
        assertThatThrownBy(() -> Canonical.text(NODES.numberNode(Long.MIN_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Canonical.text(NODES.numberNode(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Canonical.text(NODES.numberNode(BigInteger.TWO.pow(2000))))
                .hasMessageContaining("not a finite number");
        assertThatThrownBy(() -> Canonical.text(NODES.numberNode(new BigDecimal("0.1000000000000000055"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refuses_what_is_not_a_number(double value) {
        ObjectNode json = NODES.objectNode();
        json.putArray("a").add(1).add(value);

        assertThatThrownBy(() -> Canonical.bytes(json)).hasMessageContaining("'/a/1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "x\uDE02", "\uD83Dx", "\uD83D\uD83D\uDE02"})
    void refuses_half_of_a_surrogate_pair(String text) {
        assertThatThrownBy(() -> Canonical.bytes(NODES.stringNode(text))).hasMessageContaining("surrogate");
    }

    @Test
    void refuses_nodes_that_are_not_json() {
        assertThatThrownBy(() -> Canonical.bytes(NODES.binaryNode(new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Canonical.bytes(NODES.pojoNode("x"))).isInstanceOf(IllegalArgumentException.class);
    }
}
