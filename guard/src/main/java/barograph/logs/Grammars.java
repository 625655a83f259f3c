package barograph.logs;

import barograph.login.Pseudonyms;
import barograph.site.LogSource;
import barograph.site.ServerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The grammars: those that are code, by the names that `site.yaml` and the kinds use, and those that a kind's file
/// describes.
public final class Grammars {
    /// Those that are code. The others are named like the kinds that bring them.
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

    /// The grammar of a server's log; empty where there is none of that name.
    public static Optional<Opening> of(LogSource log) {
        return log.lines()
                .<Opening>map(
                        lines -> (server, zone, pseudonyms) -> new PatternGrammar(lines, server, zone, pseudonyms))
                .or(() -> named(log.grammar()));
    }

    /// One that is code.
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
