package barograph.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Writes JSON in its one canonical form (RFC 8785), so that the same content always has the same bytes and hash.
///
/// Members are sorted by UTF-16 code units, there is no white space, and a number is written as ECMAScript writes
/// the IEEE double of its value. A number that this form would change (an integer beyond 2^53, a decimal with more
/// digits than a double holds) is refused, as are NaN, infinities and halves of surrogate pairs: what was hashed
/// must be what was meant.
public final class Canonical {
    /// Up to here every integer is a double.
    private static final long EXACT = 1L << 53;

    private static final String HEX = "0123456789abcdef";

    private Canonical() {}

    /// @throws IllegalArgumentException when `json` holds something that RFC 8785 has no form for; the message has
    /// its place as a JSON pointer
    public static byte[] bytes(JsonNode json) {
        return text(json).getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException as for [#bytes]
    public static String text(JsonNode json) {
        StringBuilder out = new StringBuilder(256);
        write(json, new Place(null, ""), out);
        return out.toString();
    }

    /// Where a value stands; written out only when it is refused.
    private record Place(@Nullable Place above, Object step) {
        @Override
        public String toString() {
            return above == null ? "" : above + "/" + step;
        }
    }

    private static void write(JsonNode json, Place place, StringBuilder out) {
        switch (json.getNodeType()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(json.booleanValue());
            case STRING -> string(json.stringValue(), place, out);
            case NUMBER -> out.append(number(json, place));
            case ARRAY -> array(json, place, out);
            case OBJECT -> object(json, place, out);
            case BINARY, MISSING, POJO -> throw refusal(place, "a " + json.getNodeType() + " node has no form in JSON");
        }
    }

    private static void array(JsonNode json, Place place, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < json.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(json.get(i), new Place(place, i), out);
        }
        out.append(']');
    }

    private static void object(JsonNode json, Place place, StringBuilder out) {
        List<String> names = new ArrayList<>(json.propertyNames());
        names.sort(null); // String's natural order is that of UTF-16 code units, which RFC 8785 3.2.3 asks for
        out.append('{');
        String separator = "";
        for (String name : names) {
            out.append(separator);
            string(name, place, out);
            out.append(':');
            write(json.get(name), new Place(place, name), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void string(String text, Place place, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else if (Character.isHighSurrogate(c) && i + 1 < text.length()) {
                        i = pair(text, i, place, out);
                    } else if (Character.isSurrogate(c)) {
                        throw refusal(place, "half of a surrogate pair is no character");
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static int pair(String text, int high, Place place, StringBuilder out) {
        if (!Character.isLowSurrogate(text.charAt(high + 1))) {
            throw refusal(place, "half of a surrogate pair is no character");
        }
        out.append(text, high, high + 2);
        return high + 1;
    }

    private static String number(JsonNode json, Place place) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            long integer = json.longValue();
            if (-EXACT <= integer && integer <= EXACT) {
                return Long.toString(integer);
            }
        }
        boolean binary = json.isDouble() || json.isFloat();
        double value = binary ? json.doubleValue() : json.decimalValue().doubleValue();
        if (!Double.isFinite(value)) {
            throw refusal(place, json.asString() + " is not a finite number");
        }
        String written = number(value);
        if (!binary && new BigDecimal(written).compareTo(json.decimalValue()) != 0) {
            throw refusal(place, json.asString() + " would become " + written + "; write it as a string");
        }
        return written;
    }

    /// A finite double as ECMAScript writes it (ECMA-262, Number::toString).
    static String number(double value) {
        if (value == 0) {
            return "0"; // of minus zero too
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // the value is 0.digits times 10 to this
        return (value < 0 ? "-" : "") + placed(digits, point);
    }

    /// The shortest decimal that reads back as this double. [Double#toString] gives it, but never with one digit
    /// alone, where it may show a second one that is not needed (4.9E-324).
    private static BigDecimal shortest(double value) {
        BigDecimal found = new BigDecimal(Double.toString(value));
        if (found.stripTrailingZeros().precision() == 2) {
            BigDecimal exact = new BigDecimal(value);
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)) {
                BigDecimal single = exact.round(new MathContext(1, mode));
                if (single.doubleValue() == value) {
                    return single;
                }
            }
        }
        return found;
    }

    private static String placed(String digits, int point) {
        int length = digits.length();
        if (length <= point && point <= 21) {
            return digits + "0".repeat(point - length);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String mantissa = length == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }

    private static IllegalArgumentException refusal(Place place, String why) {
        return new IllegalArgumentException("no canonical JSON for '" + place + "': " + why);
    }
}
