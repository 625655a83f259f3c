package barograph.watch;

import barograph.login.Dimensions;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Finds what is frequent among ever so many kinds of logins, in little memory (Misra and Gries, *Finding repeated
/// elements*, 1982).
///
/// Of n logins, a kind that made up more than n/([#MOST] + 1) of them is among those that are counted, and its count
/// is too low by at most that many, never too high. Work per login is constant on average.
final class Frequent {
    static final int MOST = 512;

    private final Map<Dimensions, Integer> counts = new HashMap<>();

    /// Counts alike logins.
    ///
    /// @return how many of their kind there were at least
    int add(Dimensions kind, int times) {
        if (counts.containsKey(kind) || counts.size() < MOST) {
            return counts.merge(kind, times, Integer::sum);
        }
        int least = Math.min(times, Collections.min(counts.values()));
        counts.replaceAll((_, count) -> count - least);
        counts.values().removeIf(count -> count == 0);
        return times > least ? add(kind, times - least) : 0;
    }

    void forget(Dimensions kind) {
        counts.remove(kind);
    }
}
