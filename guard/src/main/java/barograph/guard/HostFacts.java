package barograph.guard;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a look at a server's host has found.
///
/// @param clockAhead how far its clock is ahead of this machine's; negative where it is behind. Right to about a second
/// @param root the configuration folder: `fine`, `missing`, `unreadable` or `unwritable`; empty where sudo alone sees
/// it
/// @param log the log: `fine`, `missing`, `folder` or `unreadable`; empty where none is followed
/// @param free room beside the guard's snapshots, in KiB
/// @param needed what a copy of the configuration takes, in KiB
/// @param validate what the server's own check says against the configuration as it is; empty where it passes
/// @param health what the health command says; empty where it passes
public record HostFacts(
        Duration clockAhead,
        String root,
        String log,
        long free,
        long needed,
        Optional<String> validate,
        Optional<String> health) {

    /// @param text what `facts.sh` wrote
    /// @param now this machine's clock when it answered, in seconds since 1970
    static HostFacts read(String text, long now) {
        Map<String, String> said = text.lines()
                .filter(line -> line.indexOf(' ') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> line.substring(line.indexOf(' ') + 1),
                        (first, _) -> first));
        String[] room = said.getOrDefault("room", "0 0").split(" ", -1);
        return new HostFacts(
                Duration.ofSeconds(Long.parseLong(said.getOrDefault("clock", Long.toString(now))) - now),
                said.getOrDefault("root", ""),
                said.getOrDefault("log", ""),
                Long.parseLong(room[0]),
                Long.parseLong(room[1]),
                failed(said, "validate"),
                failed(said, "health"));
    }

    private static Optional<String> failed(Map<String, String> said, String name) {
        return Optional.ofNullable(said.get(name))
                .filter(words -> words.startsWith("failed"))
                .map(words -> words.substring("failed".length()).strip());
    }
}
