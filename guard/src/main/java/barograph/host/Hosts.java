package barograph.host;

import barograph.site.At;
import java.util.concurrent.ConcurrentHashMap;

/// Hands out the host for each place, one per place, and closes them all. Safe for use by several threads.
public final class Hosts implements AutoCloseable {
    private final SshAccess access;
    private final ConcurrentHashMap<At, Host> hosts = new ConcurrentHashMap<>();

    public Hosts(SshAccess access) {
        this.access = access;
    }

    /// The host at a place; it connects at its first command, not here.
    public Host at(At place) {
        return hosts.computeIfAbsent(place, this::open);
    }

    private Host open(At place) {
        return switch (place) {
            case At.Local _ -> new LocalHost();
            case At.Ssh ssh -> new SshHost(ssh, access);
        };
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
        hosts.clear();
    }
}
