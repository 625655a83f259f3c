package barograph.watch;

import static barograph.watch.Sample.CHANGE;
import static barograph.watch.Sample.CHANGED;
import static barograph.watch.Sample.START;
import static barograph.watch.Sample.UNCHANGED;
import static barograph.watch.Sample.login;
import static barograph.watch.Sample.plan;
import static barograph.watch.Sample.steady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Instant LATER = CHANGE.plusSeconds(600);

    private static Watch learned() {
        Watch watch = new Watch(plan());
        steady(watch, CHANGED, START, CHANGE, 5, true);
        steady(watch, UNCHANGED, START, CHANGE, 5, true);
        return watch;
    }

    @Test
    void says_what_failed_where_since_when_and_what_is_usual() {
        Watch watch = learned();
        steady(watch, UNCHANGED, CHANGE, LATER, 5, true);
        steady(watch, CHANGED, CHANGE, LATER, 5, false);

        Verdict verdict = watch.weigh(LATER);

        assertThat(verdict).isInstanceOf(Verdict.Harmful.class);
        assertThat(verdict.because())
                .startsWith(
                        "On ldap-1, 117 of 117 logins failed since 10:00:10 UTC; on the unchanged servers it is 1 in 2,9")
                .contains(". Of harmless changes, fewer than 1 in a billion would ever look like this.");
    }

    @Test
    void what_fails_everywhere_is_not_the_change() {
        Watch watch = learned();
        steady(watch, UNCHANGED, CHANGE, LATER, 5, false);
        steady(watch, CHANGED, CHANGE, LATER, 5, false);

        assertThat(watch.weigh(LATER)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void logins_of_the_restart_itself_are_not_judged() {
        Watch watch = learned();
        steady(watch, CHANGED, CHANGE, CHANGE.plusSeconds(10), 1, false);
        steady(watch, CHANGED, CHANGE.plusSeconds(11), LATER, 5, true);
        steady(watch, UNCHANGED, CHANGE, LATER, 5, true);

        assertThat(watch.weigh(CHANGE.plusSeconds(9))).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.weigh(LATER)).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.counts().failedLogins()).isZero();
    }

    @Test
    void what_unchanged_servers_show_during_the_restart_tells_what_fails_everywhere() {
        Watch watch = learned();
        steady(watch, UNCHANGED, CHANGE, CHANGE.plusSeconds(10), 1, false);
        steady(watch, CHANGED, CHANGE.plusSeconds(11), CHANGE.plusSeconds(20), 1, false);

        assertThat(watch.weigh(CHANGE.plusSeconds(9))).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.weigh(CHANGE.plusSeconds(20))).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.counts().failedLogins()).isEqualTo(9);
    }

    @Test
    void without_logins_on_the_unchanged_servers_failures_prove_nothing() {
        Watch watch = learned();
        Instant drained = CHANGE.plusSeconds(60);
        steady(watch, UNCHANGED, CHANGE, drained, 5, true);
        steady(watch, CHANGED, CHANGE, drained.plusSeconds(120), 5, true);
        steady(watch, CHANGED, drained.plusSeconds(120), LATER, 5, false);

        assertThat(watch.weigh(LATER)).isInstanceOf(Verdict.Blind.class);
        assertThat(watch.weigh(LATER).because())
                .startsWith("Since 10:01:00 UTC hardly any login has come to ldap-2, where nothing was changed. What"
                        + " fails on ldap-1 now may fail everywhere");

        steady(watch, UNCHANGED, LATER, LATER.plusSeconds(600), 5, true);
        steady(watch, CHANGED, LATER, LATER.plusSeconds(600), 5, false);
        assertThat(watch.weigh(LATER.plusSeconds(600))).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void logins_that_work_prove_health_without_any_on_the_unchanged_servers() {
        Watch watch = learned();
        Instant baked = CHANGE.plus(plan().rules().bake());
        steady(watch, CHANGED, CHANGE, baked, 5, true);

        assertThat(watch.weigh(baked)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void nothing_is_healthy_before_it_has_baked() {
        Watch watch = learned();
        Instant baked = CHANGE.plus(plan().rules().bake());
        steady(watch, UNCHANGED, CHANGE, baked, 5, true);
        steady(watch, CHANGED, CHANGE, baked, 5, true);

        assertThat(watch.weigh(baked.minusSeconds(1))).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.weigh(baked)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void harm_that_was_proven_stays_proven() {
        Watch watch = learned();
        steady(watch, CHANGED, CHANGE, LATER, 5, false);
        steady(watch, UNCHANGED, CHANGE, LATER, 5, true);
        watch.weigh(LATER);

        steady(watch, CHANGED, LATER, LATER.plusSeconds(7200), 5, true);
        steady(watch, UNCHANGED, LATER, LATER.plusSeconds(7200), 5, true);

        assertThat(watch.weigh(LATER.plusSeconds(7200))).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void the_order_in_which_servers_are_read_does_not_matter() {
        Watch oneByOne = learned();
        steady(oneByOne, CHANGED, CHANGE, LATER, 5, true);
        steady(oneByOne, UNCHANGED, CHANGE, LATER, 5, true);
        Watch other = new Watch(plan());
        steady(other, UNCHANGED, START, CHANGE, 5, true);
        steady(other, UNCHANGED, CHANGE, LATER, 5, true);
        steady(other, CHANGED, START, CHANGE, 5, true);
        steady(other, CHANGED, CHANGE, LATER, 5, true);

        assertThat(other.weigh(LATER)).isEqualTo(oneByOne.weigh(LATER));
        assertThat(other.counts()).isEqualTo(oneByOne.counts());
    }

    @Test
    void how_often_it_is_asked_does_not_matter_much() {
        Watch often = learned();
        Watch once = learned();
        for (Watch watch : new Watch[] {often, once}) {
            steady(watch, CHANGED, CHANGE, LATER, 5, true);
            steady(watch, UNCHANGED, CHANGE, LATER, 5, true);
        }
        for (Instant now = CHANGE; now.isBefore(LATER); now = now.plusSeconds(1)) {
            often.weigh(now);
        }

        assertThat(often.weigh(LATER)).isEqualTo(once.weigh(LATER));
    }

    @Test
    void probes_that_show_in_the_log_are_no_people() {
        Watch watch = learned();
        for (int i = 0; i < 100; i++) {
            Login person = login(CHANGE.plusSeconds(20 + i), CHANGED, 1 + i % 5, false);
            watch.add(new Login(
                    person.at(),
                    person.server(),
                    person.user(),
                    person.source(),
                    person.dimensions(),
                    person.outcome(),
                    person.latency(),
                    Origin.PROBE));
        }
        watch.weigh(CHANGE.plusSeconds(30));

        assertThat(watch.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void counts_people_once_however_often_they_fail() {
        Watch watch = learned();
        watch.add(login(START, CHANGED, 5, true));
        for (int i = 0; i < 20; i++) {
            watch.add(login(CHANGE.plusSeconds(20 + i), CHANGED, 5, false));
            watch.add(login(CHANGE.plusSeconds(20 + i), CHANGED, 1_000_000 + i, false));
        }

        watch.weigh(CHANGE.plusSeconds(60));

        assertThat(watch.counts()).isEqualTo(new Counts(1, 40, 40, 1));
    }

    @Test
    void a_server_of_the_stage_is_judged_from_its_own_change_on() {
        ServerId second = new ServerId("ldap-3");
        Map<ServerId, Instant> changed = Map.of(CHANGED, CHANGE, second, CHANGE.plusSeconds(300));
        Watch watch = new Watch(new WatchPlan(changed, Set.of(UNCHANGED), changed.keySet(), START, Sample.rules()));
        for (ServerId server : new ServerId[] {CHANGED, second, UNCHANGED}) {
            steady(watch, server, START, CHANGE, 5, true);
            steady(watch, server, CHANGE, LATER, 5, true);
        }
        steady(watch, second, CHANGE.plusSeconds(1), CHANGE.plusSeconds(299), 5, false);

        watch.weigh(LATER);

        assertThat(watch.counts().failedLogins()).isZero();
        assertThat(watch.weigh(LATER)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void logs_that_are_still_being_read_are_waited_for() {
        Watch watch = new Watch(plan());
        watch.see(CHANGED, "", Instant.MIN, 0, 0);
        assertThat(watch.weigh(LATER).because())
                .isEqualTo("The logs from before the change are still being read. They tell what is usual.");

        steady(watch, CHANGED, START, CHANGE, 5, true);
        steady(watch, UNCHANGED, START, LATER, 5, true);
        watch.see(CHANGED, "", LATER, 720, 0);
        assertThat(watch.weigh(LATER.plusSeconds(1)).because()).startsWith("The logs from before");

        steady(watch, CHANGED, CHANGE, LATER, 5, true);
        assertThat(watch.weigh(LATER.plusSeconds(2)).because()).startsWith("The logs from before");

        assertThat(watch.weigh(LATER.plusSeconds(3)).because()).startsWith("On ldap-1, 0 of 117 logins failed");
    }

    @Test
    void logins_that_are_read_late_are_no_silence() {
        Watch watch = learned();
        Instant end = CHANGE.plusSeconds(3600);
        steady(watch, CHANGED, CHANGE, CHANGE.plusSeconds(60), 5, true);
        for (Instant now = CHANGE.plusSeconds(60); now.isBefore(end); now = now.plusSeconds(5)) {
            steady(watch, UNCHANGED, now.minusSeconds(5), now, 5, true);
            boolean burst = now.getEpochSecond() % 40 == 0;
            if (burst) {
                steady(watch, CHANGED, now.minusSeconds(40), now, 5, true);
            }
            assertThat(watch.weigh(now)).as("at %s", now).isNotInstanceOf(Verdict.Harmful.class);
        }
    }

    @Test
    void a_log_whose_reading_hangs_is_no_silence() {
        Watch watch = learned();
        Instant hangs = CHANGE.plusSeconds(60);
        steady(watch, CHANGED, CHANGE, hangs, 5, true);
        for (Instant now = CHANGE; now.isBefore(LATER); now = now.plusSeconds(5)) {
            steady(watch, UNCHANGED, now.minusSeconds(5), now, 5, true);
            watch.readTo(CHANGED, now.isBefore(hangs) ? now : hangs);
            assertThat(watch.weigh(now)).as("at %s", now).isNotInstanceOf(Verdict.Harmful.class);
        }
    }

    @Test
    void a_clock_that_is_ahead_takes_nobody_along() {
        Watch watch = learned();
        steady(watch, CHANGED, CHANGE, LATER, 5, true);
        steady(watch, UNCHANGED, CHANGE, LATER, 5, true);
        watch.add(login(Instant.parse("2099-01-01T00:00:00Z"), UNCHANGED, 5, true));

        assertThat(watch.weigh(LATER)).isInstanceOf(Verdict.Undecided.class);
        assertThat(watch.drum().bucket()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void tells_beforehand_how_soon_it_would_see_harm() {
        Watch watch = learned();

        Foresight all = watch.foresight().getFirst();

        assertThat(all.segment()).isEqualTo("everybody");
        assertThat(all.unitsPerHour()).isBetween(600.0, 800.0);
        assertThat(all.broken()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
        assertThat(all.partly()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(20));
    }

    @Test
    void draws_at_most_four_hundred_buckets_and_loses_no_login() {
        Watch watch = learned();
        steady(watch, CHANGED, CHANGE, CHANGE.plusSeconds(20_000), 5, true);
        watch.weigh(CHANGE.plusSeconds(20_000));

        Drum drum = watch.drum();

        Drum.Track track = drum.tracks().getFirst();
        assertThat(drum.needle()).hasSizeLessThanOrEqualTo(Drum.MOST_BUCKETS);
        assertThat(track.accepted()).hasSameSizeAs(drum.needle());
        assertThat(track.server()).isEqualTo(CHANGED);
        assertThat(track.accepted().stream().mapToInt(count -> count).sum()).isEqualTo(360 + 4000);
        assertThat(drum.needle()).allMatch(share -> share >= 0 && share < 1);
    }

    @Test
    void a_plan_without_a_changed_server_is_no_plan() {
        Map<ServerId, Instant> changed = Map.of(CHANGED, CHANGE);

        assertThatThrownBy(() -> new WatchPlan(changed, Set.of(), Set.of(UNCHANGED), START, Sample.rules()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WatchPlan(changed, Set.of(CHANGED), Set.of(CHANGED), START, Sample.rules()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WatchPlan(changed, Set.of(), Set.of(CHANGED), LATER, Sample.rules()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strangers_with_names_of_their_choice_are_no_evidence_and_make_no_segments() {
        Watch watch = learned();
        steady(watch, UNCHANGED, CHANGE, LATER, 5, true);
        steady(watch, CHANGED, CHANGE, LATER, 5, true);
        for (int i = 0; i < 20_000; i++) {
            Instant at = CHANGE.plusSeconds(20).plusMillis(25L * i);
            Dimensions chosen = new Dimensions("realm" + i, "ldap-bind", "", "");
            watch.add(new Login(
                    at,
                    CHANGED,
                    new Pseudonym(1_000_000_000L + i),
                    new Pseudonym(i),
                    chosen,
                    new Outcome.Rejected("unknown_user"),
                    Duration.ofMillis(5),
                    Origin.PERSON));
        }

        assertThat(watch.weigh(LATER)).isNotInstanceOf(Verdict.Harmful.class);
        assertThat(watch.counts().failedLogins()).isEqualTo(20_000);
        assertThat(watch.counts().peopleHit()).isZero();
        assertThat(watch.foresight()).hasSize(2);
    }

    @Test
    void lines_that_are_doubled_or_late_count_once() {
        Watch once = learned();
        Watch twice = learned();
        for (int second = 0; second < 590; second += 5) {
            for (Watch watch : List.of(once, twice)) {
                watch.add(login(START.minusSeconds(60), CHANGED, 50_000 + second, true));
                watch.add(login(START.minusSeconds(60), UNCHANGED, 70_000 + second, true));
            }
            Login one = login(CHANGE.plusSeconds(second), CHANGED, 50_000 + second, true);
            Login other = login(CHANGE.plusSeconds(second), UNCHANGED, 70_000 + second, true);
            once.add(one);
            once.add(other);
            twice.add(other);
            twice.add(one);
            twice.add(one);
            twice.add(other);
        }

        once.weigh(LATER);
        twice.weigh(LATER);

        assertThat(twice.counts().units()).isEqualTo(once.counts().units());
        assertThat(twice.weigh(LATER)).hasSameClassAs(once.weigh(LATER));
    }
}
