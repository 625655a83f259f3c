package barograph.dkim;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How much a mail may be altered on its way without breaking the signature (RFC 6376 §3.4).
enum Canonical {
    /// Nothing but empty lines at the end.
    SIMPLE,
    /// White space, folds, and the case of names.
    RELAXED;

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final Pattern FOLDS = Pattern.compile("\\r\\n");

    static Optional<Canonical> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /// A field, without a line end behind it.
    String header(String whole) {
        return switch (this) {
            case SIMPLE -> whole;
            case RELAXED -> {
                int colon = whole.indexOf(':');
                String unfolded = FOLDS.matcher(whole.substring(colon + 1)).replaceAll("");
                String value = BLANKS.matcher(unfolded).replaceAll(" ");
                yield whole.substring(0, colon).toLowerCase(Locale.ROOT).strip() + ":" + trimmed(value);
            }
        };
    }

    /// Blanks alone: other control characters are somebody's text.
    private static String trimmed(String value) {
        int from = value.startsWith(" ") ? 1 : 0;
        int to = value.endsWith(" ") ? value.length() - 1 : value.length();
        return from < to ? value.substring(from, to) : "";
    }

    /// @param body with CRLF at line ends
    byte[] body(byte[] body) {
        return switch (this) {
            case SIMPLE -> ended(body, true);
            case RELAXED -> ended(squeezed(body), false);
        };
    }

    /// One blank for many, none before a line end.
    private static byte[] squeezed(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        boolean blank = false;
        for (int i = 0; i < body.length; i++) {
            byte at = body[i];
            if (at == ' ' || at == '\t') {
                blank = true;
                continue;
            }
            boolean lineEnd = at == '\r' && i + 1 < body.length && body[i + 1] == '\n';
            if (blank && !lineEnd) {
                out.write(' ');
            }
            blank = false;
            out.write(at);
        }
        return out.toByteArray();
    }

    /// Without empty lines at the end, and with one line end; a body of nothing stays nothing or becomes a line end.
    private static byte[] ended(byte[] body, boolean emptyIsALine) {
        int end = body.length;
        while (end >= 2 && body[end - 2] == '\r' && body[end - 1] == '\n') {
            end -= 2;
        }
        if (end == 0 && !emptyIsALine) {
            return new byte[0];
        }
        byte[] ended = java.util.Arrays.copyOf(body, end + 2);
        ended[end] = '\r';
        ended[end + 1] = '\n';
        return ended;
    }
}
