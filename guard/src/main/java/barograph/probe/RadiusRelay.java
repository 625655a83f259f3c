package barograph.probe;

import barograph.login.Step;
import barograph.probe.RadiusCodec.Reading;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Stands between a RADIUS client on this machine and the server under test, and signs for it.
///
/// `eapol_test` takes the shared secret on its command line only, where everybody on this machine can read it. So it
/// talks to this relay with a secret that is none, and only this process knows the real one. Keys for the air, which
/// the server hides with the real secret, are left out of what the client gets. Used by one thread.
final class RadiusRelay implements AutoCloseable {
    /// What `eapol_test` signs with when it is told nothing.
    private static final String CLIENT_SECRET = "radius";

    private static final long LOOK_MILLIS = 50;
    private static final int MICROSOFT = 311;
    private static final int MPPE_RECEIVE_KEY = 17;

    /// What the probe says about itself and its place instead of what the client makes up.
    private static final Set<Integer> OURS = Set.of(
            RadiusAttribute.MESSAGE_AUTHENTICATOR, RadiusAttribute.NAS_IP_ADDRESS, RadiusAttribute.NAS_IDENTIFIER);

    private final Attempt attempt;
    private final Selector selector;
    private final DatagramChannel client;
    private final DatagramChannel server;
    private final List<RadiusAttribute> ours;
    private @Nullable SocketAddress asker;
    private @Nullable RadiusCodec ourSide;
    private @Nullable RadiusCodec clientSide;
    private Optional<Reading.Genuine> last = Optional.empty();
    private @Nullable IOException broken;
    private int sent;
    private int forged;

    private RadiusRelay(
            Attempt attempt,
            Selector selector,
            DatagramChannel client,
            DatagramChannel server,
            List<RadiusAttribute> ours) {
        this.attempt = attempt;
        this.selector = selector;
        this.client = client;
        this.server = server;
        this.ours = ours;
    }

    /// Resolves and connects; nothing is sent yet.
    static RadiusRelay open(Attempt attempt) throws Halt {
        InetAddress address = Network.resolve(attempt).getFirst();
        Optional<InetAddress> from = Network.from(attempt);
        InetSocketAddress place = new InetSocketAddress(address, attempt.port());
        attempt.way().reach(Step.CONNECT);
        Selector selector = null;
        DatagramChannel client = null;
        DatagramChannel server = null;
        try {
            selector = Selector.open();
            client = DatagramChannel.open(StandardProtocolFamily.INET);
            client.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            server = DatagramChannel.open();
            server.bind(new InetSocketAddress(from.orElse(null), 0));
            server.connect(place);
            for (DatagramChannel channel : List.of(client, server)) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
            InetAddress local = ((InetSocketAddress) server.getLocalAddress()).getAddress();
            return new RadiusRelay(attempt, selector, client, server, RadiusLine.client(attempt, local));
        } catch (IOException e) {
            closeAll(selector, client, server);
            throw Network.broken(
                    attempt.way(), e, "talking to " + address.getHostAddress() + " port " + place.getPort());
        } catch (Halt e) {
            closeAll(selector, client, server);
            throw e;
        }
    }

    /// Where the client finds this relay on 127.0.0.1.
    int port() throws IOException {
        return ((InetSocketAddress) client.getLocalAddress()).getPort();
    }

    /// Carries packets to and fro until the client has ended, or the time is over.
    ///
    /// @param eachTime is called at least every 50 ms
    void run(BooleanSupplier clientRuns, Runnable eachTime) throws Halt {
        try {
            while (clientRuns.getAsBoolean() && !attempt.way().isOver()) {
                selector.select(key -> forward(key.channel().equals(client)), LOOK_MILLIS);
                eachTime.run();
                if (broken != null) {
                    throw broken;
                }
            }
        } catch (IOException e) {
            throw Network.broken(attempt.way(), e, "talking to the RADIUS server");
        }
    }

    private void forward(boolean fromClient) {
        ByteBuffer room = ByteBuffer.allocate(RadiusCodec.LONGEST_PACKET);
        try {
            if (fromClient) {
                asker = client.receive(room);
                ask(Arrays.copyOf(room.array(), room.position()));
            } else {
                server.read(room);
                answer(Arrays.copyOf(room.array(), room.position()));
            }
        } catch (IOException e) {
            broken = e;
        }
    }

    private void ask(byte[] packet) throws IOException {
        Optional<List<RadiusAttribute>> asked = RadiusCodec.attributesOf(packet);
        if (asked.isEmpty()) {
            return;
        }
        byte[] authenticator = Arrays.copyOfRange(packet, 4, 4 + RadiusCodec.AUTHENTICATOR_LENGTH);
        ourSide = new RadiusCodec(packet[1] & 0xff, authenticator, attempt.required("secret"));
        clientSide = new RadiusCodec(packet[1] & 0xff, authenticator, CLIENT_SECRET);
        Set<Integer> replaced = new HashSet<>(OURS);
        ours.forEach(attribute -> replaced.add(attribute.type()));
        List<RadiusAttribute> attributes = new ArrayList<>(asked.get());
        attributes.removeIf(attribute -> replaced.contains(attribute.type()));
        attributes.addAll(ours);
        server.write(ByteBuffer.wrap(ourSide.request(attributes)));
        sent++;
    }

    private void answer(byte[] packet) throws IOException {
        RadiusCodec mine = ourSide;
        RadiusCodec theirs = clientSide;
        SocketAddress to = asker;
        if (mine == null || theirs == null || to == null) {
            return;
        }
        switch (mine.read(packet)) {
            case Reading.Genuine genuine -> {
                last = Optional.of(genuine);
                List<RadiusAttribute> shown = genuine.attributes().stream()
                        .filter(attribute -> attribute.type() != RadiusAttribute.MESSAGE_AUTHENTICATOR
                                && attribute.type() != RadiusAttribute.VENDOR_SPECIFIC)
                        .toList();
                client.send(ByteBuffer.wrap(theirs.answer(genuine.code(), shown)), to);
            }
            case Reading.Forged _ -> forged++;
            case Reading.Foreign _ -> {
                // No answer to what was asked: as if it had not come.
            }
        }
    }

    /// The server's last answer; every other ending is told by a [Halt].
    Reading.Genuine last() throws Halt {
        if (last.isPresent()) {
            return last.get();
        }
        throw RadiusLine.silence(attempt.way(), sent, forged, "response authenticator");
    }

    /// Whether the acceptance brought the keys without which nobody gets onto a wireless network.
    static boolean hasKeys(Reading.Genuine accepted) {
        return RadiusAttribute.vendorValue(accepted.attributes(), MICROSOFT, MPPE_RECEIVE_KEY)
                .isPresent();
    }

    @Override
    public void close() {
        closeAll(selector, client, server);
    }

    private static void closeAll(@Nullable Closeable... all) {
        for (Closeable each : all) {
            if (each != null) {
                Network.closeQuietly(each);
            }
        }
    }
}
