package barograph.probe;

import barograph.probe.RadiusCodec.Reading;
import barograph.site.ProbeKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A RADIUS login by MS-CHAP version 2 (RFC 2548 §2.3), in which the server proves that it knows the password too.
///
/// An acceptance without that proof is none: real clients hang up on it.
final class RadiusMschapv2Probe implements Protocol {
    static final ProbeKind KIND = Options.kind("radius-mschapv2", RadiusLine.PORT, List.of(), RadiusLine.OPTIONS);

    private static final int MICROSOFT = 311;
    private static final int CHALLENGE = 11;
    private static final int RESPONSE = 25;
    private static final int SUCCESS = 26;
    private static final int RESPONSE_LENGTH = 50;

    private final RadiusLine line;

    /// @param random hard to foresee: it makes the challenges
    RadiusMschapv2Probe(RandomGenerator random) {
        this.line = new RadiusLine(random);
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        byte id = line.bytes(1)[0];
        byte[] serverChallenge = line.bytes(Mschapv2.CHALLENGE_LENGTH);
        byte[] peerChallenge = line.bytes(Mschapv2.CHALLENGE_LENGTH);
        Mschapv2 mschap =
                new Mschapv2(serverChallenge, peerChallenge, attempt.probe().user(), attempt.password());
        byte[] response = ByteBuffer.allocate(RESPONSE_LENGTH)
                .put(id)
                .put((byte) 0)
                .put(peerChallenge)
                .position(RESPONSE_LENGTH - mschap.ntResponse().length)
                .put(mschap.ntResponse())
                .array();
        Reading.Genuine accepted = line.accepted(
                attempt,
                _ -> List.of(
                        RadiusAttribute.vendor(MICROSOFT, CHALLENGE, serverChallenge),
                        RadiusAttribute.vendor(MICROSOFT, RESPONSE, response)));
        checkServer(attempt, accepted, mschap.serverProof());
        return RadiusLine.answer(attempt, accepted);
    }

    private static void checkServer(Attempt attempt, Reading.Genuine accepted, String proof) throws Halt {
        Optional<byte[]> success = RadiusAttribute.vendorValue(accepted.attributes(), MICROSOFT, SUCCESS);
        if (success.isEmpty()) {
            throw attempt.way()
                    .failed("server_unproven", "accepted, but without MS-CHAP2-Success: clients will not believe it");
        }
        byte[] expected = proof.getBytes(StandardCharsets.US_ASCII);
        byte[] given = success.get();
        byte[] start = given.length < 1 + expected.length
                ? given
                : ByteBuffer.allocate(expected.length)
                        .put(given, 1, expected.length)
                        .array();
        if (!MessageDigest.isEqual(start, expected)) {
            throw attempt.way()
                    .failed(
                            "server_unproven",
                            "accepted, but its MS-CHAP2-Success does not prove that the server knows the password: "
                                    + "clients will not believe it");
        }
    }
}
