package barograph.runner;

import barograph.login.Trial;
import barograph.site.ProbeSpec;
import barograph.site.Server;

/// Tries a probe against a server.
///
/// Whatever goes wrong is the outcome of the trial, never an exception. Safe for use by several threads.
public interface Prober {
    /// Blocks for at most the probe's `within`.
    Trial probe(ProbeSpec probe, Server server);
}
