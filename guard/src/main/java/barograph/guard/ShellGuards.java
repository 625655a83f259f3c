package barograph.guard;

import barograph.host.Host;
import barograph.host.Hosts;
import barograph.host.Result;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.runner.GuardLine;
import barograph.site.Server;
import java.time.Duration;
import java.util.Optional;

/// The line to the guards that are a shell script on each host.
///
/// The script is copied over when it is missing or another version, known by its hash; otherwise an order is one round
/// trip. It lies in the guard's own folder on the host: `$BAROGRAPH_STATE`, else `/var/lib/barograph` for root and
/// `~/.local/state/barograph` for others. Where `sudo` lets another user run `/var/lib/barograph/guard.sh` as root
/// without a password, that one is used, and only root can put a new version there.
public final class ShellGuards implements GuardLine {
    private static final int ANOTHER_VERSION = 97;
    private static final int SUDO_ANOTHER_VERSION = 98;
    private static final Duration COPYING = Duration.ofSeconds(60);

    private final Hosts hosts;
    private final String place;
    private final byte[] script;
    private final String hash;

    public ShellGuards(Hosts hosts) {
        this(hosts, Optional.empty());
    }

    /// @param state the guard's own folder, absolute, on every host
    public ShellGuards(Hosts hosts, String state) {
        this(hosts, Optional.of(state));
    }

    private ShellGuards(Hosts hosts, Optional<String> state) {
        this.hosts = hosts;
        this.place = state.map(ShellGuards::place).orElse(PLACE);
        this.script = Scripts.read("guard.sh");
        this.hash = Digest.of(script).hex();
    }

    /// Finds the guard's folder: `$s`, and in `$as` how to become root.
    static final String PLACE = """
            as= s=${BAROGRAPH_STATE:-}
            if [ -z "$s" ]; then
              s=/var/lib/barograph
              if [ "$(id -u)" != 0 ]; then
                if sudo -n -l "$s/guard.sh" >/dev/null 2>&1; then as='sudo -n'; else s=$HOME/.local/state/barograph; fi
              fi
            fi""";

    /// The same for a folder that is known.
    static String place(String state) {
        return "as= s=" + Host.quote(state);
    }

    @Override
    public Receipt send(Server server, Order order) {
        Host host = hosts.at(server.at());
        OrderText text = OrderText.of(server, order);
        String command = place + "\nexport BAROGRAPH_STATE=\"$s\"\n"
                + "case $({ sha256sum <\"$s/guard.sh\"; } 2>/dev/null) in\n" + hash
                + "*) if [ \"$as\" ]; then exec $as \"$s/guard.sh\" " + words(text, server, order)
                + "; else exec sh \"$s/guard.sh\" " + words(text, server, order) + "; fi ;;\nesac\n"
                + "[ -z \"$as\" ] || exit " + SUDO_ANOTHER_VERSION + "\nexit " + ANOTHER_VERSION;
        Result result = host.run(command, text.text(), text.limit());
        if (result instanceof Result.Ran ran && ran.exit() == ANOTHER_VERSION) {
            Optional<Receipt> trouble = install(host, server);
            if (trouble.isPresent()) {
                return trouble.get();
            }
            result = host.run(command, text.text(), text.limit());
        }
        return receipt(server, order, result);
    }

    private static String words(OrderText text, Server server, Order order) {
        return text.verb() + " " + Host.quote(server.id().value()) + " "
                + Host.quote(order.change().value());
    }

    private Optional<Receipt> install(Host host, Server server) {
        String command = place + "\numask 066\nt=$s/guard.sh.$$\n"
                + "mkdir -p \"$s\" && cat >\"$t\" && case $(sha256sum <\"$t\") in\n" + hash
                + "*) chmod 755 \"$t\" && mv -f \"$t\" \"$s/guard.sh\" ;;\n*) rm -f \"$t\"; false ;;\nesac";
        return switch (host.run(command, script, COPYING)) {
            case Result.Ran ran when ran.exit() == 0 -> Optional.empty();
            case Result.Ran ran ->
                Optional.of(new Receipt.Refused(
                        ReceiptText.reason(ran.err(), Receipt.Reason.NO_PERMISSION),
                        "The guard could not be copied to " + server.at() + ": "
                                + ran.err().strip()));
            case Result.Overdue(Duration limit) ->
                Optional.of(new Receipt.Unreachable(
                        "The guard could not be copied to " + server.at() + " within " + limit.toSeconds() + " s"));
            case Result.Unreachable(String why) -> Optional.of(new Receipt.Unreachable(why));
        };
    }

    private static Receipt receipt(Server server, Order order, Result result) {
        return switch (result) {
            case Result.Ran ran
            when ran.exit() == SUDO_ANOTHER_VERSION ->
                new Receipt.Refused(
                        Receipt.Reason.NO_PERMISSION,
                        "/var/lib/barograph/guard.sh on " + server.at() + " is not this version's guard, and only root "
                                + "may replace it: copy guard.sh of this version there");
            case Result.Ran ran ->
                ReceiptText.read(ran.text())
                        .orElseGet(() -> new Receipt.Unreachable("The guard of " + server.id() + " at " + server.at()
                                + " gave no answer to " + name(order) + ": it ended with " + ran.exit() + " "
                                + ran.err().strip()));
            case Result.Overdue(Duration limit) ->
                new Receipt.Unreachable("The guard of " + server.id() + " at " + server.at() + " did not answer "
                        + name(order) + " within " + limit.toSeconds() + " s");
            case Result.Unreachable(String why) -> new Receipt.Unreachable(why);
        };
    }

    private static String name(Order order) {
        return order.getClass().getSimpleName();
    }
}
