package barograph.site;

import java.util.List;
import java.util.Optional;

/// One authentication server, with everything that its kind brings and its own entry in `site.yaml` overrides.
///
/// @param kind the name of its kind, such as `freeradius`
/// @param at where its files and its log are
/// @param api what it is configured over instead of by files; such a server has no dead-man: its lease is the
///     controller's
/// @param host where its logins are served, as probes reach it
/// @param port where its logins are served, 1 to 65535
/// @param log where its logins are written down; without one real logins cannot be watched
/// @param speaks the probe protocols that can be tried on it; one that ends in `*` stands for all that begin so
/// @param secrets regular expressions whose first group is a secret, for hiding it in a diff
public record Server(
        ServerId id,
        String kind,
        At at,
        Optional<Api> api,
        Stage stage,
        String host,
        int port,
        Config config,
        Commands commands,
        Optional<LogSource> log,
        List<String> speaks,
        List<String> secrets) {
    public Server {
        speaks = List.copyOf(speaks);
        secrets = List.copyOf(secrets);
    }

    /// A server that is configured by files.
    public Server(
            ServerId id,
            String kind,
            At at,
            Stage stage,
            String host,
            int port,
            Config config,
            Commands commands,
            Optional<LogSource> log,
            List<String> speaks,
            List<String> secrets) {
        this(id, kind, at, Optional.empty(), stage, host, port, config, commands, log, speaks, secrets);
    }

    /// Whether its own host puts the old configuration back by itself, with every controller dead.
    public boolean hasDeadMan() {
        return api.isEmpty();
    }

    /// Whether a probe of this protocol makes sense here.
    public boolean speaks(String protocol) {
        return speaks.stream()
                .anyMatch(each -> each.endsWith("*")
                        ? protocol.startsWith(each.substring(0, each.length() - 1))
                        : protocol.equals(each));
    }
}
