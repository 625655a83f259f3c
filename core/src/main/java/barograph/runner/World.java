package barograph.runner;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/// Everything outside that the runner touches.
///
/// @param line the guards of all servers
/// @param prober probe logins
/// @param feed the servers' logs
/// @param changes the folders of proposed changes
/// @param clock what time it is here
/// @param workers runs what must not wait for each other: one order per server, one probe per server
public record World(
        GuardLine line, Prober prober, LoginFeed feed, Changes changes, InstantSource clock, ExecutorService workers) {}
