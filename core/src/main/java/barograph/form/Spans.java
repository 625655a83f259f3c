package barograph.form;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as people write them: `500ms`, `15s`, `30m`, `4h`, `2d`, and longer units before shorter: `1h30m`.
public final class Spans {
    static final String PATTERN =
            "^(?=[0-9])([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m(?!s))?([0-9]{1,9}s)?([0-9]{1,9}ms)?$";

    private static final Pattern SPAN = Pattern.compile(PATTERN);
    private static final Map<String, Duration> UNITS = units();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern WORDS = Pattern.compile("([0-9]{1,6}(?:[.,][0-9]{1,3})?|[a-z]+)[\\s_-]*([a-z]*)\\.?");
    private static final List<String> NUMERALS = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Map<String, Integer> TENS =
            Map.of("fifteen", 15, "twenty", 20, "thirty", 30, "forty", 40, "forty-five", 45, "sixty", 60, "ninety", 90);

    private Spans() {}

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("ms", Duration.ofMillis(1));
        return units;
    }

    /// As a person would write it: `1h30m`; what is below a millisecond is cut.
    public static String write(Duration span) {
        StringBuilder text = new StringBuilder();
        long left = span.toMillis();
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long count = left / unit.getValue().toMillis();
            if (count > 0) {
                text.append(count).append(unit.getKey());
                left -= count * unit.getValue().toMillis();
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /// A span within limits that reads well as an example.
    static String sample(Duration least, Duration most) {
        return List.of(Duration.ofMinutes(30), Duration.ofSeconds(15), Duration.ofHours(4), Duration.ofMillis(500))
                .stream()
                .filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0)
                .findFirst()
                .map(Spans::write)
                .orElse(write(least));
    }

    static Parsed<Duration> parse(String text, Duration least, Duration most) {
        String sample = sample(least, most);
        if (NUMBER.matcher(text).matches()) {
            return new Parsed.Wrong<>(
                    "has no unit.",
                    "Write " + text + "s for seconds, " + text + "m for minutes or " + text + "h for hours.");
        }
        Optional<Duration> span = exact(text);
        if (span.isEmpty()) {
            return new Parsed.Wrong<>(
                    "is not a duration.",
                    "Write "
                            + guess(text)
                                    .map(Spans::write)
                                    .orElse("a number and a unit (ms, s, m, h, d), such as " + sample)
                            + ".");
        }
        if (span.get().compareTo(least) < 0) {
            return new Parsed.Wrong<>("is too short.", "Write at least " + write(least) + ".");
        }
        if (span.get().compareTo(most) > 0) {
            return new Parsed.Wrong<>("is too long.", "Write at most " + write(most) + ".");
        }
        return new Parsed.Right<>(span.get());
    }

    private static Optional<Duration> exact(String text) {
        Matcher match = SPAN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        Duration span = Duration.ZERO;
        int group = 1;
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            String part = match.group(group++);
            if (part != null) {
                long count = Long.parseLong(
                        part.substring(0, part.length() - unit.getKey().length()));
                span = span.plus(unit.getValue().multipliedBy(count));
            }
        }
        return Optional.of(span);
    }

    /// What was probably meant: `ten minutes`, `10 min`, `1.5h`, `PT30M`, `1 week`.
    private static Optional<Duration> guess(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("p")) {
            try {
                return Optional.of(Duration.parse(text.strip())).filter(span -> !span.isNegative());
            } catch (DateTimeException e) {
                return Optional.empty(); // not in ISO 8601 either: there is nothing to guess
            }
        }
        Matcher match = WORDS.matcher(plain);
        if (!match.matches()) {
            return Optional.empty();
        }
        Optional<Duration> unit = unit(match.group(2));
        return number(match.group(1))
                .flatMap(count -> unit.map(one -> Duration.ofMillis(
                        count.multiply(BigDecimal.valueOf(one.toMillis())).longValue())))
                .filter(span -> !span.isZero());
    }

    private static Optional<BigDecimal> number(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Optional.of(new BigDecimal(text.replace(',', '.')));
        }
        int numeral = NUMERALS.indexOf(text.equals("an") || text.equals("a") ? "one" : text);
        return Optional.ofNullable(numeral >= 0 ? Integer.valueOf(numeral) : TENS.get(text))
                .map(BigDecimal::valueOf);
    }

    private static Optional<Duration> unit(String word) {
        if (word.startsWith("week") || word.equals("w")) {
            return Optional.of(Duration.ofDays(7));
        }
        if (word.startsWith("milli") || word.startsWith("msec")) {
            return Optional.of(Duration.ofMillis(1));
        }
        String full = word.isEmpty() ? "" : word.equals("ms") ? "ms" : word.substring(0, 1);
        boolean known = List.of("days", "hours", "hrs", "minutes", "mins", "seconds", "secs", "ms").stream()
                .anyMatch(name -> name.startsWith(word));
        return known ? Optional.ofNullable(UNITS.get(full)) : Optional.empty();
    }
}
