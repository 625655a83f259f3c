package barograph.pattern;

/// A set of characters: any of ASCII, and all others or none of them.
///
/// @param low the characters 0 to 63, a bit each
/// @param high the characters 64 to 127, a bit each
/// @param others whether all characters beyond ASCII are in it
record CharSet(long low, long high, boolean others) {
    private static final CharSet NONE = new CharSet(0, 0, false);
    static final CharSet ANY = NONE.negated();
    /// The dot, which does not stand for a line end.
    static final CharSet DOT = of('\n').negated();

    static CharSet of(char c) {
        return c < 128 ? range(c, c) : new CharSet(0, 0, true);
    }

    /// The characters from one of ASCII to another.
    static CharSet range(int from, int to) {
        CharSet set = NONE;
        for (int c = from; c <= to; c++) {
            set = c < 64 ? set.with(new CharSet(1L << c, 0, false)) : set.with(new CharSet(0, 1L << (c - 64), false));
        }
        return set;
    }

    static CharSet of(String characters) {
        return characters.chars().mapToObj(c -> range(c, c)).reduce(NONE, CharSet::with);
    }

    CharSet with(CharSet other) {
        return new CharSet(low | other.low, high | other.high, others || other.others);
    }

    CharSet negated() {
        return new CharSet(~low, ~high, !others);
    }

    boolean contains(char c) {
        return c < 64 ? (low >>> c & 1) != 0 : c < 128 ? (high >>> (c - 64) & 1) != 0 : others;
    }

    boolean meets(CharSet other) {
        return (low & other.low) != 0 || (high & other.high) != 0 || (others && other.others);
    }

    /// The one character that is not in it; -1 where there are several or none.
    int missing() {
        if (!others || Long.bitCount(~low) + Long.bitCount(~high) != 1) {
            return -1;
        }
        return ~low != 0 ? Long.numberOfTrailingZeros(~low) : 64 + Long.numberOfTrailingZeros(~high);
    }
}
