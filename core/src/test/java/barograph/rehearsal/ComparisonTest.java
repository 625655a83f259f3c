package barograph.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ProbeId STAFF = new ProbeId("staff");
    private static final Trial FINE = accepted(20, Map.of("Session-Timeout", "3600"));
    private static final Trial REFUSED = ended(new Outcome.Rejected("bad_password"), Expect.ACCEPT);

    @Test
    void a_login_that_was_let_in_and_no_longer_is_got_worse() {
        List<Difference> found = against(FINE, FINE).differences(List.of(REFUSED));

        assertThat(found).singleElement().satisfies(difference -> {
            assertThat(difference.worse()).isTrue();
            assertThat(difference.dimension()).isEqualTo(Dimension.OUTCOME);
            assertThat(difference.words()).contains("from accepted to bad_password");
        });
    }

    @Test
    void a_door_left_open_got_worse_even_where_two_runs_of_the_old_one_disagree() {
        Trial shut = ended(new Outcome.Rejected("bad_password"), Expect.REJECT);
        Trial silent = ended(new Outcome.Unanswered(Duration.ofSeconds(4)), Expect.REJECT);
        Trial open = ended(new Outcome.Accepted(), Expect.REJECT);

        assertThat(against(shut, silent).differences(List.of(open)))
                .singleElement()
                .matches(Difference::worse);
    }

    @Test
    void what_differs_between_two_runs_of_the_old_one_is_noise() {
        Comparison flapping = against(FINE, REFUSED);

        assertThat(flapping.unsteady()).containsExactly(STAFF);
        assertThat(flapping.illness()).isEmpty();
        assertThat(flapping.differences(List.of(REFUSED))).isEmpty();
    }

    @Test
    void an_attribute_that_is_another_each_time_is_noise_and_one_that_was_steady_is_not() {
        Trial one = accepted(20, Map.of("State", "1", "Session-Timeout", "3600"));
        Trial other = accepted(20, Map.of("State", "2", "Session-Timeout", "3600"));
        Trial now = accepted(20, Map.of("State", "3", "Session-Timeout", "60"));

        assertThat(against(one, other).differences(List.of(now)))
                .extracting(Difference::before, Difference::after, Difference::dimension)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "Session-Timeout 3600", "Session-Timeout 60", Dimension.REPLY));
    }

    @Test
    void another_certificate_is_told_even_where_the_login_fails_because_of_it() {
        Trial was = accepted(20, Map.of("tls:issuer", "CN=Old CA"));
        Trial is = with(
                ended(new Outcome.Failed(Step.TLS, "certificate_not_trusted"), Expect.ACCEPT),
                Map.of("tls:issuer", "CN=New CA"));

        assertThat(against(was, was).differences(List.of(is)))
                .extracting(Difference::dimension)
                .containsExactly(Dimension.OUTCOME, Dimension.CERTIFICATE);
    }

    @Test
    void a_server_that_answers_nothing_any_more_is_not_said_to_have_lost_its_certificate() {
        Trial was = accepted(20, Map.of("tls:issuer", "CN=Old CA"));
        Trial is = ended(new Outcome.Unanswered(Duration.ofSeconds(4)), Expect.ACCEPT);

        assertThat(against(was, was).differences(List.of(is)))
                .extracting(Difference::dimension)
                .containsExactly(Dimension.OUTCOME);
    }

    @Test
    void slower_is_told_beyond_the_noise_alone_and_is_worse_from_a_second_on() {
        Comparison steady = against(accepted(20, Map.of()), accepted(30, Map.of()));
        Comparison shaky = against(accepted(20, Map.of()), accepted(620, Map.of()));

        assertThat(steady.differences(List.of(accepted(120, Map.of())))).isEmpty();
        assertThat(steady.differences(List.of(accepted(400, Map.of()))))
                .singleElement()
                .matches(difference -> difference.dimension() == Dimension.LATENCY && !difference.worse());
        assertThat(steady.differences(List.of(accepted(1600, Map.of()))))
                .singleElement()
                .matches(Difference::worse);
        assertThat(shaky.differences(List.of(accepted(1600, Map.of())))).isEmpty();
    }

    @Test
    void what_shows_after_a_restart_alone_sleeps() {
        Comparison comparison = against(FINE, FINE);
        Trial shorter = accepted(20, Map.of("Session-Timeout", "60"));

        List<Difference> early = comparison.differences(List.of(shorter));

        assertThat(comparison.asleep(early, List.of(shorter))).isEmpty();
        assertThat(comparison.asleep(early, List.of(REFUSED))).singleElement().satisfies(difference -> {
            assertThat(difference.sleeps()).isTrue();
            assertThat(difference.words()).endsWith("which sleeps until the next restart");
        });
    }

    @Test
    void a_server_whose_probe_fails_both_times_is_ill_and_the_account_is_told_from_the_server() {
        Trial locked = ended(new Outcome.Rejected("locked"), Expect.ACCEPT);

        assertThat(against(REFUSED, REFUSED).illness())
                .hasValueSatisfying(
                        words -> assertThat(words).contains("not well before anything was touched", "bad_password"));
        assertThat(against(locked, locked).illness())
                .hasValueSatisfying(words -> assertThat(words).contains("the test account's own trouble"));
    }

    @Test
    void an_outcome_that_the_change_wants_is_not_worse() {
        Expectation shut = new Expectation(STAFF, Map.of(), Optional.of(Expect.REJECT));

        assertThat(new Comparison(List.of(spec()), List.of(shut), List.of(FINE), List.of(FINE))
                        .differences(List.of(REFUSED)))
                .singleElement()
                .matches(difference -> !difference.worse());
    }

    @Test
    void an_expectation_that_the_old_configuration_meets_already_is_a_finding() {
        Expectation hour = new Expectation(STAFF, Map.of("Session-Timeout", "3600"), Optional.empty());
        Trial without = accepted(20, Map.of());

        assertThat(expecting(hour, FINE).findings(List.of(FINE))).containsExactly(new Finding.Already(STAFF));
        assertThat(expecting(hour, without).findings(List.of(FINE))).containsExactly(new Finding.Met(STAFF));
        assertThat(expecting(hour, without).findings(List.of(without)))
                .singleElement()
                .isInstanceOf(Finding.Unmet.class);
    }

    private static Comparison expecting(Expectation expectation, Trial old) {
        return new Comparison(List.of(spec()), List.of(expectation), List.of(old), List.of(old));
    }

    private static Comparison against(Trial old, Trial again) {
        return new Comparison(List.of(spec()), List.of(), List.of(old), List.of(again));
    }

    private static ProbeSpec spec() {
        return new ProbeSpec(
                STAFF,
                "radius-pap",
                "probe",
                new Secret.Plain("x"),
                Optional.of("staff"),
                Expect.ACCEPT,
                Duration.ofSeconds(4),
                Map.of());
    }

    private static Trial accepted(long millis, Map<String, String> reply) {
        return new Trial(
                STAFF,
                new ServerId("backup"),
                Instant.EPOCH,
                List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(millis))),
                new Outcome.Accepted(),
                Expect.ACCEPT,
                true,
                "accepted",
                reply);
    }

    private static Trial ended(Outcome outcome, Expect expected) {
        return new Trial(
                STAFF,
                new ServerId("backup"),
                Instant.EPOCH,
                List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(20))),
                outcome,
                expected,
                expected == Expect.REJECT && outcome instanceof Outcome.Rejected,
                "words",
                Map.of());
    }

    private static Trial with(Trial trial, Map<String, String> reply) {
        return new Trial(
                trial.probe(),
                trial.server(),
                trial.at(),
                trial.steps(),
                trial.outcome(),
                trial.expected(),
                trial.asExpected(),
                trial.said(),
                reply);
    }
}
