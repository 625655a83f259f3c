package barograph.storm;

import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.runner.GuardLine;
import barograph.runner.Inspector.Sighting;
import barograph.site.Server;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/// The network between controllers and hosts.
final class Line implements GuardLine {
    private static final long TIME_LIMIT = 10_000;

    private final Clockwork clock;
    private final Random random;
    private final Map<barograph.site.ServerId, Host> hosts;
    private final Map<barograph.site.ServerId, Link> links = new java.util.HashMap<>();

    /// How the way to one host is at the moment.
    static final class Link {
        boolean cut;
        boolean answersLost;
        boolean twice;
        long late;
    }

    Line(Clockwork clock, Random random, Map<barograph.site.ServerId, Host> hosts) {
        this.clock = clock;
        this.random = random;
        this.hosts = hosts;
        hosts.keySet().forEach(id -> links.put(id, new Link()));
    }

    Link to(barograph.site.ServerId id) {
        return java.util.Objects.requireNonNull(links.get(id));
    }

    @Override
    public Receipt send(Server server, Order order) {
        Host host = java.util.Objects.requireNonNull(hosts.get(server.id()));
        Link link = to(server.id());
        clock.pass(5 + random.nextInt(200));
        if (link.cut || !host.isUp()) {
            return nobody();
        }
        if (link.late > 0) {
            clock.start(clock.now() + link.late, () -> arrives(host, order));
            return nobody();
        }
        try {
            if (link.twice) {
                host.obey(order);
            }
            Receipt receipt = host.obey(order);
            clock.pass(5 + random.nextInt(200));
            return link.cut || link.answersLost ? nobody() : receipt;
        } catch (Host.Killed _) {
            return new Receipt.Unreachable("The connection was closed.");
        }
    }

    /// Looks at the files of a host, which changes nothing there.
    Sighting inspect(Server server, Function<Host, Sighting> look) {
        Host host = java.util.Objects.requireNonNull(hosts.get(server.id()));
        Link link = to(server.id());
        clock.pass(5 + random.nextInt(200));
        if (link.cut || link.answersLost || link.late > 0 || !host.isUp()) {
            clock.pass(TIME_LIMIT);
            return new Sighting.Unreachable("No answer within " + TIME_LIMIT / 1000 + " s.");
        }
        return look.apply(host);
    }

    private static void arrives(Host host, Order order) {
        try {
            host.obey(order);
        } catch (Host.Killed _) {
            return; // and nobody waits for an answer
        }
    }

    private Receipt nobody() {
        clock.pass(TIME_LIMIT);
        return new Receipt.Unreachable("No answer within " + TIME_LIMIT / 1000 + " s.");
    }
}
