package barograph.vantage;

import barograph.site.ProbeSpec;
import barograph.site.Secret;
import java.util.Optional;

/// How TLS begins in the protocols of probes.
final class Starts {
    private Starts() {}

    /// Empty where a probe speaks no TLS over TCP; within it, the protocol in which TLS is asked for, or nothing where
    /// it begins with the first byte.
    static Optional<Optional<String>> of(ProbeSpec probe) {
        if (probe.options().containsKey("port")) {
            return Optional.empty(); // it goes to another door
        }
        String written = probe.options().get("tls") instanceof Secret.Plain(String text) ? text : "";
        String family = probe.via().split("-", 2)[0];
        return switch (family) {
            case "ldap" -> start(written.isEmpty() ? "none" : written, "ldap");
            case "imap", "smtp" -> start(written.isEmpty() ? "starttls" : written, family);
            case "http", "oidc" -> start(written.isEmpty() ? "https" : written, "");
            default -> Optional.empty();
        };
    }

    private static Optional<Optional<String>> start(String tls, String protocol) {
        return switch (tls) {
            case "none" -> Optional.empty();
            case "starttls" -> Optional.of(Optional.of(protocol));
            default -> Optional.of(Optional.empty());
        };
    }
}
