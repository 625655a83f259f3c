package barograph.watch;

import barograph.login.Dimensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/// The segments that are told apart, each with a number from 0 up.
///
/// At most [#OWN] segments are watched one by one, the others together, one pool per method up to [#MOST]. So nobody
/// who chooses a user name chooses how much work or memory it makes. Until the change, a segment out of a pool that
/// turns out to be frequent ([Frequent]) takes the place of the smallest that has its own. A segment that makes up
/// more than 1/512 of the pooled logins is found that way, and every segment above 1/56 of all has its own.
final class Segments {
    static final int OWN = 56;
    static final int MOST = 64;
    /// With fewer logins a segment is nobody's rival.
    private static final int RIVAL = 16;

    private final Map<Dimensions, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private final List<Dimensions> dimensions = new ArrayList<>();
    private final Frequent frequent = new Frequent();

    int of(Dimensions told) {
        Integer number = numbers.get(told);
        if (number != null) {
            return number;
        }
        if (dimensions.size() < OWN) {
            numbers.put(told, dimensions.size());
            dimensions.add(told);
            return dimensions.size() - 1;
        }
        return pool(dimensions.size() < MOST ? told.method() : Dimensions.UNTOLD);
    }

    private int pool(String method) {
        Integer number = pools.get(method);
        if (number == null && dimensions.size() < MOST) {
            number = dimensions.size();
            pools.put(method, number);
            dimensions.add(new Dimensions("others", method, Dimensions.UNTOLD, Dimensions.UNTOLD));
        }
        return number == null ? MOST - 1 : number;
    }

    /// Counts alike logins of a pooled segment, and says whose place it has earned.
    ///
    /// @param weight how many logins a segment with a place of its own had
    /// @return the number of the segment that has to give way, if any
    OptionalInt rival(Dimensions told, int number, int times, IntToLongFunction weight) {
        if (number < OWN) {
            return OptionalInt.empty();
        }
        int seen = frequent.add(told, times);
        boolean doubled = Integer.highestOneBit(seen) != Integer.highestOneBit(seen - times);
        if (seen < RIVAL || !doubled) {
            return OptionalInt.empty();
        }
        int smallest = 0;
        for (int other = 1; other < OWN; other++) {
            smallest = weight.applyAsLong(other) < weight.applyAsLong(smallest) ? other : smallest;
        }
        return 2 * weight.applyAsLong(smallest) < seen ? OptionalInt.of(smallest) : OptionalInt.empty();
    }

    /// Gives a segment the place of another.
    ///
    /// @return the pool that the other one belongs to from now on
    int replace(int number, Dimensions told) {
        Dimensions old = dimensions.get(number);
        numbers.remove(old);
        numbers.put(told, number);
        dimensions.set(number, told);
        frequent.forget(told);
        return of(old);
    }

    int count() {
        return dimensions.size();
    }

    Dimensions dimensions(int segment) {
        return dimensions.get(segment);
    }

    String name(int segment) {
        return dimensions.get(segment).segment();
    }
}
