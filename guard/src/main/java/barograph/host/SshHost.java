package barograph.host;

import barograph.site.At;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/// A host that is reached over SSH, by one connection that is opened at the first command and anew when it is lost.
///
/// Only hosts whose key is pinned are spoken to ([HostKeys]); login is by key alone. The user's `~/.ssh/config` is not
/// read: `site.yaml` says where a host is.
public final class SshHost implements Host {
    private static final Set<ClientChannelEvent> ENDED = EnumSet.of(ClientChannelEvent.CLOSED);
    private static final Set<ClientChannelEvent> LEFT =
            EnumSet.of(ClientChannelEvent.CLOSED, ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.EXIT_SIGNAL);

    private final At.Ssh at;
    private final SshAccess access;
    private final SshClient client = SshClient.setUpDefaultClient();
    private final ReentrantLock connecting = new ReentrantLock();
    private @Nullable ClientSession session;

    public SshHost(At.Ssh at, SshAccess access) {
        this.at = at;
        this.access = access;
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        access.agent().ifPresent(path -> client.setAgentFactory(new AgentLine.Factory(path)));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, access.heartbeat());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, access.limit());
        CoreModuleProperties.AUTH_TIMEOUT.set(client, access.limit());
    }

    @Override
    public Result run(String shellCommand, byte[] stdin, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Bounded out = new Bounded(OUTPUT_LIMIT);
        Bounded err = new Bounded(LocalFollow.WORDS_LIMIT);
        ChannelExec channel;
        try {
            channel = open(shellCommand, out, err);
        } catch (IOException e) {
            return new Result.Unreachable(words(e));
        }
        Thread feeder = Thread.startVirtualThread(() -> feed(stdin, channel));
        try {
            Set<ClientChannelEvent> seen = channel.waitFor(LEFT, Math.max(1, (end - System.nanoTime()) / 1_000_000));
            if (seen.contains(ClientChannelEvent.TIMEOUT)) {
                return new Result.Overdue(limit);
            }
            // A daemon that the command left behind may hold the channel open for good: what the command itself
            // wrote is here by then.
            channel.waitFor(ENDED, 1_000);
            return result(channel, out, err);
        } finally {
            feeder.interrupt();
            channel.close(true);
        }
    }

    private Result result(ChannelExec channel, Bounded out, Bounded err) {
        boolean cut = out.cut() || err.cut();
        if (channel.getExitStatus() != null) {
            return new Result.Ran(channel.getExitStatus(), out.bytes(), err.text(), cut);
        }
        if (channel.getExitSignal() != null) {
            return new Result.Ran(128, out.bytes(), "ended by signal " + channel.getExitSignal(), cut);
        }
        return new Result.Unreachable("The connection to " + at + " was lost while a command ran there");
    }

    private static void feed(byte[] stdin, ChannelExec channel) {
        try (OutputStream to = channel.getInvertedIn()) {
            to.write(stdin);
        } catch (IOException e) {
            // The command ended without reading all of its input, or the line was cut: the result tells which.
        }
    }

    @Override
    public InputStream follow(String shellCommand) throws IOException {
        Bounded err = new Bounded(LocalFollow.WORDS_LIMIT);
        // A host does not end a command because the channel is closed: so the command ends when its input does.
        ChannelExec channel = open(
                "exec 3<&0; { " + shellCommand + "\n} 3<&- </dev/null & c=$!\n"
                        + "{ cat; kill $c; } <&3 >/dev/null 2>&1 & w=$!\n"
                        + "exec 3<&-; wait $c; s=$?; kill $w 2>/dev/null; exit $s",
                null,
                err);
        return new SshFollow(at, channel, err);
    }

    @Override
    public void close() {
        client.stop();
    }

    /// Starts a command; a connection that turns out to be dead is opened anew once, as nothing was started yet.
    ///
    /// @param out where its output goes; null to read it from the channel
    private ChannelExec open(String shellCommand, @Nullable Bounded out, Bounded err) throws IOException {
        ClientSession reused = current();
        if (reused != null) {
            try {
                return start(reused, shellCommand, out, err);
            } catch (IOException e) {
                reused.close(true);
            }
        }
        return start(connect(), shellCommand, out, err);
    }

    private ChannelExec start(ClientSession on, String shellCommand, @Nullable Bounded out, Bounded err)
            throws IOException {
        // The login shell may be another one; the command is for sh.
        ChannelExec channel;
        try {
            channel = on.createExecChannel("exec sh -c " + Host.quote(shellCommand));
        } catch (IllegalStateException e) {
            // The library's word for a connection that is just being closed.
            throw new IOException("The connection to " + at + " was lost", e);
        }
        if (out != null) {
            channel.setOut(out);
        }
        channel.setErr(err);
        try {
            channel.open().verify(access.limit());
        } catch (IOException e) {
            channel.close(true);
            throw new IOException("Could not start a command on " + at + ": " + words(e), e);
        }
        return channel;
    }

    private @Nullable ClientSession current() {
        connecting.lock();
        try {
            return session != null && session.isOpen() ? session : null;
        } finally {
            connecting.unlock();
        }
    }

    private ClientSession connect() throws IOException {
        connecting.lock();
        try {
            if (session != null && session.isOpen()) {
                return session;
            }
            session = login();
            return session;
        } finally {
            connecting.unlock();
        }
    }

    private ClientSession login() throws IOException {
        HostKeys pinned = HostKeys.read(access.knownHosts(), at.host(), at.port());
        AtomicReference<String> refusal = new AtomicReference<>("");
        client.setServerKeyVerifier((_, _, key) -> {
            refusal.set(pinned.refusal(key).orElse(""));
            return refusal.get().isEmpty();
        });
        // Asked in this order, a host with several keys shows the one that is pinned.
        client.setSignatureFactories(client.getSignatureFactories().stream()
                .sorted(Comparator.comparing((NamedFactory<Signature> factory) ->
                        !pinned.types().contains(KeyUtils.getCanonicalKeyType(factory.getName()))))
                .toList());
        SshKeys keys = SshKeys.read(access);
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(keys.pairs()));
        client.start();
        ClientSession fresh = dial();
        try {
            fresh.auth().verify(access.limit());
            return fresh;
        } catch (IOException e) {
            fresh.close(true);
            if (!refusal.get().isEmpty()) {
                throw new IOException(refusal.get(), e);
            }
            throw new IOException(
                    "Could not log in to " + at + " with " + keys.sources() + ": " + words(e)
                            + ". The host's ~/.ssh/authorized_keys must have one of these keys",
                    e);
        }
    }

    private ClientSession dial() throws IOException {
        try {
            return client.connect(at.user(), at.host(), at.port())
                    .verify(access.limit())
                    .getSession();
        } catch (IOException e) {
            throw new IOException(
                    "Could not connect to " + at + ": " + words(e)
                            + ". Is sshd running there, and may this machine reach " + "its port " + at.port() + "?",
                    e);
        }
    }

    private static String words(Throwable trouble) {
        String message = trouble.getMessage();
        return message == null || message.isBlank() ? trouble.getClass().getSimpleName() : message;
    }
}
