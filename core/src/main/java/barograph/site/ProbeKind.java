package barograph.site;

import java.util.List;
import java.util.Optional;

/// A login protocol that a probe can speak, and what the site file may say about it.
///
/// @param name as `via` of a probe names it, such as `radius-pap`
/// @param defaultPort where the protocol is mostly served, 1 to 65535
public record ProbeKind(String name, int defaultPort, List<Option> options) {
    public ProbeKind {
        if (defaultPort < 1 || defaultPort > 65535) {
            throw new IllegalArgumentException(defaultPort + " is not a port: 1 to 65535");
        }
        options = List.copyOf(options);
    }

    /// The option of this name, where the protocol takes it.
    public Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /// Something that a probe of this kind can be told.
    ///
    /// @param required whether a probe without it cannot be tried
    /// @param secret whether its value must not be shown
    /// @param meaning one sentence, for messages and docs
    public record Option(String name, boolean required, boolean secret, String meaning) {}
}
