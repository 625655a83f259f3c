package barograph.probe;

import barograph.host.HostKeys;
import barograph.login.Step;
import barograph.site.ProbeKind;
import barograph.site.ProbeKind.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/// A login over SSH (RFC 4252), by password or by key. No command is run.
///
/// A server whose key is not pinned gets nothing to see; a password or key is offered once.
final class SshProbe implements Protocol {
    private static final Option KNOWN_HOSTS =
            Options.optional("known-hosts", "The file with the servers' keys; ~/.ssh/known_hosts when not said.");

    static final ProbeKind PASSWORD = Options.kind(
            "ssh-password",
            22,
            List.of(Options.optional(
                    "method", "How the password is asked for: password (also when not said) or keyboard-interactive.")),
            List.of(KNOWN_HOSTS));
    static final ProbeKind KEY = Options.kind(
            "ssh-key",
            22,
            List.of(Options.requiredSecret(
                    "key", "The private key, as ssh-keygen writes it; its passphrase is the probe's password.")),
            List.of(KNOWN_HOSTS));

    private static final Set<ClientSessionEvent> READY =
            EnumSet.of(ClientSessionEvent.WAIT_AUTH, ClientSessionEvent.CLOSED);

    private final boolean byKey;

    SshProbe(boolean byKey) {
        this.byKey = byKey;
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        SshTalk talk = new SshTalk(attempt.password());
        UserAuthFactory method = method(attempt);
        try (SshClient client = SshClient.setUpDefaultClient()) {
            List<InetAddress> addresses = Network.resolve(attempt);
            HostKeys pinned =
                    HostKeys.read(knownHosts(attempt), attempt.server().host(), attempt.port());
            prepare(client, attempt, talk, pinned, method);
            client.start();
            try (ClientSession session = connect(attempt, client, addresses.getFirst())) {
                greet(attempt, session, talk);
                return authenticate(attempt, session, talk);
            }
        } catch (IOException e) {
            throw Network.broken(attempt.way(), innermost(e), "talking to the SSH server");
        }
    }

    /// The library wraps what the system said into words of its own.
    private static IOException innermost(IOException e) {
        IOException found = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException inner) {
                found = inner;
            }
        }
        return found;
    }

    private UserAuthFactory method(Attempt attempt) throws Halt {
        if (byKey) {
            return UserAuthPublicKeyFactory.INSTANCE;
        }
        String method = attempt.option("method").orElse("password");
        return switch (method) {
            case "password" -> UserAuthPasswordFactory.INSTANCE;
            case "keyboard-interactive" -> UserAuthKeyboardInteractiveFactory.INSTANCE;
            default ->
                throw attempt.misconfigured("its method '" + method + "' is none of: password, keyboard-interactive");
        };
    }

    private static Path knownHosts(Attempt attempt) {
        return attempt.option("known-hosts")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
    }

    private void prepare(SshClient client, Attempt attempt, SshTalk talk, HostKeys pinned, UserAuthFactory method)
            throws Halt {
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setUserAuthFactories(List.of(method));
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(byKey ? keys(attempt) : List.of()));
        client.setUserInteraction(talk);
        client.setPasswordAuthenticationReporter(talk.passwords());
        client.setPublicKeyAuthenticationReporter(talk.keys());
        client.setServerKeyVerifier((_, _, key) -> talk.trusts(pinned.refusal(key)));
        // Asked in this order, a host with several keys shows the one that is pinned.
        client.setSignatureFactories(client.getSignatureFactories().stream()
                .sorted(Comparator.comparing((NamedFactory<Signature> factory) ->
                        !pinned.types().contains(KeyUtils.getCanonicalKeyType(factory.getName()))))
                .toList());
        CoreModuleProperties.AUTH_TIMEOUT.set(client, attempt.way().left().plus(Duration.ofSeconds(1)));
        CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    }

    private static List<KeyPair> keys(Attempt attempt) throws Halt {
        byte[] text = attempt.required("key").concat("\n").getBytes(StandardCharsets.UTF_8);
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("the probe's key"),
                    new ByteArrayInputStream(text),
                    FilePasswordProvider.of(attempt.password()));
            if (pairs != null) {
                return Stream.iterate(pairs.iterator(), it -> it.hasNext(), it -> it)
                        .map(java.util.Iterator::next)
                        .toList();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw attempt.misconfigured("its key cannot be read; is the password its passphrase?");
        }
        throw attempt.misconfigured("its key is no private key");
    }

    private static ClientSession connect(Attempt attempt, SshClient client, InetAddress address)
            throws Halt, IOException {
        InetSocketAddress from = Network.from(attempt)
                .map(local -> new InetSocketAddress(local, 0))
                .orElse(null);
        InetSocketAddress server = new InetSocketAddress(address, attempt.port());
        attempt.way().reach(Step.CONNECT);
        ClientSession session = client.connect(attempt.probe().user(), server, null, from)
                .verify(attempt.way().left())
                .getSession();
        attempt.way().closeAtEnd(() -> session.close(true));
        return session;
    }

    /// Versions, keys for the line, and the server's own key.
    private static void greet(Attempt attempt, ClientSession session, SshTalk talk) throws Halt {
        Way way = attempt.way();
        way.reach(Step.GREET);
        Set<ClientSessionEvent> seen = session.waitFor(READY, way.left());
        if (talk.refusal().isPresent()) {
            throw way.failed("host_key_not_trusted", talk.refusal().get());
        }
        if (way.isOver() || seen.contains(ClientSessionEvent.TIMEOUT)) {
            throw way.unanswered("the SSH server did not greet");
        }
        if (seen.contains(ClientSessionEvent.CLOSED)) {
            throw way.failed("connection_closed", "the SSH server closed the connection before the login");
        }
    }

    private static Answer authenticate(Attempt attempt, ClientSession session, SshTalk talk) throws Halt {
        Way way = attempt.way();
        way.reach(Step.AUTHENTICATE);
        try {
            session.auth().verify(way.left());
            return new Answer(true, "accepted", Map.of());
        } catch (IOException e) {
            throw talk.ending(way, session.isOpen(), e);
        }
    }
}
