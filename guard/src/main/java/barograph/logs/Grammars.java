package barograph.logs;

import barograph.login.Pseudonyms;
import barograph.site.ServerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The grammars by the names that `site.yaml` and the kinds use.
public final class Grammars {
    /// Every name that [#named] knows.
    public static final List<String> NAMES = List.of("freeradius", "slapd", "trace");

    private Grammars() {}

    /// Makes a grammar for one server's log.
    @FunctionalInterface
    public interface Opening {
        /// @param server whose logins they are
        /// @param zone the time zone of the server, for logs that tell local time
        /// @param pseudonyms for this grammar alone, as they are not thread-safe
        Grammar open(ServerId server, ZoneId zone, Pseudonyms pseudonyms);
    }

    public static Optional<Opening> named(String name) {
        return switch (name) {
            case "freeradius" -> Optional.of(FreeRadiusGrammar::new);
            case "slapd" -> Optional.of(SlapdGrammar::new);
            case "trace" ->
                Optional.of((_, _, pseudonyms) -> new TraceGrammar(pseudonyms, Instant.EPOCH, Prior.FORGOTTEN));
            default -> Optional.empty();
        };
    }
}
