package barograph.watch;

import java.util.ArrayList;
import java.util.List;

/// The reasons for failing that are told apart, each with a number from 0 up; from [#MOST] on they share the last
/// one.
final class Reasons {
    static final int MOST = 32;

    private final List<String> names = new ArrayList<>();

    int of(String reason) {
        int number = names.indexOf(reason);
        if (number >= 0) {
            return number;
        }
        if (names.size() < MOST) {
            names.add(names.size() == MOST - 1 ? "other reasons" : reason);
            return names.size() - 1;
        }
        return MOST - 1;
    }

    int count() {
        return names.size();
    }

    String name(int reason) {
        return names.get(reason);
    }
}
