package barograph.console;

import java.util.Locale;

/// Writes SVG. Whatever text comes in is escaped, and every number has at most one decimal, so that the same picture
/// gives the same bytes.
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /// Opens an element.
    ///
    /// @param attributes names and values in turn
    Svg open(String element, String... attributes) {
        begin(element, attributes);
        out.append('>');
        return this;
    }

    Svg close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /// An element without content.
    Svg empty(String element, String... attributes) {
        begin(element, attributes);
        out.append("/>");
        return this;
    }

    /// An element with nothing but text in it.
    Svg text(String element, String text, String... attributes) {
        open(element, attributes);
        out.append(escape(text));
        return close(element);
    }

    /// Takes in what another one has written.
    Svg raw(String svg) {
        out.append(svg);
        return this;
    }

    private void begin(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
    }

    static String number(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        String whole = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        return whole.equals("-0") ? "0" : whole;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
