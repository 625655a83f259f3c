package barograph.guard;

import barograph.api.ApiGuards;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.runner.GuardLine;
import barograph.site.Server;

/// The line to every server's guard: on its host where it is configured by files, else in the controller.
public record Guards(ShellGuards hosts, ApiGuards apis) implements GuardLine {
    @Override
    public Receipt send(Server server, Order order) {
        return (server.hasDeadMan() ? hosts : apis).send(server, order);
    }
}
