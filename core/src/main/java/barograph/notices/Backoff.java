package barograph.notices;

import java.time.Duration;
import java.util.List;

/// How long it is waited between attempts to hand a letter over.
final class Backoff {
    /// A mail server that is only restarted is soon tried again; one that is down for hours is not beaten on, and gets
    /// the letters within ten minutes of its return.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private Backoff() {}

    /// @param attempt the one that failed, from 1
    static Duration after(int attempt) {
        return PAUSES.get(Math.clamp(attempt - 1L, 0, PAUSES.size() - 1));
    }
}
