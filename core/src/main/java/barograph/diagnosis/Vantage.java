package barograph.diagnosis;

import barograph.site.ServerId;

/// From where something was looked at.
public sealed interface Vantage {
    /// Where Barograph runs: it sees a server from outside, as those who log in do.
    record Controller() implements Vantage {
        @Override
        public String toString() {
            return "controller";
        }
    }

    /// The host of a server.
    record HostOf(ServerId server) implements Vantage {
        @Override
        public String toString() {
            return "host of " + server;
        }
    }
}
