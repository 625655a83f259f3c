package barograph.pattern;

import java.util.Arrays;

/// One walk through one line: where its groups begin and end, and which places need not be tried again.
///
/// From the same place on, a part of a pattern either leads to the end or does not, whatever came before it. So what
/// has failed once is never tried again, and a line takes time proportional to its length.
final class Walk {
    String line = "";
    final int[] groups;

    private final int choices;
    private int words;
    private long[] tried = {};

    /// @param groups how many places of groups to keep: two each
    /// @param choices how many parts of the pattern leave a choice
    Walk(int groups, int choices) {
        this.groups = new int[groups];
        this.choices = choices;
    }

    void begin(String anew) {
        line = anew;
        Arrays.fill(groups, -1);
        words = (line.length() >> 6) + 1;
        if (tried.length < choices * words) {
            tried = new long[choices * words];
        } else {
            Arrays.fill(tried, 0, choices * words, 0);
        }
    }

    /// Notes that a choice is tried at a place; false where it was tried there before.
    boolean isNew(int choice, int at) {
        int word = choice * words + (at >> 6);
        boolean anew = (tried[word] >>> at & 1) == 0;
        tried[word] |= 1L << at;
        return anew;
    }

    /// The first place from one on where a choice was tried; one behind the line's end where there is none.
    int firstTried(int choice, int from) {
        int word = from >> 6;
        long bits = tried[choice * words + word] >>> from << from;
        while (bits == 0 && ++word < words) {
            bits = tried[choice * words + word];
        }
        return bits == 0 ? line.length() + 1 : (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    void noteTried(int choice, int from, int to) {
        for (int word = from >> 6; word <= to >> 6; word++) {
            long bits = -1L;
            bits = word == from >> 6 ? bits << from : bits;
            bits = word == to >> 6 ? bits & (-1L >>> (63 - (to & 63))) : bits;
            tried[choice * words + word] |= bits;
        }
    }

    /// Whether a place is between the two halves of one character.
    boolean isWithin(int at) {
        return at > 0
                && at < line.length()
                && Character.isLowSurrogate(line.charAt(at))
                && Character.isHighSurrogate(line.charAt(at - 1));
    }

    /// The place behind the character at another; -1 where none of that set stands there.
    int behind(CharSet set, int at) {
        if (at >= line.length() || !set.contains(line.charAt(at))) {
            return -1;
        }
        return isWithin(at + 1) ? at + 2 : at + 1;
    }

    /// Where a run of characters of a set ends, at the latest at a limit.
    int end(CharSet set, int missing, int from, int limit) {
        if (missing >= 0) {
            int end = line.indexOf(missing, from, limit);
            return end < 0 ? limit : end;
        }
        int end = from;
        while (end < limit && set.contains(line.charAt(end))) {
            end++;
        }
        return end;
    }
}
