package barograph.notices;

import barograph.rollout.Event;
import barograph.rollout.Happening;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which notices were handed over to whom, and which attempts failed, as a history tells.
final class Deliveries {
    private final Set<Key> settled = new HashSet<>();
    private final Map<Key, Failure> failures = new HashMap<>();

    private Deliveries() {}

    static Deliveries of(List<Happening> history) {
        Deliveries deliveries = new Deliveries();
        for (Happening each : history) {
            if (each.event() instanceof Event.NoticeSent sent) {
                deliveries.settled.add(new Key(sent.notice(), sent.recipient()));
            } else if (each.event() instanceof Event.NoticeFailed failed) {
                deliveries.failures.put(
                        new Key(failed.notice(), failed.recipient()), new Failure(failed.attempt(), each.at()));
            }
        }
        return deliveries;
    }

    boolean settled(Key key) {
        return settled.contains(key);
    }

    /// How many attempts have failed.
    int attempts(Key key) {
        Failure failure = failures.get(key);
        return failure == null ? 0 : failure.attempt();
    }

    /// When the next attempt may be made.
    Instant when(Key key, Notice notice) {
        return when(key, notice.at());
    }

    /// @param owed since when it is owed: the time of its first attempt
    Instant when(Key key, Instant owed) {
        Failure failure = failures.get(key);
        return failure == null ? owed : failure.at().plus(Backoff.after(failure.attempt()));
    }

    /// One notice to one address.
    record Key(String notice, String address) {
        Key {
            address = Recipient.key(address);
        }
    }

    private record Failure(int attempt, Instant at) {}
}
