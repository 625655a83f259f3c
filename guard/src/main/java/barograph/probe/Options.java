package barograph.probe;

import barograph.site.ProbeKind;
import barograph.site.ProbeKind.Option;
import java.util.List;
import java.util.stream.Stream;

/// Words for what a protocol can be told, and the options that several protocols share.
final class Options {
    private static final List<Option> EVERYWHERE = List.of(
            optional("port", "Where this protocol is served, if not at the server's own port."),
            optional("from", "The address of this machine that the probe comes from."));

    static final Option CA =
            optional("ca", "The PEM file with the certificates to trust, instead of Java's own choice.");

    private Options() {}

    static Option optional(String name, String meaning) {
        return new Option(name, false, false, meaning);
    }

    static Option required(String name, String meaning) {
        return new Option(name, true, false, meaning);
    }

    /// An option whose value must not be shown.
    static Option secret(String name, String meaning) {
        return new Option(name, false, true, meaning);
    }

    static Option requiredSecret(String name, String meaning) {
        return new Option(name, true, true, meaning);
    }

    /// @param port where the protocol is mostly served
    static ProbeKind kind(String name, int port, List<Option> own, List<Option> shared) {
        return kindOf(name, port, Stream.of(own, shared, EVERYWHERE));
    }

    /// For a protocol that leaves the network to another program.
    static ProbeKind kindWithoutFrom(String name, int port, List<Option> own) {
        return kindOf(name, port, Stream.of(own, EVERYWHERE.subList(0, 1)));
    }

    private static ProbeKind kindOf(String name, int port, Stream<List<Option>> options) {
        return new ProbeKind(name, port, options.flatMap(List::stream).toList());
    }
}
