package barograph.notices;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How times, spans, counts and lists are said in letters.
final class Wording {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Stands for a blank at which no line may end; [Prose] makes it one.
    static final char GLUE = '\u00a0';

    private Wording() {}

    /// "2026-11-22 10:07:12 UTC (+00:00)": a desk anywhere can convert it.
    static String moment(Instant at) {
        return glued(MOMENT.format(up(at)) + " UTC (+00:00)");
    }

    /// "2026-11-22, 10:20:01 to 10:27:03 UTC (+00:00)", where one day is enough.
    static String range(Instant from, Instant until) {
        String begin = MOMENT.format(up(from));
        String end = MOMENT.format(up(until));
        String day = end.substring(0, end.indexOf(' ') + 1);
        return begin.startsWith(day)
                ? glued(day.strip() + ", " + begin.substring(day.length())) + " to "
                        + glued(TIME.format(up(until)) + " UTC (+00:00)")
                : moment(from) + " to " + moment(until);
    }

    private static String glued(String text) {
        return text.replace(' ', GLUE);
    }

    /// "10:07:12 UTC", where the day is clear.
    static String time(Instant at) {
        return glued(TIME.format(up(at)) + " UTC");
    }

    /// "since 10:07:12" must not be said of 10:07:12.9, so fractions count as begun seconds.
    private static Instant up(Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(at) ? at : second.plusSeconds(1);
    }

    /// "7 min 7 s", "2 h 3 min", "3 days 4 h"; at most two units, at least "1 s".
    static String span(Duration span) {
        long seconds = Math.max(1, span.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return glued(seconds + " s");
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return two(seconds / 86_400, seconds < 2 * 86_400 ? "day" : "days", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return glued(large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit));
    }

    /// "1 person", "1,204 people".
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String number(long number) {
        return Math.abs(number) < 1_000 ? Long.toString(number) : String.format(Locale.ROOT, "%,d", number);
    }

    /// "below 1%", "2%".
    static String percent(double share) {
        return share > 0 && share < 0.01 ? "below 1%" : Math.round(share * 100) + "%";
    }

    /// "a", "a and b", "a, b and c".
    static String list(Collection<?> things) {
        List<String> words = things.stream().map(Object::toString).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /// With one full stop at its end.
    static String sentence(String words) {
        String stripped = Prose.line(words);
        return stripped.isEmpty() || ".!?".indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }

    /// Without the full stop at its end, so that a sentence can go on.
    static String clause(String words) {
        String stripped = Prose.line(words);
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    /// With a capital at its beginning.
    static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
