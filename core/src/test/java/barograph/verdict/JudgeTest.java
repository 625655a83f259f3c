package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.ServerId;
import barograph.verdict.Evidence.Counted;
import barograph.verdict.Evidence.Health;
import barograph.verdict.Evidence.Scene;
import barograph.verdict.Evidence.Suspicion;
import barograph.verdict.FailureScale.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T10:42:07Z");
    private static final Instant BAKED = SINCE.plusSeconds(1800);
    private static final ServerId SERVER = new ServerId("ldap-1");
    private static final Signal STAFF = new Signal("fail:group:ou=staff", "ou=staff", 3e7, 2_000, 11, 9, 1.0 / 240);

    private static Scene scene(boolean controlled) {
        return new Scene(Set.of(SERVER), Set.of(SERVER), controlled, SINCE, BAKED, Duration.ofMinutes(10), 0.01);
    }

    private static Evidence evidence(
            Instant now,
            List<Charge> charges,
            Optional<Suspicion> suspicion,
            Optional<String> blindness,
            Health health) {
        Counted counted = new Counted(new Tally(210, 2), new Tally(1_200, 5), 1.0 / 240);
        return new Evidence(now, scene(true), charges, suspicion, blindness, counted, health);
    }

    private static Health proven() {
        return new Health(true, 0.05, 0, List.of());
    }

    private static String harm(Signal signal, Scene scene) {
        return Sentences.harm(signal, scene, signal.eValue() / signal.threshold());
    }

    private static Charge charge() {
        return new Charge(STAFF, harm(STAFF, scene(true)));
    }

    @Test
    void harm_tells_who_how_many_since_when_and_what_is_usual() {
        Verdict verdict = Judge.weigh(evidence(BAKED, List.of(charge()), Optional.empty(), Optional.empty(), proven()));

        assertThat(verdict.because())
                .isEqualTo(
                        "On ldap-1, 9 of 11 logins of ou=staff failed since 10:42:07 UTC; on the unchanged servers it "
                                + "is 1 in 240. Of harmless changes, fewer than 1 in "
                                + "1,000,000 would ever look like this.");
    }

    @Test
    void harm_outranks_blindness_and_blindness_outranks_health() {
        Optional<String> blind = Optional.of("The log is gone.");

        assertThat(Judge.weigh(evidence(BAKED, List.of(charge()), Optional.empty(), blind, proven())))
                .isInstanceOf(Verdict.Harmful.class);
        assertThat(Judge.weigh(evidence(BAKED, List.of(), Optional.empty(), blind, proven())))
                .isEqualTo(new Verdict.Blind("The log is gone."));
    }

    @Test
    void health_tells_what_was_counted_and_what_is_ruled_out() {
        Verdict verdict = Judge.weigh(evidence(BAKED, List.of(), Optional.empty(), Optional.empty(), proven()));

        assertThat(verdict)
                .isEqualTo(new Verdict.Healthy(
                        210,
                        "On ldap-1, 2 of 210 logins failed (1.0%) since 10:42:07 UTC; on the unchanged servers, 5 of "
                                + "1,200 (0.4%). A rise of 5 percentage points or more in failing logins would have shown: it is ruled out with 95% "
                                + "confidence."));
    }

    @Test
    void health_names_those_of_whom_nobody_came() {
        Health some = new Health(true, 0.05, 0, List.of("ou=guests", "ou=robots"));

        Verdict verdict = Judge.weigh(evidence(BAKED, List.of(), Optional.empty(), Optional.empty(), some));

        assertThat(verdict.because()).endsWith("confidence. Not seen at all: nobody came of ou=guests and ou=robots.");
    }

    @Test
    void nothing_is_healthy_too_soon_or_under_suspicion_or_unproven() {
        Optional<Suspicion> half = Optional.of(new Suspicion(STAFF, 0.62));
        Health unproven = new Health(false, 0.05, 40, List.of());

        assertThat(Judge.weigh(
                        evidence(BAKED.minusSeconds(1), List.of(), Optional.empty(), Optional.empty(), proven())))
                .isInstanceOf(Verdict.Undecided.class);
        assertThat(Judge.weigh(evidence(BAKED, List.of(), half, Optional.empty(), proven())))
                .isInstanceOf(Verdict.Undecided.class);
        assertThat(Judge.weigh(evidence(BAKED, List.of(), Optional.empty(), Optional.empty(), unproven)))
                .isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void undecided_tells_what_is_missing() {
        Health unproven = new Health(false, 0.02, 1_240, List.of());

        Verdict verdict = Judge.weigh(evidence(BAKED, List.of(), Optional.empty(), Optional.empty(), unproven));

        assertThat(verdict.because())
                .endsWith(
                        "No sign of harm so far; about 1,240 more logins that fail no oftener than usual would rule out a "
                                + "rise of 2 percentage points.");
    }

    @Test
    void suspicion_tells_what_is_suspected() {
        Optional<Suspicion> half = Optional.of(new Suspicion(STAFF, 0.62));

        Verdict verdict = Judge.weigh(evidence(BAKED, List.of(), half, Optional.empty(), proven()));

        assertThat(verdict.because())
                .isEqualTo(
                        "On ldap-1, 9 of 11 logins of ou=staff failed since 10:42:07 UTC; on the unchanged servers it "
                                + "is 1 in 240. That looks bad and is not proven yet: the evidence has come 62% of the way. Look at it "
                                + "now.");
    }

    @Test
    void where_nothing_is_left_unchanged_the_past_is_what_is_usual() {
        assertThat(harm(STAFF, scene(false))).contains("; before the change it was 1 in 240.");
    }

    @Test
    void silence_slowness_reasons_and_pools_have_sentences_of_their_own() {
        Signal silence = new Signal("silence:all", "everybody", 1e5, 700, 24, 24, 0);
        Signal slow = new Signal("slow:all", "everybody", 1e5, 1_000, 52, 36, 0.05);
        Signal reason = new Signal("fail:reason:policy_denied", "everybody", 1e5, 9_000, 240, 12, 0.0001);
        Signal method = new Signal("fail:method:pap", "pap", 1e5, 9_000, 20, 12, 0.03);
        Signal most = new Signal("fail:all", "ou=staff", 1e5, 300, 20, 12, 0.03);

        assertThat(harm(silence, scene(true)))
                .startsWith("On ldap-1, none of about 24 expected people and devices came since 10:42:07 UTC; the "
                        + "unchanged servers were not so quiet.");
        assertThat(harm(slow, scene(true)))
                .startsWith(
                        "On ldap-1, 36 of 52 logins took longer than 19 of 20 did before, since 10:42:07 UTC; on the "
                                + "unchanged servers it is 1 in 20.");
        assertThat(harm(reason, scene(true)))
                .startsWith(
                        "On ldap-1, 12 of 240 logins failed with policy_denied since 10:42:07 UTC; on the unchanged "
                                + "servers it is 1 in 10,000.");
        assertThat(harm(method, scene(true))).startsWith("On ldap-1, 12 of 20 logins by pap failed since");
        assertThat(harm(most, scene(true)))
                .startsWith("On ldap-1, 12 of 20 logins failed since 10:42:07 UTC, most of them of ou=staff; on");
    }
}
