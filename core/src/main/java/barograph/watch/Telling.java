package barograph.watch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as people read them.
final class Telling {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Telling() {}

    static String clock(Instant at) {
        return CLOCK.format(at) + " UTC";
    }

    /// A share as one in so many.
    static String share(double share) {
        if (share <= 0) {
            return "none";
        }
        return share >= 0.1 ? Math.round(share * 100) + "%" : "1 in " + Math.round(1 / share);
    }

    /// "below 1 in 10,000"
    static String chance(double eValue) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, eValue))));
        return power <= 1
                ? "about even"
                : power > 1e9 ? "below 1 in a billion" : String.format(Locale.ROOT, "below 1 in %,d", (long) power);
    }
}
