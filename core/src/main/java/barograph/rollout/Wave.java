package barograph.rollout;

import barograph.lease.Order.Activation;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.util.Map;

/// The servers that get the change together, and how each one is made to take it over.
///
/// @param servers in their order; at least one
public record Wave(Stage stage, Map<ServerId, Activation> servers) {
    public Wave {
        servers = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(servers));
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("wave " + stage + " has no servers");
        }
    }
}
