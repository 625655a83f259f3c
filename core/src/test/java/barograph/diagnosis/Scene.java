package barograph.diagnosis;

import barograph.diagnosis.Observation.Phase;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.login.Trial.Stride;
import barograph.site.Clues.Meaning;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Three RADIUS servers (changed, unchanged, backup), and what is observed of them.
final class Scene {
    static final ServerId CHANGED = new ServerId("radius-1");
    static final ServerId UNCHANGED = new ServerId("radius-2");
    static final ServerId BACKUP = new ServerId("radius-backup");
    static final Target.Door DOOR = new Target.Door(CHANGED, "10.0.0.11", 1812);
    static final Target.Backend DIRECTORY = new Target.Backend(CHANGED, "ldap", "dir.acme.example", 389);
    static final Vantage CONTROLLER = new Vantage.Controller();

    static final Outcome ACCEPTED = new Outcome.Accepted();
    static final Outcome SILENCE = new Outcome.Unanswered(Duration.ofSeconds(5));
    static final Outcome BARE = new Outcome.Rejected("rejected");

    private final List<Observation> observations = new ArrayList<>();
    private List<ChangedFile> files = List.of(new ChangedFile("radiusd.conf", List.of("reject_delay = 2")));
    private Facts.Onset onset = Facts.Onset.UNTOLD;
    private Facts.Rehearsed rehearsed = Facts.Rehearsed.NOT;

    Scene touching(String path, String... lines) {
        files = List.of(new ChangedFile(path, Arrays.asList(lines)));
        return this;
    }

    Scene rehearsed(Facts.Rehearsed how) {
        rehearsed = how;
        return this;
    }

    Scene onset(Facts.Onset when) {
        onset = when;
        return this;
    }

    Scene probe(ServerId server, Outcome outcome) {
        return probe("staff", "radius-pap", server, Phase.MEANWHILE, outcome);
    }

    Scene probe(String probe, String via, ServerId server, Phase phase, Outcome outcome) {
        Step last = outcome instanceof Outcome.Failed(Step step, String _) ? step : Step.AUTHENTICATE;
        return probe(probe, via, server, phase, new End(outcome, last, outcome.accepted(), ""));
    }

    /// How a try ended.
    record End(Outcome outcome, Step last, boolean asExpected, String said) {}

    Scene probe(String probe, String via, ServerId server, Phase phase, End end) {
        List<Stride> strides = Arrays.stream(Step.values())
                .filter(step -> step.compareTo(end.last()) <= 0)
                .map(step -> new Stride(step, Duration.ofMillis(2)))
                .toList();
        Trial trial = new Trial(
                new ProbeId(probe),
                server,
                Instant.parse("2026-11-30T10:00:00Z"),
                strides,
                end.outcome(),
                Expect.ACCEPT,
                end.asExpected(),
                end.said(),
                Map.of());
        observations.add(new Observation.Tried(phase, trial, via));
        return this;
    }

    Scene well(Vantage from, Target target, Step step) {
        observations.add(new Observation.Looked(from, target, step, new Finding.Well("well")));
        return this;
    }

    Scene bad(Vantage from, Target target, Step step, Trouble trouble) {
        observations.add(new Observation.Looked(
                from, target, step, new Finding.Bad(trouble, trouble.name().toLowerCase(java.util.Locale.ROOT))));
        return this;
    }

    Scene shows(Vantage from, Target target, String fingerprint) {
        observations.add(new Observation.Looked(
                from,
                target,
                Step.TLS,
                new Finding.Showed(fingerprint, "CN=somebody", Instant.parse("2027-01-01T00:00:00Z"), "TLSv1.3")));
        return this;
    }

    Scene log(Meaning meaning) {
        return sees(new Observation.Told(CHANGED, meaning, 3, meaning.name()));
    }

    Scene sees(Observation observation) {
        observations.add(observation);
        return this;
    }

    static Vantage on(ServerId server) {
        return new Vantage.HostOf(server);
    }

    Diagnosis diagnosis() {
        return Diagnosis.of(
                observations,
                new Facts(
                        CHANGED,
                        Set.of(CHANGED),
                        Optional.of(new Facts.Changed("session-timeout", files, onset, rehearsed))));
    }

    Diagnosis withoutAnyChange() {
        return Diagnosis.of(observations, Facts.unchanged(CHANGED));
    }
}
