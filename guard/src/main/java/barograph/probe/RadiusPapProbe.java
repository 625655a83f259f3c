package barograph.probe;

import barograph.login.Step;
import barograph.probe.RadiusCodec.Reading;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A RADIUS login with a password (PAP, RFC 2865).
///
/// One request is sent, and sent again unchanged while nothing comes back, as RADIUS clients do: for the server it
/// stays
/// one login. What is not signed with our secret is no answer; it is remembered as the reason in case none comes.
final class RadiusPapProbe implements Protocol {
    /// RFC 5080 §2.2.1: the first retransmission comes after 2 s; a shorter probe gets its share.
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int TRIES_AT_LEAST = 3;

    private final RandomGenerator random;

    /// @param random hard to foresee: it makes the request authenticators
    RadiusPapProbe(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        Way way = attempt.way();
        InetAddress address = Network.resolve(attempt).getFirst();
        Optional<InetAddress> from = Network.from(attempt);
        InetSocketAddress server = new InetSocketAddress(address, attempt.port());
        way.reach(Step.CONNECT);
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(from.orElse(null), 0));
            socket.connect(server);
            byte[] authenticator = new byte[RadiusCodec.AUTHENTICATOR_LENGTH];
            random.nextBytes(authenticator);
            RadiusCodec codec = new RadiusCodec(random.nextInt(256), authenticator, attempt.required("secret"));
            byte[] request = codec.request(attributes(attempt, codec, socket.getLocalAddress()));
            way.reach(Step.AUTHENTICATE);
            return judge(attempt, new Exchange(way, socket, codec).run(request));
        } catch (IOException e) {
            throw Network.broken(way, e, "talking to " + address.getHostAddress() + " port " + server.getPort());
        }
    }

    private static List<RadiusAttribute> attributes(Attempt attempt, RadiusCodec codec, InetAddress local) throws Halt {
        List<RadiusAttribute> attributes = new ArrayList<>();
        attributes.add(text(
                attempt, "user name", RadiusAttribute.USER_NAME, attempt.probe().user()));
        byte[] password = attempt.password().getBytes(StandardCharsets.UTF_8);
        if (password.length > RadiusCodec.LONGEST_PASSWORD) {
            throw attempt.misconfigured("RADIUS carries passwords of up to 128 bytes, and this one is longer");
        }
        attributes.add(codec.hidden(password));
        attributes.add(new RadiusAttribute(
                local instanceof Inet4Address ? RadiusAttribute.NAS_IP_ADDRESS : RadiusAttribute.NAS_IPV6_ADDRESS,
                local.getAddress()));
        attributes.add(text(
                attempt,
                "nas-identifier",
                RadiusAttribute.NAS_IDENTIFIER,
                attempt.option("nas-identifier").orElse("barograph")));
        add(attempt, "calling-station-id", RadiusAttribute.CALLING_STATION_ID, attributes);
        add(attempt, "called-station-id", RadiusAttribute.CALLED_STATION_ID, attributes);
        return attributes;
    }

    private static void add(Attempt attempt, String option, int type, List<RadiusAttribute> attributes) throws Halt {
        Optional<String> value = attempt.option(option);
        if (value.isPresent()) {
            attributes.add(text(attempt, option, type, value.get()));
        }
    }

    private static RadiusAttribute text(Attempt attempt, String what, int type, String value) throws Halt {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length > RadiusAttribute.LONGEST) {
            throw attempt.misconfigured("RADIUS has room for 253 bytes, and its " + what + " has " + length);
        }
        return RadiusAttribute.text(type, value);
    }

    private static Answer judge(Attempt attempt, Reading.Genuine answer) throws Halt {
        Map<String, String> reply = RadiusNames.tell(answer.attributes());
        String words = reply.getOrDefault("Reply-Message", "");
        return switch (answer.code()) {
            case RadiusCodec.ACCESS_ACCEPT -> ReplyCheck.answer(attempt, words, reply);
            case RadiusCodec.ACCESS_REJECT ->
                throw attempt.way().rejected("rejected", words.isEmpty() ? "Access-Reject without a message" : words);
            case RadiusCodec.ACCESS_CHALLENGE ->
                throw attempt.way()
                        .failed("challenged", "the server wants more than a password (Access-Challenge): " + words);
            default -> throw new IllegalStateException("the codec lets no other code pass: " + answer.code());
        };
    }

    /// One request, sent until something comes back.
    private final class Exchange {
        private final Way way;
        private final DatagramSocket socket;
        private final RadiusCodec codec;
        private final long interval;
        private int sent;
        private int refused;
        private String forged = "";
        private int forgeries;

        Exchange(Way way, DatagramSocket socket, RadiusCodec codec) {
            this.way = way;
            this.socket = socket;
            this.codec = codec;
            long share = way.left().dividedBy(TRIES_AT_LEAST).toNanos();
            // Up to a tenth later, so that many probes that began together do not stay together.
            this.interval = (long) (Math.min(INTERVAL.toNanos(), share) * (1 + random.nextDouble() / 10));
        }

        Reading.Genuine run(byte[] request) throws IOException, Halt {
            byte[] room = new byte[RadiusCodec.LONGEST_PACKET];
            long nextSend = System.nanoTime();
            while (!way.isOver()) {
                if (System.nanoTime() - nextSend >= 0) {
                    send(request);
                    nextSend += interval;
                }
                long wait = Math.min(nextSend - System.nanoTime(), way.left().toNanos());
                Optional<Reading.Genuine> answer = receive(room, wait);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            throw silence();
        }

        /// A port that was closed a moment ago may be in a restart: only the second refusal is believed.
        private void send(byte[] request) throws IOException {
            try {
                socket.send(new DatagramPacket(request, request.length));
                sent++;
            } catch (PortUnreachableException e) {
                countRefusal(e);
            }
        }

        private Optional<Reading.Genuine> receive(byte[] room, long nanos) throws IOException {
            try {
                socket.setSoTimeout((int) Math.max(1, Duration.ofNanos(nanos).toMillis()));
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                Reading reading = codec.read(Arrays.copyOf(room, packet.getLength()));
                if (reading instanceof Reading.Forged(String which)) {
                    forged = which;
                    forgeries++;
                }
                return reading instanceof Reading.Genuine genuine ? Optional.of(genuine) : Optional.empty();
            } catch (PortUnreachableException e) {
                countRefusal(e);
                return Optional.empty();
            } catch (SocketTimeoutException e) {
                return Optional.empty(); // time to send again, or to give up
            }
        }

        private void countRefusal(PortUnreachableException e) throws PortUnreachableException {
            if (++refused > 1) {
                throw e;
            }
        }

        private Halt silence() {
            if (forgeries > 0) {
                return way.failed(
                        "shared_secret_mismatch",
                        "shared secret mismatch (" + forged + " wrong): " + forgeries
                                + " answers came, and none was signed with the probe's secret");
            }
            return way.unanswered("no answer to " + sent + " packets: the server is silent, a firewall drops them, "
                    + "the server does not know this client, or shared secret mismatch; the server's log tells which");
        }
    }
}
