package barograph.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells reply attributes by name and in text, as FreeRADIUS writes them in its own files.
///
/// The names are those of RFC 2865, 2868, 2869, 3162, 4849 and 6911; an attribute that is not known is `Attr-N`, one of
/// a
/// vendor `Attr-26.VENDOR.N`. A tag of a tunnel attribute follows its name: `Tunnel-Private-Group-Id:1`. Bytes that
/// are no text are written as `0x…`.
final class RadiusNames {
    private static final int MICROSOFT = 311;
    private static final int MPPE_SEND_KEY = 16;
    private static final int MPPE_RECEIVE_KEY = 17;
    private static final int CHAP2_SUCCESS = 26;

    /// Keys and proofs: other ones at each login, and of use to whoever guesses passwords.
    private static final Set<Integer> MADE_FROM_PASSWORD = Set.of(MPPE_SEND_KEY, MPPE_RECEIVE_KEY, CHAP2_SUCCESS);

    private static final int HIGHEST_TAG = 0x1f;

    private static final Map<Integer, Known> KNOWN = Map.ofEntries(
            Map.entry(1, new Known("User-Name", Form.TEXT)),
            Map.entry(
                    6,
                    new Known(
                            "Service-Type",
                            Form.NUMBER,
                            Map.of(
                                    1L,
                                    "Login-User",
                                    2L,
                                    "Framed-User",
                                    6L,
                                    "Administrative-User",
                                    7L,
                                    "NAS-Prompt-User",
                                    8L,
                                    "Authenticate-Only"))),
            Map.entry(7, new Known("Framed-Protocol", Form.NUMBER, Map.of(1L, "PPP"))),
            Map.entry(8, new Known("Framed-IP-Address", Form.ADDRESS)),
            Map.entry(9, new Known("Framed-IP-Netmask", Form.ADDRESS)),
            Map.entry(11, new Known("Filter-Id", Form.TEXT)),
            Map.entry(12, new Known("Framed-MTU", Form.NUMBER)),
            Map.entry(18, new Known("Reply-Message", Form.TEXT)),
            Map.entry(22, new Known("Framed-Route", Form.TEXT)),
            Map.entry(24, new Known("State", Form.BYTES)),
            Map.entry(25, new Known("Class", Form.BYTES)),
            Map.entry(27, new Known("Session-Timeout", Form.NUMBER)),
            Map.entry(28, new Known("Idle-Timeout", Form.NUMBER)),
            Map.entry(29, new Known("Termination-Action", Form.NUMBER, Map.of(0L, "Default", 1L, "RADIUS-Request"))),
            Map.entry(62, new Known("Port-Limit", Form.NUMBER)),
            Map.entry(64, new Known("Tunnel-Type", Form.TAGGED_NUMBER, Map.of(3L, "L2TP", 13L, "VLAN"))),
            Map.entry(65, new Known("Tunnel-Medium-Type", Form.TAGGED_NUMBER, Map.of(1L, "IPv4", 6L, "IEEE-802"))),
            Map.entry(81, new Known("Tunnel-Private-Group-Id", Form.TAGGED_TEXT)),
            Map.entry(85, new Known("Acct-Interim-Interval", Form.NUMBER)),
            Map.entry(88, new Known("Framed-Pool", Form.TEXT)),
            Map.entry(92, new Known("NAS-Filter-Rule", Form.TEXT)),
            Map.entry(100, new Known("Framed-IPv6-Pool", Form.TEXT)),
            Map.entry(168, new Known("Framed-IPv6-Address", Form.ADDRESS)));

    private RadiusNames() {}

    private enum Form {
        TEXT,
        BYTES,
        NUMBER,
        ADDRESS,
        TAGGED_TEXT,
        TAGGED_NUMBER
    }

    /// @param values names of single values, for a number that stands for something
    private record Known(String name, Form form, Map<Long, String> values) {
        Known(String name, Form form) {
            this(name, form, Map.of());
        }
    }

    /// All that an answer says, in its order; values of one name are joined by a comma. The signature is not told.
    static Map<String, String> tell(List<RadiusAttribute> attributes) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (RadiusAttribute attribute : attributes) {
            if (attribute.type() == RadiusAttribute.VENDOR_SPECIFIC) {
                tellVendor(attribute.value(), values);
            } else if (attribute.type() != RadiusAttribute.MESSAGE_AUTHENTICATOR) {
                tellOne(attribute, values);
            }
        }
        Map<String, String> told = new LinkedHashMap<>();
        values.forEach((name, all) -> told.put(name, String.join(", ", all)));
        return told;
    }

    private static void tellOne(RadiusAttribute attribute, Map<String, List<String>> values) {
        byte[] value = attribute.value();
        Known known = KNOWN.get(attribute.type());
        if (known == null) {
            put(values, "Attr-" + attribute.type(), text(value));
            return;
        }
        switch (known.form) {
            case TEXT -> put(values, known.name, text(value));
            case BYTES -> put(values, known.name, hex(value));
            case NUMBER -> put(values, known.name, number(known, value));
            case ADDRESS -> put(values, known.name, address(value));
            case TAGGED_TEXT -> {
                boolean tagged = value.length > 0 && value[0] >= 0 && value[0] <= HIGHEST_TAG;
                put(values, tagged ? name(known, value[0]) : known.name, text(tagged ? rest(value) : value));
            }
            case TAGGED_NUMBER -> {
                byte tag = value.length == 4 ? value[0] : 0;
                byte[] plain = value.clone();
                if (value.length == 4) {
                    plain[0] = 0;
                }
                put(values, name(known, tag), number(known, plain));
            }
        }
    }

    /// RFC 2865 §5.26: four bytes of vendor, then attributes of its own, as nearly all vendors do it.
    private static void tellVendor(byte[] value, Map<String, List<String>> values) {
        if (value.length < 4) {
            put(values, "Attr-26", hex(value));
            return;
        }
        ByteBuffer left = ByteBuffer.wrap(value);
        long vendor = left.getInt() & 0xffff_ffffL;
        while (left.remaining() >= 2) {
            int type = left.get() & 0xff;
            int size = (left.get() & 0xff) - 2;
            if (size < 0 || size > left.remaining()) {
                put(values, "Attr-26." + vendor, hex(value));
                return;
            }
            byte[] inner = new byte[size];
            left.get(inner);
            boolean hidden = vendor == MICROSOFT && MADE_FROM_PASSWORD.contains(type);
            put(values, "Attr-26." + vendor + "." + type, hidden ? "(hidden)" : text(inner));
        }
    }

    private static void put(Map<String, List<String>> values, String name, String value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static String name(Known known, byte tag) {
        return tag == 0 ? known.name : known.name + ":" + tag;
    }

    private static byte[] rest(byte[] value) {
        return Arrays.copyOfRange(value, 1, value.length);
    }

    private static String number(Known known, byte[] value) {
        if (value.length != 4) {
            return hex(value);
        }
        long number = ByteBuffer.wrap(value).getInt() & 0xffff_ffffL;
        return known.values.getOrDefault(number, Long.toString(number));
    }

    private static String address(byte[] value) {
        try {
            return InetAddress.getByAddress(value).getHostAddress();
        } catch (UnknownHostException e) {
            return hex(value); // neither 4 nor 16 bytes
        }
    }

    private static String text(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? hex(value) : text;
        } catch (CharacterCodingException e) {
            return hex(value);
        }
    }

    private static String hex(byte[] value) {
        return "0x" + HexFormat.of().formatHex(value);
    }
}
