package barograph.guard;

import barograph.change.ChangeId;
import barograph.host.Host;
import barograph.host.Hosts;
import barograph.host.Result;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.Server;
import java.time.Duration;
import java.util.Optional;

/// `guard.sh` on the hosts: one call is one round trip.
///
/// The script is copied over when it is missing or another version, known by its hash. It lies in the guard's own
/// folder
/// on the host: `$BAROGRAPH_STATE`, else `/var/lib/barograph` for root and `~/.local/state/barograph` for others. Where
/// `sudo` lets another user run `/var/lib/barograph/guard.sh` as root without a password, that one is called, and only
/// root can put a new version there.
final class GuardScript {
    private static final int ANOTHER_VERSION = 97;
    private static final int SUDO_ANOTHER_VERSION = 98;
    private static final Duration COPYING = Duration.ofSeconds(60);

    /// Finds the guard's folder: `$s`, and in `$as` how to become root.
    private static final String PLACE = """
            as= s=${BAROGRAPH_STATE:-}
            if [ -z "$s" ]; then
              s=/var/lib/barograph
              if [ "$(id -u)" != 0 ]; then
                if sudo -n -l "$s/guard.sh" >/dev/null 2>&1; then as='sudo -n'; else s=$HOME/.local/state/barograph; fi
              fi
            fi""";

    private final Hosts hosts;
    private final String place;
    private final byte[] script = Scripts.read("guard.sh");
    private final String hash = Digest.of(script).hex();

    /// @param state the guard's own folder, absolute, on every host; empty for the usual places
    GuardScript(Hosts hosts, Optional<String> state) {
        this.hosts = hosts;
        this.place = state.map(folder -> "as= s=" + Host.quote(folder)).orElse(PLACE);
    }

    /// What came of a call.
    sealed interface Reply {
        /// It ran, and these are its words.
        record Words(Result.Ran ran) implements Reply {}

        /// It did not run, or nobody knows: refused or unreachable.
        record Silence(Receipt because) implements Reply {}
    }

    /// @param input what the script reads: an order, and what belongs to it
    Reply call(Server server, ChangeId change, String verb, byte[] input, Duration limit) {
        Host host = hosts.at(server.at());
        String words = verb + " " + Host.quote(server.id().value()) + " " + Host.quote(change.value());
        String command = place + "\nexport BAROGRAPH_STATE=\"$s\"\n"
                + "case $({ sha256sum <\"$s/guard.sh\"; } 2>/dev/null) in\n" + hash
                + "*) if [ \"$as\" ]; then exec $as \"$s/guard.sh\" " + words
                + "; else exec sh \"$s/guard.sh\" " + words + "; fi ;;\nesac\n"
                + "[ -z \"$as\" ] || exit " + SUDO_ANOTHER_VERSION + "\nexit " + ANOTHER_VERSION;
        Result result = host.run(command, input, limit);
        if (result instanceof Result.Ran ran && ran.exit() == ANOTHER_VERSION) {
            Optional<Receipt> trouble = install(host, server);
            if (trouble.isPresent()) {
                return new Reply.Silence(trouble.get());
            }
            result = host.run(command, input, limit);
        }
        return switch (result) {
            case Result.Ran ran when ran.exit() == SUDO_ANOTHER_VERSION -> anotherVersion(server);
            case Result.Ran ran -> new Reply.Words(ran);
            case Result.Overdue(Duration over) ->
                new Reply.Silence(new Receipt.Unreachable("The guard of " + server.id() + " at " + server.at()
                        + " did not answer " + verb + " within " + over.toSeconds() + " s"));
            case Result.Unreachable(String why) -> new Reply.Silence(new Receipt.Unreachable(why));
        };
    }

    private static Reply anotherVersion(Server server) {
        return new Reply.Silence(new Receipt.Refused(
                Receipt.Reason.NO_PERMISSION,
                "/var/lib/barograph/guard.sh on " + server.at() + " is not this version's guard, and only root "
                        + "may replace it: copy guard.sh of this version there"));
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
}
