package barograph.logs;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/// Reads the times at the heads of log lines, in the ways that login servers write them:
///
///     Sun Nov 22 16:29:33 2026 : …               FreeRADIUS: local time
///     2026-11-22T16:29:33.123456+00:00 host …    syslog, RFC 5424 style
///     Nov 22 16:29:33 host …                     syslog, RFC 3164 style: local time, no year
///     6560a1b2.0abc1234 0x7f12… …                slapd -d: seconds and nanoseconds, in hexadecimal
///     2026/11/22 16:29:33 [error] …              nginx: local time
///     22/Nov/2026:16:29:33 +0100 …               access logs of web servers, where a pattern has found it
///     1763828973.123 …                           squid: seconds since 1970
///
/// Local time is ambiguous for an hour each autumn; the log's own order then tells which of the two it is. Not
/// thread-safe.
public final class Stamps {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int CTIME = 24;
    private static final int SYSLOG = 15;

    /// A log in order does not go back this far, but for the autumn hour that comes twice.
    private static final Duration BACK = Duration.ofMinutes(1);

    private final ZoneId zone;
    private String same = "";
    private Day day = Day.NONE;
    private Instant at = Instant.MIN;
    private Instant latest = Instant.MIN;
    private int end;

    /// A day of local time whose hours are all as long: a time of it is a matter of adding.
    ///
    /// @param text how its lines begin it: `Nov 22`
    /// @param year the year as text, where its lines tell it; else empty
    /// @param began in seconds since 1970
    private record Day(String text, String year, long began) {
        static final Day NONE = new Day("", "", 0);

        boolean has(String line, int from, int yearFrom) {
            return !text.isEmpty() && line.startsWith(text, from) && line.startsWith(year, yearFrom);
        }
    }

    public Stamps(ZoneId zone) {
        this.zone = zone;
    }

    /// Reads the time of a line; [#at] and [#end] tell it when the answer is yes.
    ///
    /// @param now the year is chosen so that the time comes nearest to this
    public boolean read(String line, Instant now) {
        // Most lines share their second with the line before: comparing is ten times cheaper than reading.
        if (!same.isEmpty() && line.startsWith(same)) {
            end = same.length();
            return true;
        }
        if (line.length() < SYSLOG + 1) {
            return false;
        }
        try {
            return readAnew(line, now);
        } catch (DateTimeException | ArithmeticException e) {
            return false; // the 31st of a month that has 30 days, the 25th hour: no time, so no login line
        }
    }

    /// When the last line was written that had a time.
    public Instant at() {
        return at;
    }

    /// Where the rest of that line begins.
    int end() {
        return end;
    }

    private boolean readAnew(String line, Instant now) {
        char first = line.charAt(0);
        if (first >= 'A' && first <= 'Z') {
            if (month(line, 0) > 0) {
                return readSyslog(line, now);
            }
            return line.length() >= CTIME && month(line, 4) > 0 && readCtime(line);
        }
        if (line.charAt(4) == '-' || line.charAt(4) == '/') {
            return readIso(line);
        }
        if (line.charAt(2) == '/') {
            return readAccess(line);
        }
        return line.charAt(10) == '.' ? readSeconds(line) : readHex(line);
    }

    private boolean readCtime(String line) {
        if (day.has(line, 4, 20) && !day.year.isEmpty() && withinDay(line, 11, CTIME)) {
            return true;
        }
        int year = Digits.number(line, 20, CTIME);
        return year >= 0
                && local(
                        local(year, month(line, 4), line, 8, 11),
                        line.substring(0, CTIME),
                        4,
                        line.substring(20, CTIME));
    }

    /// A time of the same day as the line before had.
    private boolean withinDay(String line, int time, int stop) {
        int hour = Digits.number(line, time, time + 2);
        int minute = Digits.number(line, time + 3, time + 5);
        int second = Digits.number(line, time + 6, time + 8);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        same = line.substring(0, stop);
        return found(Instant.ofEpochSecond(day.began + hour * 3_600L + minute * 60L + second), stop);
    }

    private boolean readSyslog(String line, Instant now) {
        if (day.has(line, 0, 0) && day.year.isEmpty() && withinDay(line, 7, SYSLOG)) {
            return true;
        }
        int thisYear = now.atZone(zone).getYear();
        LocalDateTime nearest = null;
        Duration distance = Duration.ZERO;
        for (int year = thisYear - 1; year <= thisYear + 1; year++) {
            if (Digits.number(line, 4, 6) == 29 && month(line, 0) == 2 && !Year.isLeap(year)) {
                continue;
            }
            LocalDateTime local = local(year, month(line, 0), line, 4, 7);
            Duration apart =
                    Duration.between(local.atZone(zone).toInstant(), now).abs();
            if (nearest == null || apart.compareTo(distance) < 0) {
                nearest = local;
                distance = apart;
            }
        }
        return nearest != null && local(nearest, line.substring(0, SYSLOG), 0, "");
    }

    private static LocalDateTime local(int year, int month, String line, int day, int time) {
        return LocalDateTime.of(
                year,
                month,
                Digits.number(line, day, day + 2),
                Digits.number(line, time, time + 2),
                Digits.number(line, time + 3, time + 5),
                Digits.number(line, time + 6, time + 8));
    }

    /// @param dayAt where month and day stand in the text
    private boolean local(LocalDateTime local, String text, int dayAt, String year) {
        Instant midnight = local.toLocalDate().atStartOfDay(zone).toInstant();
        ZoneOffsetTransition next = zone.getRules().nextTransition(midnight.minusSeconds(1));
        boolean even = next == null || next.getInstant().isAfter(midnight.plus(Duration.ofHours(25)));
        day = even ? new Day(text.substring(dayAt, dayAt + 6), year, midnight.getEpochSecond()) : Day.NONE;

        Instant instant = ZonedDateTime.ofLocal(local, zone, null).toInstant();
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 2 && instant.plus(BACK).isBefore(latest)) {
            instant = local.toInstant(offsets.get(1));
        }
        same = text;
        return found(instant, text.length());
    }

    private boolean readIso(String line) {
        if (line.length() < 20) {
            return false;
        }
        int year = Digits.number(line, 0, 4);
        if (year < 0) {
            return false;
        }
        LocalDateTime local = local(year, Digits.number(line, 5, 7), line, 8, 11);
        int next = 19;
        if (line.charAt(next) == '.' || line.charAt(next) == ',') {
            int digits = Digits.end(line, next + 1) - next - 1;
            if (digits == 0 || digits > 9) {
                return false;
            }
            local = local.withNano(
                    Digits.number(line, next + 1, next + 1 + digits) * (int) Math.powExact(10L, 9 - digits));
            next += digits + 1;
        }
        if (next == line.length() || line.charAt(next) == ' ') {
            return found(ZonedDateTime.ofLocal(local, zone, null).toInstant(), next);
        }
        if (line.charAt(next) == 'Z') {
            return found(local.toInstant(ZoneOffset.UTC), next + 1);
        }
        int stop = line.indexOf(' ', next);
        stop = stop < 0 ? line.length() : stop;
        return found(local.toInstant(ZoneOffset.of(line.substring(next, stop))), stop);
    }

    /// `22/Nov/2026:16:29:33 +0100`
    private boolean readAccess(String line) {
        int month = month(line, 3);
        int year = Digits.number(line, 7, 11);
        int stop = line.indexOf(' ', 21);
        if (month == 0 || year < 0 || line.charAt(11) != ':' || stop < 0) {
            return false;
        }
        LocalDateTime local = local(year, month, line, 0, 12);
        return found(local.toInstant(ZoneOffset.of(line.substring(21, stop))), stop);
    }

    /// `1763828973.123`
    private boolean readSeconds(String line) {
        long seconds = Digits.longNumber(line, 0, 10);
        int stop = Digits.end(line, 11);
        int millis = stop == 14 ? Digits.number(line, 11, stop) : -1;
        return seconds >= 0 && millis >= 0 && found(Instant.ofEpochSecond(seconds, millis * 1_000_000L), stop);
    }

    private boolean readHex(String line) {
        long seconds = Digits.hexadecimal(line, 0, 8);
        if (seconds < 0) {
            return false;
        }
        long nanos = 0;
        int next = 8;
        if (line.charAt(next) == '.') {
            int stop = line.indexOf(' ', next);
            nanos = stop < 0 ? -1 : Digits.hexadecimal(line, next + 1, stop);
            // Five digits hold microseconds, as older versions write them; eight hold nanoseconds.
            nanos = stop - next - 1 <= 5 ? nanos * 1_000 : nanos;
            next = stop;
        }
        if (nanos < 0 || nanos > 999_999_999 || line.charAt(next) != ' ') {
            return false;
        }
        return found(Instant.ofEpochSecond(seconds, nanos), next);
    }

    private boolean found(Instant instant, int next) {
        at = instant;
        latest = instant.isAfter(latest) ? instant : latest;
        end = next;
        return true;
    }

    /// The month whose three letters stand at a place, 1 to 12; 0 if none does.
    private static int month(String line, int from) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (line.regionMatches(from, MONTHS, i, 3)) {
                return i / 3 + 1;
            }
        }
        return 0;
    }
}
