package barograph.watch;

import static barograph.watch.Sample.CHANGE;
import static barograph.watch.Sample.CHANGED;
import static barograph.watch.Sample.START;
import static barograph.watch.Sample.UNCHANGED;
import static barograph.watch.Sample.plan;
import static barograph.watch.Sample.trial;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeEvidenceTest {
    private static final Outcome IN = new Outcome.Accepted();
    private static final Outcome OUT = new Outcome.Rejected("bad_password");
    private final Watch watch = new Watch(plan());

    private void passes(ServerId server, int second) {
        watch.add(trial("staff-pap", server, CHANGE.plusSeconds(second), Expect.ACCEPT, IN));
    }

    private void fails(ServerId server, int second) {
        watch.add(trial("staff-pap", server, CHANGE.plusSeconds(second), Expect.ACCEPT, OUT));
    }

    private void wrongPassword(ServerId server, int second, Outcome outcome) {
        watch.add(trial("wrong-pass", server, CHANGE.plusSeconds(second), Expect.REJECT, outcome));
    }

    private Verdict verdict() {
        return watch.weigh(CHANGE.plusSeconds(60));
    }

    @Test
    void a_probe_that_passed_before_and_fails_twice_is_harm_at_once() {
        passes(CHANGED, -60);
        fails(CHANGED, 20);
        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);

        fails(CHANGED, 40);

        assertThat(verdict()).isInstanceOf(Verdict.Harmful.class);
        assertThat(verdict().because())
                .isEqualTo(
                        "On ldap-1, probe staff-pap failed with bad_password, 2 times running, last at 10:00:40 UTC. "
                                + "It passed there before the change.");
    }

    @Test
    void a_probe_that_passes_on_an_unchanged_server_and_fails_twice_is_harm() {
        passes(UNCHANGED, 15);
        fails(CHANGED, 20);
        fails(CHANGED, 40);

        assertThat(verdict()).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_probe_that_also_fails_on_an_unchanged_server_is_not_the_change() {
        passes(CHANGED, -60);
        passes(UNCHANGED, -60);
        fails(UNCHANGED, 30);
        fails(CHANGED, 20);
        fails(CHANGED, 40);

        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void an_account_that_is_locked_is_not_the_change() {
        passes(CHANGED, -60);
        passes(UNCHANGED, 15);
        for (int second = 20; second < 60; second += 10) {
            watch.add(trial(
                    "staff-pap", CHANGED, CHANGE.plusSeconds(second), Expect.ACCEPT, new Outcome.Rejected("locked")));
            watch.add(trial(
                    "wrong-pass",
                    CHANGED,
                    CHANGE.plusSeconds(second),
                    Expect.REJECT,
                    new Outcome.NotTried("the budget is used up")));
        }

        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_probe_that_always_failed_is_not_the_change() {
        fails(CHANGED, -60);
        fails(CHANGED, 20);
        fails(CHANGED, 40);

        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_probe_during_the_restart_does_not_count() {
        passes(CHANGED, -60);
        fails(CHANGED, 2);
        fails(CHANGED, 20);

        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_door_left_open_is_harm_at_once() {
        wrongPassword(CHANGED, -60, OUT);
        wrongPassword(CHANGED, 5, IN);

        Verdict verdict = watch.weigh(CHANGE.plusSeconds(6));

        assertThat(verdict).isInstanceOf(Verdict.Harmful.class);
        assertThat(verdict.because())
                .isEqualTo(
                        "On ldap-1, probe wrong-pass got in at 10:00:05 UTC, though it must be refused: a door is left "
                                + "open. It was refused there before the change.");
    }

    @Test
    void a_door_that_is_open_everywhere_is_not_the_change() {
        wrongPassword(CHANGED, 20, IN);
        wrongPassword(UNCHANGED, 20, IN);

        assertThat(verdict()).isNotInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void open_doors_come_before_failing_logins() {
        passes(CHANGED, -60);
        wrongPassword(CHANGED, -60, OUT);
        fails(CHANGED, 20);
        fails(CHANGED, 40);
        wrongPassword(CHANGED, 41, IN);

        Verdict.Harmful harm = (Verdict.Harmful) verdict();

        assertThat(harm.signals().stream().map(signal -> signal.stream()))
                .containsExactly("door:wrong-pass", "probe:staff-pap");
    }

    @Test
    void silence_of_a_log_that_did_not_show_a_probe_is_blindness_not_harm() {
        Instant quiet = CHANGE.plusSeconds(300);
        Sample.steady(watch, CHANGED, START, CHANGE, 5, true);
        Sample.steady(watch, UNCHANGED, START, quiet, 5, true);
        watch.see(CHANGED, "", CHANGE.minusSeconds(5), 720, 0);
        watch.weigh(CHANGE);
        passes(CHANGED, -60);
        passes(CHANGED, 60);

        assertThat(watch.weigh(quiet)).isInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(quiet).because())
                .isEqualTo("The log of ldap-1 has shown nothing since 09:59:55 UTC, though probes get in there. Check "
                        + "where the server writes logins, and at which log level.");
    }

    @Test
    void silence_of_a_log_that_shows_probes_is_harm() {
        Instant quiet = CHANGE.plusSeconds(300);
        Sample.steady(watch, CHANGED, START, CHANGE, 5, true);
        Sample.steady(watch, UNCHANGED, START, quiet, 5, true);
        passes(CHANGED, 60);
        watch.see(CHANGED, "", CHANGE.plusSeconds(60), 1, 0);
        watch.weigh(CHANGE.plusSeconds(61));

        assertThat(watch.weigh(quiet)).isInstanceOf(Verdict.Harmful.class);
        assertThat(watch.weigh(quiet).because())
                .startsWith("On ldap-1, none of about 56 expected people and devices came since 10:00:10 UTC; the "
                        + "unchanged servers were not so quiet.");
    }
}
