package barograph.dossier;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How spans of time, counts and lists are said.
final class Phrases {
    private Phrases() {}

    /// "420 ms", "6.2 s", "3 min 20 s", "2 h 5 min", "4 days 2 h"; at most two units.
    static String span(Duration span) {
        long millis = Math.max(0, span.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis % 1_000 < 100 ? millis / 1_000 + " s" : millis / 1_000 + "." + millis % 1_000 / 100 + " s";
        }
        long seconds = millis / 1_000;
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return two(seconds / 86_400, seconds < 2 * 86_400 ? "day" : "days", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /// "1 person", "14 people", "1,204 people".
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share as people read it: "1.2%", "below 0.1%", "37%".
    static String share(double share) {
        double percent = share * 100;
        if (percent > 0 && percent < 0.1) {
            return "below 0.1%";
        }
        return percent < 10 && percent != Math.rint(percent)
                ? String.format(Locale.ROOT, "%.1f%%", percent)
                : Math.round(percent) + "%";
    }

    /// Odds as people read them: "5,400 to 1", rounded to two digits.
    static String odds(double odds) {
        if (odds >= 1e9) {
            return "more than a billion to 1";
        }
        double power = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, odds))) - 1));
        return number(Math.round(odds / power) * Math.round(power)) + " to 1";
    }

    /// "a", "a and b", "a, b and c".
    static String list(Collection<?> things) {
        List<String> words = things.stream().map(Object::toString).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /// At most `most` of them, and how many more there are.
    static String some(Collection<?> things, int most) {
        if (things.size() <= most) {
            return list(things);
        }
        List<String> words = things.stream().map(Object::toString).toList();
        return String.join(", ", words.subList(0, most)) + " and " + (words.size() - most) + " more";
    }

    /// Typographic quotation marks around somebody else's words.
    static String quoted(String words) {
        return "“" + words.strip() + "”";
    }

    /// The same at the end of a sentence: with one full stop, inside or outside.
    static String lastQuoted(String words) {
        String stripped = words.strip();
        return sentence(stripped).equals(stripped) ? quoted(stripped) : quoted(stripped) + ".";
    }

    /// Without the full stop at its end, so that a sentence can go on.
    static String clause(String sentence) {
        String stripped = sentence.strip();
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    /// With one full stop at its end.
    static String sentence(String words) {
        String stripped = words.strip();
        return stripped.isEmpty() || stripped.endsWith(".") || stripped.endsWith("!") || stripped.endsWith("?")
                ? stripped
                : stripped + ".";
    }

    /// Only the first sentence, without its full stop.
    static String first(String sentences) {
        int end = sentences.indexOf(". ");
        return clause(end < 0 ? sentences : sentences.substring(0, end));
    }

    /// With a capital at its beginning.
    static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// With a small letter at its beginning.
    static String decapital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /// A constant as people read it: `ROLL_BACK` is "roll back".
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
