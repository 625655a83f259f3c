package barograph.logs;

import barograph.login.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Joins the two halves of a login through a tunnel (PEAP, TTLS).
///
/// The server writes the inner half first, with the real name, and the outer half some milliseconds later, with the
/// station and the answer that the user really gets. By default the inner half tells no station, so with many logins
/// at once through one client the halves are joined by what fits best; only a sure fit is learned from.
///
/// What is learned is who is behind an outer name at a station: when a handshake fails, the log has the outer name
/// alone, and without this nobody would know that somebody who could log in before no longer can.
///
/// Limits: 4,096 inner halves wait, at most 10 s each; 65,536 pairs of outer name and station are remembered.
final class Tunnels {
    static final int MOST_WAITING = 4_096;
    static final int MOST_REMEMBERED = 65_536;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SURE = 70;
    private static final ArrayDeque<Attempt> NONE = new ArrayDeque<>(0);

    /// An outer name at a station.
    private record Veil(long name, long station) {}

    /// The user behind it.
    private record Behind(Pseudonym user, String realm) {}

    private final Map<String, ArrayDeque<Attempt>> waiting = new HashMap<>();
    private final Map<Veil, Behind> behind = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Veil, Behind> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private int held;
    private long letGo;
    private Instant swept = Instant.MIN;

    /// Keeps an inner half until its outer half comes; when too many wait, they are given out as they are.
    void hold(Attempt inner, Consumer<Attempt> out) {
        if (held >= MOST_WAITING) {
            letGo += held;
            release(out, _ -> true);
        }
        waiting.computeIfAbsent(inner.client(), _ -> new ArrayDeque<>()).add(inner);
        held++;
    }

    /// The whole login that an outer half ends, tunnelled or not.
    Attempt join(Attempt outer) {
        ArrayDeque<Attempt> candidates = waiting.getOrDefault(outer.client(), NONE);
        Attempt best = null;
        int fit = 0;
        for (Attempt inner : candidates) {
            int fits = fit(inner, outer);
            if (fits > fit) {
                best = inner;
                fit = fits;
            }
        }
        if (best == null) {
            return known(outer).map(who -> outer.by(who.user, who.realm, true)).orElse(outer);
        }
        boolean alone = candidates.size() == 1;
        candidates.remove(best);
        held--;
        Attempt whole = outer.with(best);
        if ((fit >= SURE || alone) && !outer.source().equals(Pseudonym.UNKNOWN)) {
            behind.put(veil(outer), new Behind(whole.user(), whole.realm()));
        }
        return whole;
    }

    /// Gives out the inner halves whose outer half has not come, by the time of the log or of its reading.
    void sweep(Instant logTime, Instant now, Consumer<Attempt> out) {
        if (held == 0 || (logTime.equals(swept) && !logTime.equals(Instant.MIN))) {
            return;
        }
        swept = logTime;
        Instant written = logTime.equals(Instant.MIN) ? logTime : logTime.minus(PATIENCE);
        Instant read = now.minus(PATIENCE);
        release(out, inner -> inner.at().isBefore(written) || inner.readAt().isBefore(read));
    }

    long letGo() {
        return letGo;
    }

    private void release(Consumer<Attempt> out, Predicate<Attempt> late) {
        Iterator<ArrayDeque<Attempt>> queues = waiting.values().iterator();
        while (queues.hasNext()) {
            ArrayDeque<Attempt> queue = queues.next();
            while (!queue.isEmpty() && late.test(queue.peekFirst())) {
                out.accept(queue.removeFirst());
                held--;
            }
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
    }

    /// How well two halves fit: 0 for not at all, more for better; among equals the one that waits longest is taken.
    private int fit(Attempt inner, Attempt outer) {
        if (outer.outcome().accepted() && !inner.outcome().accepted()) {
            return 0;
        }
        if (inner.request() > outer.request()) {
            return 0; // the outer half of another login, or the server was started anew between the two
        }
        int agree = outer.outcome().accepted() == inner.outcome().accepted() ? 5 : 0;
        if (inner.request() >= 0 && inner.request() == outer.request()) {
            return 100 + agree;
        }
        boolean bothTold =
                !inner.source().equals(Pseudonym.UNKNOWN) && !outer.source().equals(Pseudonym.UNKNOWN);
        if (bothTold) {
            return inner.source().equals(outer.source()) ? 90 + agree : 0;
        }
        if (known(outer).map(who -> who.user.equals(inner.user())).orElse(false)) {
            return 80 + agree;
        }
        if (inner.local() == outer.local()) {
            return SURE + agree;
        }
        boolean next = inner.request() >= 0 && inner.request() + 1 == outer.request();
        return outer.veiled() || outer.tunnelled() || next ? 10 + agree : 0;
    }

    private Optional<Behind> known(Attempt outer) {
        return outer.source().equals(Pseudonym.UNKNOWN)
                ? Optional.empty()
                : Optional.ofNullable(behind.get(veil(outer)));
    }

    private static Veil veil(Attempt outer) {
        return new Veil(outer.user().value(), outer.source().value());
    }
}
