package barograph.logs;

import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;

/// One file of a log: the log itself, or what a rotation has put aside.
///
/// @param suffix what its name has behind the log's name: nothing, `.1`, `.2.gz`, `-20261122`
/// @param identity device and inode, which stay when it is renamed
/// @param size bytes
/// @param changed when it was last written to, by the clock of its host
record Sheet(String suffix, String identity, long size, Instant changed) {
    private static final Pattern PUT_ASIDE = Pattern.compile("[.-][0-9][0-9-]*(\\.gz)?");
    private static final String PACKED = ".gz";

    /// The log first, then what was put aside, youngest first: `.1` before `.2`, later dates before earlier ones.
    static final Comparator<Sheet> YOUNGEST_FIRST = Comparator.comparing((Sheet sheet) -> !sheet.suffix.isEmpty())
            .thenComparingInt(Sheet::number)
            .thenComparing(Sheet::suffix, Comparator.reverseOrder());

    static boolean isOne(String suffix) {
        return suffix.isEmpty() || PUT_ASIDE.matcher(suffix).matches();
    }

    /// Whether this is where the server writes, unless it still holds on to an older one.
    boolean isLog() {
        return suffix.isEmpty();
    }

    boolean packed() {
        return suffix.endsWith(PACKED);
    }

    /// The name without `.gz`.
    String stem() {
        return packed() ? suffix.substring(0, suffix.length() - PACKED.length()) : suffix;
    }

    /// The count of rotations that it has been through, where its name tells; 0 for names with a date.
    private int number() {
        return suffix.startsWith(".") ? Math.max(0, Digits.number(stem(), 1, Math.min(stem().length(), 10))) : 0;
    }
}
