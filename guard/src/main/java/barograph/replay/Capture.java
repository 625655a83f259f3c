package barograph.replay;

import barograph.probe.Captured;
import barograph.site.Secret;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// RADIUS logins out of captured packets: a file of `tcpdump -w` (pcap), with whole packets of Ethernet, Linux
/// "any" (SLL, SLL2), loopback or plain IP.
///
/// Only logins with a password (PAP) that the capture shows to have been accepted are taken, each person once: so
/// nobody's account is locked by an old slip. Memory grows with the number of people, at most [#MOST].
final class Capture {
    static final int MOST = 10_000;
    private static final int LONGEST_PACKET = 256 * 1024;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int PCAPNG = 0x0a0d0d0a;

    private final String secret;
    private final Map<String, Captured.Password> open = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();

    private Capture(String secret) {
        this.secret = secret;
    }

    /// What a capture holds.
    ///
    /// @param passedOver what could not be taken, and why, in words; empty if nothing
    record Content(List<Entry> entries, String passedOver) {}

    /// @throws IOException with words for a person when it cannot be read or is no capture
    static Content read(InputStream in, String secret) throws IOException {
        Capture capture = new Capture(secret);
        capture.packets(new DataInputStream(new BufferedInputStream(in)));
        capture.open.values().forEach(_ -> capture.count("no acceptance in the capture"));
        String over = capture.passedOver.entrySet().stream()
                .map(each -> each.getValue() + " packets: " + each.getKey())
                .collect(Collectors.joining(", "));
        return new Content(List.copyOf(capture.entries), over);
    }

    private void packets(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(24);
        if (head.length < 24) {
            throw new IOException("it is too short for a capture");
        }
        ByteBuffer header = ByteBuffer.wrap(head);
        if (header.getInt(0) == PCAPNG) {
            throw new IOException(
                    "it is in the newer format pcapng: tcpdump -r FILE -w NEW.pcap makes one that can be read");
        }
        if (!isMagic(header.getInt(0))) {
            header.order(ByteOrder.LITTLE_ENDIAN);
            if (!isMagic(header.getInt(0))) {
                throw new IOException("it is no capture (pcap)");
            }
        }
        int link = header.getInt(20) & 0xffff;
        while (true) {
            byte[] record = in.readNBytes(16);
            if (record.length == 0) {
                return;
            }
            int length = record.length < 16
                    ? -1
                    : ByteBuffer.wrap(record).order(header.order()).getInt(8);
            if (length < 0 || length > LONGEST_PACKET) {
                throw new IOException("it is broken after " + entries.size() + " logins");
            }
            byte[] frame = in.readNBytes(length);
            if (frame.length < length) {
                throw new EOFException("it ends in the middle of a packet");
            }
            Link.datagram(link, frame).ifPresent(this::take);
        }
    }

    private static boolean isMagic(int number) {
        return number == MICROSECONDS || number == NANOSECONDS;
    }

    private void take(Link.Datagram datagram) {
        if (datagram.fragment()) {
            count("in fragments");
            return;
        }
        switch (Captured.read(datagram.content(), secret)) {
            case Captured.Password login -> {
                if (open.size() < MOST) {
                    open.put(datagram.from() + ">" + datagram.to() + "#" + login.id(), login);
                }
            }
            case Captured.Closed(int id, String why) -> {
                open.remove(datagram.from() + ">" + datagram.to() + "#" + id);
                count(why);
            }
            case Captured.Accept(int id) -> {
                Captured.Password login = open.remove(datagram.to() + ">" + datagram.from() + "#" + id);
                if (login != null && entries.size() < MOST && taken.add(login.user())) {
                    entries.add(new Entry(login.user(), new Secret.Plain(login.password())));
                }
            }
            case Captured.Nothing() -> {}
        }
    }

    private void count(String why) {
        passedOver.merge(why, 1, Integer::sum);
    }

    /// UDP in frames of some sorts of links.
    private static final class Link {
        private static final int IPV4 = 0x0800;
        private static final int IPV6 = 0x86dd;
        private static final int VLAN = 0x8100;
        private static final int UDP = 17;

        private Link() {}

        /// @param from address and port
        /// @param fragment whether it is a part of a packet that came in several
        @SuppressWarnings("ArrayRecordComponent") // nobody compares them
        record Datagram(String from, String to, byte[] content, boolean fragment) {}

        static Optional<Datagram> datagram(int link, byte[] frame) {
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            try {
                return switch (link) {
                    case 1 -> ethernet(bytes);
                    case 0, 108 -> ip(bytes, 4);
                    case 12, 14, 101, 228, 229 -> ip(bytes, 0);
                    case 113 -> ip(bytes, 16);
                    case 276 -> ip(bytes, 20);
                    default -> Optional.empty();
                };
            } catch (IndexOutOfBoundsException e) {
                return Optional.empty(); // the capture kept only the beginning of the packet
            }
        }

        private static Optional<Datagram> ethernet(ByteBuffer bytes) {
            int at = 12;
            while ((bytes.getShort(at) & 0xffff) == VLAN) {
                at += 4;
            }
            int type = bytes.getShort(at) & 0xffff;
            return type == IPV4 || type == IPV6 ? ip(bytes, at + 2) : Optional.empty();
        }

        private static Optional<Datagram> ip(ByteBuffer bytes, int at) {
            int version = (bytes.get(at) & 0xff) >> 4;
            if (version == 4 && (bytes.get(at + 9) & 0xff) == UDP) {
                boolean fragment = (bytes.getShort(at + 6) & 0x3fff) != 0;
                int header = (bytes.get(at) & 0x0f) * 4;
                return fragment
                        ? Optional.of(new Datagram("", "", new byte[0], true))
                        : udp(bytes, at + header, name(bytes, at + 12, 4), name(bytes, at + 16, 4));
            }
            return version == 6 && (bytes.get(at + 6) & 0xff) == UDP
                    ? udp(bytes, at + 40, name(bytes, at + 8, 16), name(bytes, at + 24, 16))
                    : Optional.empty();
        }

        private static Optional<Datagram> udp(ByteBuffer bytes, int at, String from, String to) {
            int length = bytes.getShort(at + 4) & 0xffff;
            if (length < 8 || at + length > bytes.limit()) {
                return Optional.empty();
            }
            return Optional.of(new Datagram(
                    from + ":" + (bytes.getShort(at) & 0xffff),
                    to + ":" + (bytes.getShort(at + 2) & 0xffff),
                    part(bytes, at + 8, length - 8),
                    false));
        }

        private static String name(ByteBuffer bytes, int at, int length) {
            return HexFormat.of().formatHex(part(bytes, at, length));
        }

        private static byte[] part(ByteBuffer bytes, int at, int length) {
            byte[] part = new byte[length];
            bytes.get(at, part);
            return part;
        }
    }
}
