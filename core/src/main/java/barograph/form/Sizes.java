package barograph.form;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of bytes as people write them: `512B`, `64KiB`, `10MiB`, `1GiB`.
final class Sizes {
    static final String PATTERN = "^[0-9]{1,9}(B|KiB|MiB|GiB)$";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
    private static final Pattern LIKELY = Pattern.compile("([0-9]{1,9})\\s*([kKmMgG])(?:[iI]?[bB])?");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Sizes() {}

    static String write(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long one = UNITS.getOrDefault(unit, 1L);
            if (bytes >= one && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }

    static Parsed<Long> parse(String text, long least, long most) {
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            Matcher likely = LIKELY.matcher(text.strip());
            String remedy = likely.matches()
                    ? likely.group(1) + likely.group(2).toUpperCase(java.util.Locale.ROOT) + "iB"
                    : "a number and a unit (B, KiB, MiB, GiB), such as 10MiB";
            return new Parsed.Wrong<>("is not a size.", "Write " + remedy + ".");
        }
        long bytes = Long.parseLong(match.group(1)) * UNITS.getOrDefault(match.group(2), 1L);
        if (bytes < least || bytes > most) {
            return new Parsed.Wrong<>("is out of range.", "Write " + write(least) + " to " + write(most) + ".");
        }
        return new Parsed.Right<>(bytes);
    }
}
