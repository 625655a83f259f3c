package barograph.runner;

import barograph.login.Login;
import barograph.site.Server;
import java.time.Instant;
import java.util.List;

/// Reads the logins of servers from their logs, each once, as they are written.
///
/// Safe for use by several threads, for different servers at the same time.
public interface LoginFeed extends AutoCloseable {
    /// Begins to follow a server's log; what was written since `since` comes first.
    void follow(Server server, Instant since);

    /// What has come in since the last call, in the order of the log; never blocks for long.
    Batch take(Server server);

    @Override
    void close();

    /// What a log had to say.
    ///
    /// @param logins in the order of the log
    /// @param lines how many lines were read
    /// @param unread lines that look like logins but that the grammar could not read
    /// @param trouble why nothing can be read at the moment; empty when all is well
    /// @param lastSign when the log last gave any sign of life; [Instant#MIN] if never
    /// @param readTo all that the log held at this moment is in this batch or an earlier one; [Instant#MIN] if it
    ///        was never read to its end
    record Batch(List<Login> logins, long lines, long unread, String trouble, Instant lastSign, Instant readTo) {
        public Batch {
            logins = List.copyOf(logins);
        }
    }
}
