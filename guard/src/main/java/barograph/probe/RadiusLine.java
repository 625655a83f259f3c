package barograph.probe;

import barograph.login.Step;
import barograph.probe.RadiusCodec.Reading;
import barograph.site.ProbeKind.Option;
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
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One RADIUS request of a login and its answer (RFC 2865), the same for every way to prove the password.
///
/// One request is sent, and sent again unchanged while nothing comes back, as RADIUS clients do: for the server it
/// stays one login. What is not signed with our secret is no answer; it is remembered as the reason in case none
/// comes.
final class RadiusLine {
    /// What every login over RADIUS can be told.
    static final List<Option> OPTIONS = List.of(
            Options.requiredSecret("secret", "The secret that the server shares with this client."),
            Options.optional(
                    "reply", "Attributes that an acceptance must carry: Filter-Id=staff, Session-Timeout=3600."),
            Options.optional("nas-identifier", "The name under which the probe asks; barograph when not said."),
            Options.optional("calling-station-id", "The device that the probe stands for."),
            Options.optional("called-station-id", "The place that the probe stands for."));

    static final int PORT = 1812;

    /// RFC 5080 §2.2.1: the first retransmission comes after 2 s; a shorter probe gets its share.
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int TRIES_AT_LEAST = 3;

    private final RandomGenerator random;

    /// @param random hard to foresee: it makes the request authenticators
    RadiusLine(RandomGenerator random) {
        this.random = random;
    }

    /// How a login proves that it knows the password.
    @FunctionalInterface
    interface Proof {
        List<RadiusAttribute> attributes(RadiusCodec codec) throws Halt;
    }

    /// Asks once, and tells a rejection or a challenge by a [Halt]: what comes back is an acceptance.
    Reading.Genuine accepted(Attempt attempt, Proof proof) throws Halt {
        Way way = attempt.way();
        InetAddress address = Network.resolve(attempt).getFirst();
        Optional<InetAddress> from = Network.from(attempt);
        InetSocketAddress server = new InetSocketAddress(address, attempt.port());
        way.reach(Step.CONNECT);
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(from.orElse(null), 0));
            socket.connect(server);
            RadiusCodec codec = new RadiusCodec(
                    random.nextInt(256), bytes(RadiusCodec.AUTHENTICATOR_LENGTH), attempt.required("secret"));
            List<RadiusAttribute> attributes = new ArrayList<>();
            attributes.add(text(
                    attempt,
                    "user name",
                    RadiusAttribute.USER_NAME,
                    attempt.probe().user()));
            attributes.addAll(proof.attributes(codec));
            attributes.addAll(client(attempt, socket.getLocalAddress()));
            byte[] request = codec.request(attributes);
            way.reach(Step.AUTHENTICATE);
            return judge(attempt, new Exchange(way, socket, codec).run(request));
        } catch (IOException e) {
            throw Network.broken(way, e, "talking to " + address.getHostAddress() + " port " + server.getPort());
        }
    }

    /// Bytes that nobody can foresee.
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Who asks, and for whom.
    static List<RadiusAttribute> client(Attempt attempt, InetAddress local) throws Halt {
        List<RadiusAttribute> attributes = new ArrayList<>();
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

    private static Reading.Genuine judge(Attempt attempt, Reading.Genuine answer) throws Halt {
        String words = words(answer);
        return switch (answer.code()) {
            case RadiusCodec.ACCESS_ACCEPT -> answer;
            case RadiusCodec.ACCESS_REJECT -> throw rejected(attempt, answer);
            case RadiusCodec.ACCESS_CHALLENGE ->
                throw attempt.way()
                        .failed("challenged", "the server wants more than a password (Access-Challenge): " + words);
            default -> throw new IllegalStateException("the codec lets no other code pass: " + answer.code());
        };
    }

    /// An MS-CHAP-Error says more than the message to the user.
    static Halt rejected(Attempt attempt, Reading.Genuine answer) {
        String words = words(answer);
        Optional<MschapError> error = MschapError.in(answer.attributes());
        if (error.isPresent()) {
            return attempt.way().rejected(error.get().reason(), error.get().said());
        }
        return attempt.way()
                .rejected(
                        AccountWords.reason(words).orElse("rejected"),
                        words.isEmpty() ? "Access-Reject without a message" : words);
    }

    private static String words(Reading.Genuine answer) {
        return RadiusNames.tell(answer.attributes()).getOrDefault("Reply-Message", "");
    }

    /// The acceptance, held against what the probe wants it to carry.
    static Answer answer(Attempt attempt, Reading.Genuine accepted) throws Halt {
        return ReplyCheck.answer(attempt, words(accepted), RadiusNames.tell(accepted.attributes()));
    }

    /// Nothing came that could be believed.
    ///
    /// @param forgeries how many answers came that were not signed with our secret
    /// @param forged which signature of the last one was wrong
    static Halt silence(Way way, int sent, int forgeries, String forged) {
        if (forgeries > 0) {
            return way.failed(
                    "shared_secret_mismatch",
                    "shared secret mismatch (" + forged + " wrong): " + forgeries
                            + " answers came, and none was signed with the probe's secret");
        }
        return way.unanswered("no answer to " + sent + " packets: the server is silent, a firewall drops them, "
                + "the server does not know this client, or shared secret mismatch; the server's log tells which");
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
            throw silence(way, sent, forgeries, forged);
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
    }
}
