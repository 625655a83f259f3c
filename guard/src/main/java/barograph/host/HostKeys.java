package barograph.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;

/// The keys that a `known_hosts` file pins for one host, as they were when the file was read.
///
/// A host that is not in the file, or that shows another key, is never trusted: an attacker in between would get to
/// change login servers. Certificates of hosts (`@cert-authority`) are not taken.
///
/// @param file where the keys are from
/// @param host as the site names it
/// @param port 1 to 65535
public record HostKeys(Path file, String host, int port, List<Pin> pins) {
    /// @param line its number in the file, from 1
    public record Pin(int line, PublicKey key, boolean revoked) {}

    public HostKeys {
        pins = List.copyOf(pins);
    }

    /// Reads the file. Lines that nobody can read pin nothing; a missing file pins nothing.
    public static HostKeys read(Path file, String host, int port) throws IOException {
        List<String> lines;
        try {
            lines = List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1));
        } catch (NoSuchFileException e) {
            lines = List.of();
        }
        List<Pin> pins = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            pin(lines.get(i).strip(), i + 1, host, port).ifPresent(pins::add);
        }
        return new HostKeys(file, host, port, pins);
    }

    private static Optional<Pin> pin(String line, int number, String host, int port) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("@cert-authority")) {
            return Optional.empty();
        }
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
            boolean revoked = "revoked".equals(entry.getMarker());
            // A key that is revoked for one host is trusted for none.
            if (!revoked && !entry.isHostMatch(host, port)) {
                return Optional.empty();
            }
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return Optional.ofNullable(key).map(k -> new Pin(number, k, revoked));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty(); // as OpenSSH does; the host stays unknown, and is refused
        }
    }

    /// The kinds of key that are pinned, such as `ssh-ed25519`: the host is asked for one of these.
    public Set<String> types() {
        return trusted().map(pin -> KeyUtils.getKeyType(pin.key())).collect(Collectors.toSet());
    }

    /// Why the host that shows this key is not to be trusted; empty if it is the pinned one.
    public Optional<String> refusal(PublicKey shown) {
        Optional<Pin> revoked = pins.stream()
                .filter(pin -> pin.revoked() && KeyUtils.compareKeys(pin.key(), shown))
                .findFirst();
        if (revoked.isPresent()) {
            return revoked.map(pin -> revoked(pin, shown));
        }
        if (trusted().anyMatch(pin -> KeyUtils.compareKeys(pin.key(), shown))) {
            return Optional.empty();
        }
        return Optional.of(trusted().findAny().isEmpty() ? unknown(shown) : changed(shown));
    }

    private Stream<Pin> trusted() {
        return pins.stream().filter(pin -> !pin.revoked());
    }

    private String unknown(PublicKey shown) {
        return "%s is not a known host: it shows the key %s, and %s has no key for it. Nothing was sent to it. "
                        .formatted(where(), print(shown), file)
                + "Compare with the host's own (there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); if they "
                + "agree, add it: ssh-keyscan -p %d %s >> %s".formatted(port, host, file);
    }

    private String changed(PublicKey shown) {
        String pinned = trusted()
                .map(pin -> print(pin.key()) + " (line " + pin.line() + ")")
                .collect(Collectors.joining(", "));
        return "%s shows another host key than the pinned one: %s, but %s has %s. "
                        .formatted(where(), print(shown), file, pinned)
                + "Somebody may be in between, or the host was installed anew. Nothing was sent to it. Ask whoever "
                + "runs the host; if the new key is right: ssh-keygen -f %s -R '%s', then add the new key"
                        .formatted(file, port == 22 ? host : "[" + host + "]:" + port);
    }

    private String revoked(Pin pin, PublicKey shown) {
        return "%s shows the key %s, which %s (line %d) says is revoked. Nothing was sent to it. Give the host a new key"
                .formatted(where(), print(shown), file, pin.line());
    }

    private String where() {
        return host + " port " + port;
    }

    private static String print(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }
}
