package barograph.login;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.rehearsal.Comparison;
import barograph.rehearsal.Difference;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialTest {
    private static final ProbeId STAFF = new ProbeId("staff");

    private static Trial trial(Expect expected, Outcome outcome) {
        boolean asExpected = (expected == Expect.ACCEPT) == outcome.accepted();
        return new Trial(
                STAFF, new ServerId("one"), Instant.EPOCH, List.of(), outcome, expected, asExpected, "", Map.of());
    }

    private static final Trial IN = trial(Expect.ACCEPT, new Outcome.Accepted());

    @ParameterizedTest
    @ValueSource(strings = {"locked", "disabled", "expired_account", "expired_password"})
    void an_account_that_no_server_lets_in_tells_nothing_of_this_one(String reason) {
        Trial refused = trial(Expect.ACCEPT, new Outcome.Rejected(reason));

        assertThat(refused.tells()).isFalse();
        assertThat(refused.silence()).hasValueSatisfying(why -> assertThat(why).startsWith("its account "));
        assertThat(trial(Expect.ACCEPT, new Outcome.Rejected("bad_password")).tells())
                .isTrue();
    }

    @Test
    void an_account_that_must_be_refused_tells_that_it_is() {
        assertThat(trial(Expect.REJECT, new Outcome.Rejected("disabled")).tells())
                .isTrue();
    }

    @Test
    void what_was_not_tried_tells_nothing() {
        assertThat(trial(Expect.REJECT, new Outcome.NotTried("no budget")).silence())
                .hasValue("it was not tried: no budget");
    }

    @Test
    void an_expectation_is_not_unmet_by_a_locked_account() {
        Expectation expectation = new Expectation(STAFF, Map.of("Session-Timeout", "3600"), Optional.empty());

        assertThat(Finding.of(expectation, trial(Expect.ACCEPT, new Outcome.Rejected("locked"))))
                .isEqualTo(new Finding.Unseen(STAFF, "probe staff tells nothing: its account is locked"));
        assertThat(Finding.of(expectation, IN)).isInstanceOf(Finding.Unmet.class);
    }

    @Test
    void an_account_that_gets_locked_during_a_rehearsal_is_told_and_is_not_worse() {
        ProbeSpec probe = new ProbeSpec(
                STAFF,
                "ldap-bind",
                "alice",
                Secret.of("x"),
                Optional.empty(),
                Expect.ACCEPT,
                Duration.ofSeconds(1),
                Map.of());
        Trial locked = trial(Expect.ACCEPT, new Outcome.Rejected("locked"));

        assertThat(new Comparison(List.of(probe), List.of(), List.of(IN), List.of(IN)).differences(List.of(locked)))
                .containsExactly(new Difference(
                        STAFF, Optional.empty(), false, "accepted", "nothing told: its account is locked"));
        assertThat(new Comparison(List.of(probe), List.of(), List.of(locked), List.of(locked))
                        .differences(List.of(locked)))
                .isEmpty();
    }
}
