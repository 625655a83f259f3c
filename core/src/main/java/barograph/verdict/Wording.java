package barograph.verdict;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Numbers, times and servers as a verdict tells them to a person.
public final class Wording {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_NAMES = 3;

    private Wording() {}

    /// A moment: `10:42:07 UTC`.
    public static String clock(Instant at) {
        return CLOCK.format(at) + " UTC";
    }

    /// Servers by name, in order: `ldap-1`, `ldap-1 and ldap-2`, `ldap-1, ldap-2 and 7 others`.
    public static String servers(Collection<ServerId> servers) {
        List<String> names = servers.stream().sorted().map(ServerId::value).toList();
        return names(names.isEmpty() ? List.of("no server") : names);
    }

    static String names(List<String> names) {
        if (names.size() == 1) {
            return names.getFirst();
        }
        if (names.size() <= MOST_NAMES) {
            return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
        }
        int told = MOST_NAMES - 1;
        return String.join(", ", names.subList(0, told)) + " and " + (names.size() - told) + " others";
    }

    /// A share: `37%`, `1 in 240`, `fewer than 1 in 10,000`.
    public static String share(double share) {
        if (share >= 0.1) {
            return Math.round(share * 100) + "%";
        }
        if (share < 1e-4) {
            return "fewer than 1 in 10,000";
        }
        return "1 in " + count(Math.round(1 / share));
    }

    /// A share in percent: `3.3%`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /// The chance of at most 1/`odds`, rounded up to a power of ten: `fewer than 1 in 10,000`.
    public static String chance(double odds) {
        if (odds >= 1e9) {
            return "fewer than 1 in a billion";
        }
        long power = 10;
        while (power * 10L <= odds) {
            power *= 10;
        }
        return "fewer than 1 in " + count(power);
    }

    /// A whole number with its thousands parted: `12,400`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share as points of a hundred: `2 percentage points`.
    public static String points(double share) {
        double points = share * 100;
        boolean whole = Math.abs(points - Math.rint(points)) < 1e-9;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", points)
                + (Math.abs(points - 1) < 1e-9 ? " percentage point" : " percentage points");
    }

    /// A span: `40 s`, `10 min`, `3 h`.
    public static String span(Duration span) {
        if (span.toHours() >= 2) {
            return Math.round(span.toMinutes() / 60.0) + " h";
        }
        if (span.toMinutes() >= 2) {
            return Math.round(span.toSeconds() / 60.0) + " min";
        }
        return span.toSeconds() >= 1 ? span.toSeconds() + " s" : span.toMillis() + " ms";
    }
}
