package barograph.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes an Access-Request and reads its answer (RFC 2865; Message-Authenticator: RFC 3579 §3.2).
///
/// MD5 is what the protocol prescribes. Every request carries a Message-Authenticator, as its first attribute, so that
/// a password never travels under MD5 collisions alone (CVE-2024-3596); one in an answer must be right.
final class RadiusCodec {
    static final int ACCESS_REQUEST = 1;
    static final int ACCESS_ACCEPT = 2;
    static final int ACCESS_REJECT = 3;
    static final int ACCESS_CHALLENGE = 11;

    static final int AUTHENTICATOR_LENGTH = 16;
    static final int LONGEST_PASSWORD = 128;
    static final int LONGEST_PACKET = 4096;

    private static final int HEADER = 20;
    private static final int SIGNATURE_LENGTH = 16;

    private final int id;
    private final byte[] authenticator;
    private final byte[] secret;

    /// For one request and its answer.
    ///
    /// @param id 0 to 255
    /// @param authenticator 16 bytes that nobody can foresee
    RadiusCodec(int id, byte[] authenticator, String secret) {
        if (id < 0 || id > 255 || authenticator.length != AUTHENTICATOR_LENGTH) {
            throw new IllegalArgumentException("a RADIUS request has an id below 256 and an authenticator of 16 bytes");
        }
        this.id = id;
        this.authenticator = authenticator.clone();
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /// What a datagram turned out to be.
    sealed interface Reading {
        /// An answer to our request from someone who knows the secret.
        record Genuine(int code, List<RadiusAttribute> attributes) implements Reading {
            public Genuine {
                attributes = List.copyOf(attributes);
            }
        }

        /// It looks like an answer, but is not signed with our secret.
        ///
        /// @param which the signature that is wrong
        record Forged(String which) implements Reading {}

        /// It is no answer to our request at all.
        record Foreign(String why) implements Reading {}
    }

    /// Hides a password as RFC 2865 §5.2 has it.
    ///
    /// @param password at most [#LONGEST_PASSWORD] bytes
    RadiusAttribute hidden(byte[] password) {
        if (password.length > LONGEST_PASSWORD) {
            throw new IllegalArgumentException("RADIUS hides passwords of up to " + LONGEST_PASSWORD + " bytes");
        }
        byte[] text = Arrays.copyOf(password, Math.max(16, (password.length + 15) / 16 * 16));
        byte[] before = authenticator;
        for (int block = 0; block < text.length; block += 16) {
            byte[] pad = md5(secret, before);
            for (int i = 0; i < 16; i++) {
                text[block + i] ^= pad[i];
            }
            before = Arrays.copyOfRange(text, block, block + 16);
        }
        return new RadiusAttribute(RadiusAttribute.USER_PASSWORD, text);
    }

    /// What [#hidden] hid, without the zeros at its end.
    byte[] revealed(byte[] hidden) {
        byte[] text = hidden.clone();
        byte[] before = authenticator;
        for (int block = 0; block + 16 <= text.length; block += 16) {
            byte[] pad = md5(secret, before);
            before = Arrays.copyOfRange(hidden, block, block + 16);
            for (int i = 0; i < 16; i++) {
                text[block + i] ^= pad[i];
            }
        }
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    /// Whether a request is signed with another secret. One without a Message-Authenticator tells nothing.
    boolean isForeign(byte[] request, List<RadiusAttribute> attributes) {
        int at = HEADER;
        for (RadiusAttribute attribute : attributes) {
            byte[] value = attribute.value();
            if (attribute.type() == RadiusAttribute.MESSAGE_AUTHENTICATOR && !isSigned(request, at + 2, value)) {
                return true;
            }
            at += value.length + 2;
        }
        return false;
    }

    /// A signed Access-Request.
    byte[] request(List<RadiusAttribute> attributes) {
        return signed(ACCESS_REQUEST, attributes);
    }

    /// A signed answer to the request.
    byte[] answer(int code, List<RadiusAttribute> attributes) {
        byte[] packet = signed(code, attributes);
        System.arraycopy(md5(packet, secret), 0, packet, 4, AUTHENTICATOR_LENGTH);
        return packet;
    }

    /// @return the packet with the request's authenticator, over which both are signed
    private byte[] signed(int code, List<RadiusAttribute> attributes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        write(body, new RadiusAttribute(RadiusAttribute.MESSAGE_AUTHENTICATOR, new byte[SIGNATURE_LENGTH]));
        attributes.forEach(attribute -> write(body, attribute));
        int length = HEADER + body.size();
        if (length > LONGEST_PACKET) {
            throw new IllegalArgumentException("a RADIUS packet has at most " + LONGEST_PACKET + " bytes");
        }
        byte[] packet = ByteBuffer.allocate(length)
                .put((byte) code)
                .put((byte) id)
                .putShort((short) length)
                .put(authenticator)
                .put(body.toByteArray())
                .array();
        System.arraycopy(signature(packet), 0, packet, HEADER + 2, SIGNATURE_LENGTH);
        return packet;
    }

    /// What a packet says, whoever signed it; empty if it is none.
    static Optional<List<RadiusAttribute>> attributesOf(byte[] packet) {
        if (packet.length < HEADER || packet.length != (((packet[2] & 0xff) << 8) | (packet[3] & 0xff))) {
            return Optional.empty();
        }
        List<RadiusAttribute> attributes = new ArrayList<>();
        int at = HEADER;
        while (at < packet.length) {
            int size = at + 1 < packet.length ? packet[at + 1] & 0xff : 0;
            if (size < 2 || at + size > packet.length || packet[at] == 0) {
                return Optional.empty();
            }
            attributes.add(new RadiusAttribute(packet[at] & 0xff, Arrays.copyOfRange(packet, at + 2, at + size)));
            at += size;
        }
        return Optional.of(attributes);
    }

    private static void write(ByteArrayOutputStream body, RadiusAttribute attribute) {
        byte[] value = attribute.value();
        body.write(attribute.type());
        body.write(value.length + 2);
        body.writeBytes(value);
    }

    /// Reads what came in; bytes beyond the packet's own length are padding.
    Reading read(byte[] datagram) {
        if (datagram.length < HEADER) {
            return new Reading.Foreign("too short");
        }
        int length = ((datagram[2] & 0xff) << 8) | (datagram[3] & 0xff);
        if (length < HEADER || length > datagram.length || length > LONGEST_PACKET) {
            return new Reading.Foreign("its length is wrong");
        }
        if ((datagram[1] & 0xff) != id) {
            return new Reading.Foreign("it answers another request");
        }
        byte[] packet = Arrays.copyOf(datagram, length);
        int code = packet[0] & 0xff;
        if (code != ACCESS_ACCEPT && code != ACCESS_REJECT && code != ACCESS_CHALLENGE) {
            return new Reading.Foreign("code " + code + " is no answer to a login");
        }
        byte[] given = Arrays.copyOfRange(packet, 4, HEADER);
        System.arraycopy(authenticator, 0, packet, 4, AUTHENTICATOR_LENGTH);
        if (!MessageDigest.isEqual(given, md5(packet, secret))) {
            return new Reading.Forged("response authenticator");
        }
        return attributes(code, packet);
    }

    /// @param packet with the request's authenticator in place, as the signature is made over it
    private Reading attributes(int code, byte[] packet) {
        Optional<List<RadiusAttribute>> attributes = attributesOf(packet);
        if (attributes.isEmpty()) {
            return new Reading.Foreign("its attributes are broken");
        }
        int at = HEADER;
        for (RadiusAttribute attribute : attributes.get()) {
            byte[] value = attribute.value();
            if (attribute.type() == RadiusAttribute.MESSAGE_AUTHENTICATOR && !isSigned(packet, at + 2, value)) {
                return new Reading.Forged("message authenticator");
            }
            at += value.length + 2;
        }
        return new Reading.Genuine(code, attributes.get());
    }

    private boolean isSigned(byte[] packet, int at, byte[] given) {
        if (given.length != SIGNATURE_LENGTH) {
            return false;
        }
        byte[] blank = packet.clone();
        Arrays.fill(blank, at, at + SIGNATURE_LENGTH, (byte) 0);
        return MessageDigest.isEqual(given, signature(blank));
    }

    private byte[] signature(byte[] packet) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret, "HmacMD5"));
            return mac.doFinal(packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RADIUS needs HmacMD5, which this Java runtime does not offer", e);
        }
    }

    /// The digest that RADIUS and its CHAP prescribe.
    static byte[] md5(byte[]... parts) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                md5.update(part);
            }
            return md5.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RADIUS needs MD5, which this Java runtime does not offer", e);
        }
    }
}
