package barograph.watch;

import static barograph.watch.Sample.CHANGE;
import static barograph.watch.Sample.CHANGED;
import static barograph.watch.Sample.START;
import static barograph.watch.Sample.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.verdict.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private final Watch watch = new Watch(Sample.plan());
    private static final Instant SOON = CHANGE.plusSeconds(60);

    @Test
    void a_log_that_cannot_be_read_makes_blind() {
        watch.see(CHANGED, "permission denied: /var/log/slapd.log", CHANGE, 0, 0);

        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(SOON).because()).contains("ldap-1").contains("permission denied");
    }

    @Test
    void sight_comes_back_with_the_log() {
        watch.see(CHANGED, "no such file", Instant.MIN, 0, 0);
        watch.see(CHANGED, "", SOON, 5, 0);

        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void a_log_without_a_sign_of_life_makes_blind_after_the_sites_patience() {
        Sample.steady(watch, CHANGED, START, CHANGE.plusSeconds(30), 5, true);
        watch.see(CHANGED, "", CHANGE.plusSeconds(30), 5, 0);
        watch.weigh(CHANGE.plusSeconds(31));
        Instant patience = CHANGE.plusSeconds(30).plus(Sample.rules().quiet());

        assertThat(watch.weigh(patience)).isNotInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(patience.plusSeconds(1))).isInstanceOf(Verdict.Blind.class);
    }

    @Test
    void lines_that_nobody_can_read_make_blind() {
        watch.see(CHANGED, "", SOON, 70, 1);
        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Undecided.class);

        watch.see(CHANGED, "", SOON, 30, 29);

        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(SOON).because()).startsWith("30 of 100 lines of the log of ldap-1");
    }

    @Test
    void the_log_of_an_unchanged_server_does_not_blind() {
        watch.see(UNCHANGED, "no such file", Instant.MIN, 0, 0);

        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void nothing_to_compare_with_makes_blind() {
        Watch alone = new Watch(Sample.planWithoutControl());
        Sample.steady(alone, CHANGED, CHANGE.plusSeconds(10), SOON, 1, true);

        assertThat(alone.weigh(SOON)).isInstanceOf(Verdict.Blind.class);
        assertThat(alone.weigh(SOON).because()).startsWith("There is nothing to compare with");
    }

    @Test
    void nobody_to_watch_makes_blind() {
        Sample.steady(watch, UNCHANGED, START, CHANGE, 60, true);
        Instant patience = CHANGE.plusSeconds(11).plus(Sample.rules().quiet());

        assertThat(watch.weigh(SOON)).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.weigh(patience)).isInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(patience).because()).startsWith("No login that counts has come to ldap-1");
    }

    @Test
    void proven_harm_outranks_blindness() {
        Sample.steady(watch, CHANGED, START, CHANGE, 5, true);
        Sample.steady(watch, UNCHANGED, START, CHANGE.plusSeconds(300), 5, true);
        Sample.steady(watch, CHANGED, CHANGE, CHANGE.plusSeconds(300), 5, false);
        watch.weigh(CHANGE.plusSeconds(299));
        watch.see(CHANGED, "no such file", CHANGE, 0, 0);

        assertThat(watch.weigh(CHANGE.plusSeconds(300))).isInstanceOf(Verdict.Harmful.class);
    }
}
