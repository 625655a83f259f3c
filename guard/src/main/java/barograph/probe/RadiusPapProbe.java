package barograph.probe;

import barograph.site.ProbeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// A RADIUS login with a password (PAP, RFC 2865 §5.2).
final class RadiusPapProbe implements Protocol {
    static final ProbeKind KIND = Options.kind("radius-pap", RadiusLine.PORT, List.of(), RadiusLine.OPTIONS);

    private final RadiusLine line;

    /// @param random hard to foresee: it makes the request authenticators
    RadiusPapProbe(RandomGenerator random) {
        this.line = new RadiusLine(random);
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        return RadiusLine.answer(attempt, line.accepted(attempt, codec -> proof(attempt, codec)));
    }

    private static List<RadiusAttribute> proof(Attempt attempt, RadiusCodec codec) throws Halt {
        byte[] password = attempt.password().getBytes(StandardCharsets.UTF_8);
        if (password.length > RadiusCodec.LONGEST_PASSWORD) {
            throw attempt.misconfigured("RADIUS carries passwords of up to 128 bytes, and this one is longer");
        }
        return List.of(codec.hidden(password));
    }
}
