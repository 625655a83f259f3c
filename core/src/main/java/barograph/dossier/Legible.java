package barograph.dossier;

/// Text that others wrote (a server's answer, a mail's subject), made safe to read.
///
/// Characters that do not show, or that turn the order of others around, could make a line say something else than the
/// record does. Each is shown as U+FFFD. What is too long is cut, and the cut is marked; the entry has it in full.
final class Legible {
    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_BLOCK = 60_000;

    private Legible() {}

    /// One line: line ends and tabs become spaces.
    static String line(String text) {
        return cut(readable(text.strip().replaceAll("[\\r\\n\\t]+", " ")), LONGEST_LINE);
    }

    /// Several lines, as they are.
    static String block(String text) {
        return cut(readable(text.replace("\r\n", "\n")), LONGEST_BLOCK);
    }

    /// Whether every character of it shows.
    static boolean shows(String text) {
        return text.codePoints().noneMatch(Legible::hides);
    }

    private static String readable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(c -> hides(c) ? 0xFFFD : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean hides(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED;
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + " … (cut here; the entry has it in full)";
    }
}
