package barograph.probe;

import barograph.probe.RadiusCodec.Reading;
import barograph.secrets.Secrets;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks a RADIUS server for nothing but a sign of life (Status-Server, RFC 5997).
///
/// It needs neither an account nor a backend: path, secret and server must be well, and nothing else. A large one is
/// filled with Proxy-State, which the server must send back (RFC 2865 §5.33), so that fragments have to pass both ways.
/// Safe for use by several threads.
public final class RadiusPulse {
    /// What fits into one packet on any network.
    public static final int SMALL = 100;

    /// What does not fit into one packet on Ethernet.
    public static final int LARGE = 2500;

    private static final Duration WITHIN = Duration.ofSeconds(4);
    private static final int TRIES = 3;

    private final Secrets secrets;
    private final RandomGenerator random;

    /// @param random hard to foresee and safe for several threads
    public RadiusPulse(Secrets secrets, RandomGenerator random) {
        this.secrets = secrets;
        this.random = random;
    }

    /// Whether a genuine answer came; empty where nobody could ask. Blocks for at most 4 s.
    ///
    /// @param probe one over RADIUS, for its secret and the address that it comes from
    /// @param bytes about how large question and answer are
    public Optional<Boolean> beats(Server server, ProbeSpec probe, int bytes) {
        Optional<barograph.site.ProbeKind> kind = Probes.KINDS.stream()
                .filter(each -> each.name().equals(probe.via()))
                .findFirst();
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try (Way way = new Way(WITHIN)) {
            return Optional.of(ask(Attempt.prepare(probe, server, kind.get(), secrets, way), bytes));
        } catch (Halt | IOException e) {
            return Optional.empty(); // no name, no secret, no route: the probe itself tells which
        }
    }

    private boolean ask(Attempt attempt, int bytes) throws Halt, IOException {
        InetAddress address = Network.resolve(attempt).getFirst();
        Optional<InetAddress> from = Network.from(attempt);
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(from.orElse(null), 0));
            socket.connect(new InetSocketAddress(address, attempt.port()));
            byte[] authenticator = new byte[RadiusCodec.AUTHENTICATOR_LENGTH];
            random.nextBytes(authenticator);
            RadiusCodec codec = new RadiusCodec(random.nextInt(256), authenticator, attempt.required("secret"));
            List<RadiusAttribute> attributes = new ArrayList<>(RadiusLine.client(attempt, socket.getLocalAddress()));
            for (int left = bytes - SMALL; left > 0; left -= RadiusAttribute.LONGEST) {
                attributes.add(new RadiusAttribute(RadiusAttribute.PROXY_STATE, new byte[RadiusAttribute.LONGEST]));
            }
            return answered(attempt.way(), socket, codec, codec.status(attributes));
        }
    }

    private static boolean answered(Way way, DatagramSocket socket, RadiusCodec codec, byte[] question)
            throws IOException {
        int share = (int) WITHIN.dividedBy(TRIES).toMillis();
        byte[] room = new byte[RadiusCodec.LONGEST_PACKET];
        while (!way.isOver()) {
            socket.send(new DatagramPacket(question, question.length));
            try {
                socket.setSoTimeout(Math.clamp(way.leftMillis(), 1, share));
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                if (codec.read(Arrays.copyOf(room, packet.getLength())) instanceof Reading.Genuine) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                // Time to ask again, or to give up.
            }
        }
        return false;
    }
}
