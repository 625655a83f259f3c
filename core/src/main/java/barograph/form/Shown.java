package barograph.form;

import java.util.regex.Pattern;

/// What a person wrote, as a message may repeat it: short, on one line, and unable to steer a terminal.
final class Shown {
    private static final int LONGEST = 60;

    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N} .,:%@/_+*-]{0," + LONGEST + "}");
    private static final Pattern ADDRESS_WITH_PASSWORD = Pattern.compile("//[^/]*:[^/]*@");

    private Shown() {}

    /// In quotes, where it is harmless; else `the value`.
    static String quoted(String text) {
        return isHarmless(text) ? "'" + text + "'" : "the value";
    }

    /// Whether it is surely no secret: what is long, or holds signs that are common in passwords, is not repeated, and
    /// no address with a password in it.
    static boolean isHarmless(String text) {
        return HARMLESS.matcher(text).matches()
                && !ADDRESS_WITH_PASSWORD.matcher(text).find();
    }

    /// Without quotes, cut where it is long.
    static String bare(String text) {
        int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
        return points.length > LONGEST ? escaped(new String(points, 0, LONGEST)) + "…" : escaped(text);
    }

    /// With the number of each character that steers a terminal in its place.
    static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (steers(point)) {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /// Whether a character moves the cursor or turns the direction of what follows, instead of showing itself.
    static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
