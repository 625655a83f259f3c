package barograph.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A mail as bytes: fields in their order, and what stands below them. Nothing is decoded, since bytes are signed and
/// not characters; texts hold one character for each byte.
///
/// @param fields from top to bottom
/// @param body with CRLF at line ends
/// @param repaired whether there were bare line feeds
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RawMail(List<Field> fields, byte[] body, boolean repaired) {
    private static final int MOST_FIELDS = 2_000;

    /// @param name in lower case, without white space
    /// @param whole the field as it stands, folds and colon included, without the last CRLF
    record Field(String name, String whole) {
        /// What stands behind the colon, as it stands.
        String value() {
            return whole.substring(whole.indexOf(':') + 1);
        }
    }

    RawMail {
        fields = List.copyOf(fields);
    }

    static RawMail read(byte[] raw) {
        boolean repaired = hasBareLineFeed(raw);
        byte[] wire = repaired ? toCrLf(raw) : raw;
        List<Field> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (at < wire.length) {
            int end = lineEnd(wire, at);
            String line = new String(wire, at, end - at, StandardCharsets.ISO_8859_1);
            at = Math.min(wire.length, end + 2);
            if (line.isEmpty()) {
                break;
            }
            if (!line.startsWith(" ") && !line.startsWith("\t")) {
                take(field, fields);
            } else if (!field.isEmpty()) {
                field.append("\r\n");
            }
            field.append(line);
        }
        take(field, fields);
        return new RawMail(fields, Arrays.copyOfRange(wire, at, wire.length), repaired);
    }

    private static void take(StringBuilder field, List<Field> fields) {
        int colon = field.indexOf(":");
        if (colon > 0 && fields.size() < MOST_FIELDS) {
            fields.add(new Field(field.substring(0, colon).strip().toLowerCase(Locale.ROOT), field.toString()));
        }
        field.setLength(0);
    }

    private static int lineEnd(byte[] wire, int from) {
        for (int i = from; i < wire.length - 1; i++) {
            if (wire[i] == '\r' && wire[i + 1] == '\n') {
                return i;
            }
        }
        return wire.length;
    }

    private static byte[] toCrLf(byte[] raw) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(raw.length + raw.length / 32);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) {
                wire.write('\r');
            }
            wire.write(raw[i]);
        }
        return wire.toByteArray();
    }

    private static boolean hasBareLineFeed(byte[] raw) {
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) {
                return true;
            }
        }
        return false;
    }

    List<Field> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }
}
