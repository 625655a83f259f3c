package barograph.form;

/// What a person wrote, as a message may repeat it: short, on one line, and unable to steer a terminal.
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /// In quotes.
    static String quoted(String text) {
        return "'" + bare(text) + "'";
    }

    static String bare(String text) {
        StringBuilder shown = new StringBuilder();
        int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
            if (steers(points[i])) {
                shown.append("\\u%04x".formatted(points[i]));
            } else {
                shown.appendCodePoint(points[i]);
            }
        }
        return points.length > LONGEST ? shown + "…" : shown.toString();
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
