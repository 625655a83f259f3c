package barograph.probe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What one captured RADIUS packet says to somebody who knows the secret (RFC 2865).
public sealed interface Captured {
    /// A login with a password.
    record Password(int id, String user, String password) implements Captured {
        /// Never the password.
        @Override
        public String toString() {
            return "a login with a password";
        }
    }

    /// A login whose password cannot be had.
    ///
    /// @param why such as `EAP`, `CHAP` or `another secret`
    record Closed(int id, String why) implements Captured {}

    /// An Access-Accept.
    record Accept(int id) implements Captured {}

    /// Anything else.
    record Nothing() implements Captured {}

    /// @param datagram the content of a UDP packet
    static Captured read(byte[] datagram, String secret) {
        int length = datagram.length < 4 ? 0 : ((datagram[2] & 0xff) << 8) | (datagram[3] & 0xff);
        if (length < 20 || length > datagram.length) {
            return new Nothing();
        }
        byte[] packet = Arrays.copyOf(datagram, length);
        int code = packet[0] & 0xff;
        int id = packet[1] & 0xff;
        Optional<List<RadiusAttribute>> attributes = RadiusCodec.attributesOf(packet);
        if (attributes.isEmpty()) {
            return new Nothing();
        }
        return switch (code) {
            case RadiusCodec.ACCESS_ACCEPT -> new Accept(id);
            case RadiusCodec.ACCESS_REQUEST ->
                request(new RadiusCodec(id, Arrays.copyOfRange(packet, 4, 20), secret), id, packet, attributes.get());
            default -> new Nothing();
        };
    }

    private static Captured request(RadiusCodec codec, int id, byte[] packet, List<RadiusAttribute> attributes) {
        Optional<byte[]> user = value(attributes, RadiusAttribute.USER_NAME);
        Optional<byte[]> hidden = value(attributes, RadiusAttribute.USER_PASSWORD);
        if (hidden.isEmpty() || user.isEmpty()) {
            boolean eap = value(attributes, RadiusAttribute.EAP_MESSAGE).isPresent();
            boolean chap = value(attributes, RadiusAttribute.CHAP_PASSWORD).isPresent();
            return new Closed(id, eap ? "EAP" : chap ? "CHAP" : "no password in it");
        }
        if (codec.isForeign(packet, attributes)) {
            return new Closed(id, "another secret");
        }
        Optional<String> name = text(user.get());
        Optional<String> password = text(codec.revealed(hidden.get()));
        return name.isPresent() && password.isPresent()
                ? new Password(id, name.get(), password.get())
                : new Closed(id, "another secret");
    }

    private static Optional<byte[]> value(List<RadiusAttribute> attributes, int type) {
        return attributes.stream()
                .filter(attribute -> attribute.type() == type)
                .map(RadiusAttribute::value)
                .findFirst();
    }

    /// What a wrong secret makes of a password is hardly ever text.
    private static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean plain = !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
