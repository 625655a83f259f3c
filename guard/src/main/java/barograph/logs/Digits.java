package barograph.logs;

/// Reads numbers out of the middle of a line, without cutting pieces off it.
final class Digits {
    private Digits() {}

    /// A decimal number of at most nine digits that fills `from` to `to`; leading blanks count as zeros.
    ///
    /// @return -1 where no such number stands there
    static int number(String line, int from, int to) {
        if (from >= to || to > line.length() || to - from > 9) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            if (c == ' ' && value == 0 && i < to - 1) {
                continue;
            }
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /// The same for a longer number: up to eighteen digits, no blanks.
    static long longNumber(String line, int from, int to) {
        if (from >= to || to > line.length() || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /// A hexadecimal number of at most eight digits that fills `from` to `to`; -1 where none stands there.
    static long hexadecimal(String line, int from, int to) {
        if (from >= to || to > line.length() || to - from > 8) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(line.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// Where the digits end that begin at `from`.
    static int end(String line, int from) {
        int i = from;
        while (i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
