package barograph.login;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;

/// One attempt to log in, as a server's log or a probe tells it.
///
/// @param at when the server wrote it down, which is when it ended
/// @param server who answered
/// @param user who tried, under the site's key
/// @param source where from (calling station or client address), under the site's key; [Pseudonym#UNKNOWN] if untold
/// @param dimensions what kind of login it was
/// @param outcome what came of it
/// @param latency how long it took; zero where the log does not tell
/// @param origin who made it
public record Login(
        Instant at,
        ServerId server,
        Pseudonym user,
        Pseudonym source,
        Dimensions dimensions,
        Outcome outcome,
        Duration latency,
        Origin origin) {

    /// When it began, as far as the log tells.
    public Instant began() {
        return at.minus(latency);
    }
}
