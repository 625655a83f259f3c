package barograph.guard;

import barograph.host.Hosts;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.runner.GuardLine;
import barograph.site.Server;
import java.util.Optional;

/// The line to the guards that are a shell script on each host; [GuardScript] tells where it lies.
public final class ShellGuards implements GuardLine {
    private final GuardScript script;

    public ShellGuards(Hosts hosts) {
        script = new GuardScript(hosts, Optional.empty());
    }

    /// @param state the guard's own folder, absolute, on every host
    public ShellGuards(Hosts hosts, String state) {
        script = new GuardScript(hosts, Optional.of(state));
    }

    @Override
    public Receipt send(Server server, Order order) {
        OrderText text = OrderText.of(server, order);
        return switch (script.call(server, order.change(), text.verb(), text.text(), text.limit())) {
            case GuardScript.Reply.Words(var ran) ->
                ReceiptText.read(ran.text())
                        .orElseGet(() -> new Receipt.Unreachable("The guard of " + server.id() + " at " + server.at()
                                + " gave no answer to " + text.verb() + ": it ended with " + ran.exit() + " "
                                + ran.err().strip()));
            case GuardScript.Reply.Silence(Receipt because) -> because;
        };
    }
}
