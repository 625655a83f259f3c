package barograph.runner;

import barograph.login.Pseudonyms;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/// Everything outside that the runner touches.
///
/// @param line the guards of all servers
/// @param inspector the files of all servers, for what somebody else changes in them
/// @param prober probe logins
/// @param feed the servers' logs
/// @param changes the folders of proposed changes
/// @param pseudonyms the names of users as the feed has them, so that the probes' own logins can be told from people's;
///     used by the runner's own thread alone
/// @param clock what time it is here
/// @param workers runs what must not wait for each other: one order per server, one probe per server
/// @param replays logins of real people that a rehearsal tries again
public record World(
        GuardLine line,
        Inspector inspector,
        Prober prober,
        LoginFeed feed,
        Changes changes,
        Pseudonyms pseudonyms,
        InstantSource clock,
        ExecutorService workers,
        Replays replays) {
    /// One that replays nothing.
    public World(
            GuardLine line,
            Inspector inspector,
            Prober prober,
            LoginFeed feed,
            Changes changes,
            Pseudonyms pseudonyms,
            InstantSource clock,
            ExecutorService workers) {
        this(line, inspector, prober, feed, changes, pseudonyms, clock, workers, Replays.NONE);
    }
}
