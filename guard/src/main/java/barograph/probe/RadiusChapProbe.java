package barograph.probe;

import barograph.site.ProbeKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// A RADIUS login that proves the password by a digest (CHAP, RFC 2865 §2.2 and §5.3).
///
/// The server must know the password in clear text to judge it: where it keeps digests only, every login is rejected.
final class RadiusChapProbe implements Protocol {
    static final ProbeKind KIND = Options.kind("radius-chap", RadiusLine.PORT, List.of(), RadiusLine.OPTIONS);

    private static final int CHALLENGE_LENGTH = 16;

    private final RadiusLine line;

    /// @param random hard to foresee: it makes the challenges
    RadiusChapProbe(RandomGenerator random) {
        this.line = new RadiusLine(random);
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        return RadiusLine.answer(
                attempt,
                line.accepted(attempt, _ -> proof(line.bytes(1)[0], attempt.password(), line.bytes(CHALLENGE_LENGTH))));
    }

    /// @param id which of several challenges this is, as PPP numbers them
    static List<RadiusAttribute> proof(byte id, String password, byte[] challenge) {
        byte[] digest = RadiusCodec.md5(new byte[] {id}, password.getBytes(StandardCharsets.UTF_8), challenge);
        byte[] response =
                ByteBuffer.allocate(1 + digest.length).put(id).put(digest).array();
        return List.of(
                new RadiusAttribute(RadiusAttribute.CHAP_PASSWORD, response),
                new RadiusAttribute(RadiusAttribute.CHAP_CHALLENGE, challenge));
    }
}
