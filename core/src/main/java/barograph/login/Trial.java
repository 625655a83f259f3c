package barograph.login;

import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One try of a probe against one server, told step by step.
///
/// @param at when it began
/// @param steps the steps that were reached, in order; the last one failed unless the outcome is an acceptance
/// @param outcome what came of it
/// @param expected what the site expects of this probe
/// @param asExpected whether the answer is that, in outcome and in everything else that the probe asks for
/// @param said the server's own words, or the client library's; secrets removed
/// @param reply attributes of the answer by name, such as `Session-Timeout`
public record Trial(
        ProbeId probe,
        ServerId server,
        Instant at,
        List<Stride> steps,
        Outcome outcome,
        Expect expected,
        boolean asExpected,
        String said,
        Map<String, String> reply) {
    public Trial {
        steps = List.copyOf(steps);
        reply = Map.copyOf(reply);
    }

    /// One step and the time that it took.
    public record Stride(Step step, Duration took) {}

    /// An expected rejection that was accepted.
    public boolean doorLeftOpen() {
        return expected == Expect.REJECT && outcome.accepted();
    }
}
