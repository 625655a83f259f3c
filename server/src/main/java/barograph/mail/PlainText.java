package barograph.mail;

import java.util.Map;

/// Takes the markup out of an HTML mail, so that its words can be read. It is not for showing.
final class PlainText {
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("nbsp", " "),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("amp", "&"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("rsquo", "’"),
            Map.entry("auml", "ä"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("szlig", "ß"),
            Map.entry("eacute", "é"));

    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final String lower;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private PlainText(String html) {
        this.html = html;
        this.lower = asciiLower(html);
    }

    /// Takes time in proportion to the length, whatever the markup is.
    static String of(String html) {
        PlainText plain = new PlainText(html);
        while (plain.at < html.length()) {
            plain.step();
        }
        return plain.text.toString();
    }

    /// Of the same length as `text`, which not every lower case is.
    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }

    private void step() {
        char c = html.charAt(at);
        if (c == '<') {
            tag();
        } else if (c == '&') {
            entity();
        } else {
            text.append(c == '\r' || c == '\n' ? ' ' : c);
            at++;
        }
    }

    private void tag() {
        if (lower.startsWith("<style", at)) {
            skipBehind("</style");
        } else if (lower.startsWith("<script", at)) {
            skipBehind("</script");
        } else if (lower.startsWith("<blockquote", at)) {
            text.append("\n> ");
        } else if (lower.startsWith("<br", at)
                || lower.startsWith("</p", at)
                || lower.startsWith("</div", at)
                || lower.startsWith("</tr", at)
                || lower.startsWith("</li", at)) {
            text.append('\n');
        }
        skipBehind(">");
    }

    private void skipBehind(String end) {
        int found = lower.indexOf(end, at);
        at = found < 0 ? html.length() : found + end.length();
    }

    private void entity() {
        int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY));
        if (end < 0) {
            text.append('&');
            at++;
            return;
        }
        String name = html.substring(at + 1, end);
        String meant = name.startsWith("#") ? character(name.substring(1)) : ENTITIES.getOrDefault(name, "?");
        text.append(meant);
        at = end + 1;
    }

    private static String character(String number) {
        try {
            int code = number.startsWith("x") || number.startsWith("X")
                    ? Integer.parseInt(number.substring(1), 16)
                    : Integer.parseInt(number);
            return Character.isValidCodePoint(code) ? Character.toString(code) : "?";
        } catch (NumberFormatException e) {
            return "?";
        }
    }
}
