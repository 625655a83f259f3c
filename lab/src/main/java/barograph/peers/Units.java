package barograph.peers;

import barograph.login.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Which lines count, as docs/verdict.md defines it: at most one of a person or device in a while, and only of one
/// whose last outcome was an acceptance.
final class Units {
    private final Duration window;
    private final Map<Long, Seen> seen = new HashMap<>();

    private record Seen(boolean accepted, Instant counted) {}

    Units(Duration window) {
        this.window = window;
    }

    boolean counts(Login login) {
        long key = login.user().value() * 31 + login.source().value();
        Seen before = seen.getOrDefault(key, new Seen(false, Instant.MIN));
        boolean counts =
                before.accepted() && !before.counted().isAfter(login.at().minus(window));
        seen.put(key, new Seen(login.outcome().accepted(), counts ? login.at() : before.counted()));
        return counts;
    }
}
