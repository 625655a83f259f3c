package barograph.watch;

import barograph.login.Dimensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The segments that are told apart, each with a number from 0 up.
///
/// The first [#OWN] segments are watched one by one; later ones together, one pool per method up to [#MOST], so
/// that nobody who chooses a user name chooses how much work it makes.
final class Segments {
    static final int OWN = 56;
    static final int MOST = 64;

    private final Map<Dimensions, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private final List<Dimensions> dimensions = new ArrayList<>();

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
