package barograph.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How hosts are reached over SSH: whom to trust, and with which keys to log in.
///
/// @param knownHosts the file with the hosts' pinned keys, as OpenSSH writes it
/// @param keys private key files; those that do not exist are passed over
/// @param agent the socket of an ssh-agent
/// @param limit how long connecting and logging in may take, each
/// @param heartbeat how often an idle line is tested; a line that misses three is cut
public record SshAccess(Path knownHosts, List<Path> keys, Optional<Path> agent, Duration limit, Duration heartbeat) {
    public SshAccess {
        keys = List.copyOf(keys);
    }

    /// What `ssh` itself would use: the files in `~/.ssh` and the agent at `SSH_AUTH_SOCK`.
    public static SshAccess ofUser(Path home, Map<String, String> environment) {
        Path folder = home.resolve(".ssh");
        return new SshAccess(
                folder.resolve("known_hosts"),
                Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
                        .map(folder::resolve)
                        .toList(),
                Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }
}
