package barograph.runner;

import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.site.Server;

/// The line to the guards of all servers.
///
/// Trouble on the way is an answer ([Receipt.Unreachable]), never an exception. Safe for use by several threads, for
/// different servers at the same time.
public interface GuardLine {
    /// Blocks until the guard has answered or the server's time limit is over.
    Receipt send(Server server, Order order);
}
