package barograph.notices;

import java.util.List;

/// The text of a letter in the making: paragraphs of at most 72 columns, so that any mail program shows them as meant.
///
/// Whatever others wrote is made legible first: what does not show, or turns the order of other characters around,
/// could make a letter say something else than the record does.
final class Prose {
    private static final int WIDTH = 72;

    /// Beyond this many characters somebody else's words are cut; the record has them in full.
    private static final int LONGEST = 4_000;

    private final StringBuilder text = new StringBuilder();
    private boolean underHeading;

    /// A line for somebody in a hurry: `Cause: …`.
    Prose labelled(String label, String words) {
        return wrap(label + ": ", " ".repeat(2), words);
    }

    Prose paragraph(String words) {
        gap();
        return wrap("", "", words);
    }

    Prose heading(String words) {
        gap();
        text.append(words.toUpperCase(java.util.Locale.ROOT)).append('\n');
        underHeading = true;
        return this;
    }

    Prose item(String words) {
        return wrap("- ", "  ", words);
    }

    Prose items(List<String> words) {
        words.forEach(this::item);
        return this;
    }

    /// Somebody else's words as they stand, set off from ours.
    Prose quote(String words) {
        gap();
        legible(words).lines().forEach(line -> wrap("    ", "    ", line));
        return this;
    }

    /// Ends the text: from here on mail programs see a signature, and leave it out of answers.
    Prose signature(List<String> paragraphs) {
        text.append("\n-- \n");
        paragraphs.forEach(each -> wrap("", "", each));
        return this;
    }

    private void gap() {
        if (!text.isEmpty() && !underHeading) {
            text.append('\n');
        }
    }

    private Prose wrap(String first, String rest, String words) {
        String line = line(words);
        int begun = text.length();
        text.append(first);
        for (int from = 0, until; from <= line.length(); from = until + 1) {
            int space = line.indexOf(' ', from);
            until = space < 0 ? line.length() : space;
            if (from > 0 && text.length() - begun + 1 + until - from > WIDTH) {
                text.append('\n');
                begun = text.length();
                text.append(rest);
            } else if (from > 0) {
                text.append(' ');
            }
            text.append(line, from, until);
        }
        text.append('\n');
        underHeading = false;
        return this;
    }

    /// One line: line ends and tabs become spaces.
    static String line(String text) {
        String legible = legible(text).strip();
        return isOneLine(legible) ? legible : legible.replaceAll("\\s+", " ");
    }

    /// At most so many characters of one line.
    static String line(String text, int longest) {
        String line = line(text).replace(Wording.GLUE, ' ');
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end).strip() + "…";
    }

    private static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c == ' ' && text.charAt(i + 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    /// Nearly all of our words are ASCII and short, and need nothing done to them.
    private static boolean isPlain(String text) {
        boolean plain = text.length() <= LONGEST;
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = (c >= ' ' && c < 0x7f) || c == '\n' || c == Wording.GLUE;
        }
        return plain;
    }

    private static String legible(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.replace("\r\n", "\n")
                .codePoints()
                .limit(LONGEST)
                .map(c -> hides(c) ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return text.length() > LONGEST ? out + " … (cut here; the record has it in full)" : out.toString();
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

    @Override
    public String toString() {
        return text.toString().replace(Wording.GLUE, ' ');
    }
}
