package barograph.record;

import java.util.Arrays;
import java.util.List;

/// How the entries of one tile differ from those that were signed.
///
/// @param place of the first one that differs, within the tile; behind the last where none does
/// @param how for a person: changed, removed, added or exchanged; empty where none differs
/// @param there whether what stands at that place now is the culprit; not so where something was taken away
record Comparison(int place, String how, boolean there) {
    /// @param first the index of the tile's first entry
    /// @param found the hashes of the entries that are there
    /// @param signed the hashes that should be there
    static Comparison of(long first, List<byte[]> found, List<byte[]> signed) {
        int place = differs(found, signed);
        long index = first + place;
        if (place == signed.size() && place == found.size()) {
            return new Comparison(place, "", false);
        }
        if (place == signed.size()) {
            return new Comparison(place - 1, "behind entry " + (index - 1) + " something was added", true);
        }
        if (place == found.size()) {
            return new Comparison(
                    place,
                    "entry " + index + " and what follows up to " + (first + signed.size() - 1) + " is missing",
                    false);
        }
        if (follows(found, place, signed, place + 1)) {
            return new Comparison(place, "entry " + index + " was removed", false);
        }
        if (follows(found, place + 1, signed, place)) {
            return new Comparison(place, "before entry " + index + " another one was put in", true);
        }
        for (int other = place + 1; other < Math.min(found.size(), signed.size()); other++) {
            if (equal(found, place, signed, other) && equal(found, other, signed, place)) {
                return new Comparison(place, "entries " + index + " and " + (first + other) + " were exchanged", true);
            }
        }
        return new Comparison(place, "entry " + index + " is not what was signed", true);
    }

    /// Whether they do not differ at all.
    boolean same() {
        return how.isEmpty();
    }

    private static int differs(List<byte[]> found, List<byte[]> signed) {
        int place = 0;
        while (place < found.size() && place < signed.size() && equal(found, place, signed, place)) {
            place++;
        }
        return place;
    }

    /// Whether both go on alike from there, as far as both are known, and at least by one.
    private static boolean follows(List<byte[]> found, int from, List<byte[]> signed, int signedFrom) {
        int length = Math.min(found.size() - from, signed.size() - signedFrom);
        for (int i = 0; i < length; i++) {
            if (!equal(found, from + i, signed, signedFrom + i)) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean equal(List<byte[]> found, int place, List<byte[]> signed, int signedPlace) {
        return Arrays.equals(found.get(place), signed.get(signedPlace));
    }
}
