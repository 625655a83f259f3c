package barograph.login;

import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /// What is the matter with an account that is refused for these reasons, by every server that knows of it.
    private static final Map<String, String> ACCOUNT = Map.of(
            "locked", "is locked",
            "disabled", "is disabled",
            "expired_account", "has expired",
            "expired_password", "has a password that has expired");

    public Trial {
        steps = List.copyOf(steps);
        reply = Map.copyOf(reply);
    }

    /// One step and the time that it took.
    public record Stride(Step step, Duration took) {}

    /// Why this tells nothing of the server, and so can be no change's fault: its account is locked or has expired, or
    /// it was not tried. Empty where it tells something.
    public Optional<String> silence() {
        return switch (outcome) {
            case Outcome.NotTried(String why) -> Optional.of("it was not tried: " + why);
            case Outcome.Rejected(String reason)
            when expected == Expect.ACCEPT ->
                Optional.ofNullable(ACCOUNT.get(reason)).map(matter -> "its account " + matter);
            case Outcome.Accepted _, Outcome.Rejected _, Outcome.Failed _, Outcome.Unanswered _ -> Optional.empty();
        };
    }

    /// Whether it tells something of the server.
    public boolean tells() {
        return silence().isEmpty();
    }

    /// An expected rejection that was accepted.
    public boolean doorLeftOpen() {
        return expected == Expect.REJECT && outcome.accepted();
    }
}
