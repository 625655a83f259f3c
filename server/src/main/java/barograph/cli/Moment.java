package barograph.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as a person writes it on a command line: `2026-11-22T10:00:00Z`, the same with another offset or none, or
/// `+3600s`, `+90m`, `+5h30m` since the start of the logs.
final class Moment {
    private static final Pattern AFTER =
            Pattern.compile("\\+(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d{1,9})?)s)?");

    private final Function<Instant, Instant> since;
    private final boolean relative;

    private Moment(Function<Instant, Instant> since, boolean relative) {
        this.since = since;
        this.relative = relative;
    }

    /// Reads what was written after an option.
    ///
    /// @param zone for times without an offset
    /// @throws Trouble that says how to write it
    static Moment of(String option, String text, ZoneId zone) {
        Matcher after = AFTER.matcher(text);
        try {
            if (text.length() > 1 && after.matches()) {
                Duration span = Duration.parse("P" + part(after, 1, "D") + "T" + part(after, 2, "H")
                        + part(after, 3, "M") + part(after, 4, "S") + "0S".substring(after.group(4) == null ? 0 : 2));
                return new Moment(start -> start.plus(span), true);
            }
            Instant at = absolute(text.trim().replace(' ', 'T'), zone);
            return new Moment(_ -> at, false);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Trouble(
                    ExitCode.USAGE,
                    option + ": '" + text + "' is not a time. Write it like 2026-11-22T10:00:00Z,"
                            + " 2026-11-22T11:00:00+01:00, 2026-11-22T11:00:00 (in " + zone
                            + "), or +3600s, +90m, +5h30m since the start of the logs.");
        }
    }

    private static String part(Matcher after, int group, String unit) {
        return Optional.ofNullable(after.group(group))
                .map(number -> number + unit)
                .orElse("");
    }

    private static Instant absolute(String text, ZoneId zone) {
        boolean offset = text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d(:?\\d\\d)?");
        return offset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    /// Whether it counts from the start of the logs.
    boolean relative() {
        return relative;
    }

    /// @param start of the logs
    Instant at(Instant start) {
        return since.apply(start);
    }
}
