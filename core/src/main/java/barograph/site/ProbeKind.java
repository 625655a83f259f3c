package barograph.site;

import java.util.List;

/// A login protocol that probes can speak, and what it needs to be told.
///
/// @param name as `site.yaml` writes it behind `via`, such as `radius-pap`
/// @param defaultPort where such logins are usually served, 1 to 65535
/// @param options what it can or must be told besides user and password
public record ProbeKind(String name, int defaultPort, List<Option> options) {
    public ProbeKind {
        options = List.copyOf(options);
    }

    /// One thing that a protocol can be told.
    ///
    /// @param secret whether its value is hidden from messages and must not be written out in `site.yaml`
    /// @param meaning what it is, in a sentence for people
    public record Option(String name, boolean required, boolean secret, String meaning) {}
}
