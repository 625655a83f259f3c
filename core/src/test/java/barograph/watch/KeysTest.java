package barograph.watch;

import static barograph.watch.Sample.CHANGED;
import static barograph.watch.Sample.START;
import static barograph.watch.Sample.UNCHANGED;
import static barograph.watch.Sample.login;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeysTest {
    private final Keys keys = new Keys(START, Duration.ofMinutes(10));
    private Instant since = START.minusSeconds(1);

    private Keys.Grain at(long second, boolean accepted) {
        return add(login(START.plusSeconds(second), CHANGED, 7, accepted));
    }

    private Keys.Grain add(Login login) {
        return keys.add(login, login.server().equals(CHANGED), since);
    }

    @Test
    void twenty_retries_are_one_failure() {
        at(0, true);
        int units = 0;

        for (int i = 0; i < 20; i++) {
            units += at(1000 + 5L * i, false).unit() ? 1 : 0;
        }

        assertThat(units).isEqualTo(1);
    }

    @Test
    void a_device_with_a_stale_password_is_no_evidence() {
        for (int i = 0; i < 1000; i++) {
            assertThat(at(30L * i, false).unit()).isFalse();
        }
    }

    @Test
    void a_newcomer_counts_from_the_first_success_on() {
        assertThat(at(0, false).unit()).isFalse();
        assertThat(at(10, true).unit()).isFalse();
        assertThat(at(20, false).unit()).isTrue();
    }

    @Test
    void one_person_counts_once_in_a_unit_of_time() {
        at(0, true);

        assertThat(at(10, true).unit()).isTrue();
        assertThat(at(609, true).unit()).isFalse();
        assertThat(at(610, true).unit()).isTrue();
    }

    @Test
    void only_the_first_try_after_a_failed_unit_is_its_retry() {
        at(0, true);

        assertThat(at(700, false).retry()).isFalse();
        assertThat(at(705, false).retry()).isTrue();
        assertThat(at(710, true).retry()).isFalse();
    }

    @Test
    void what_does_not_count_has_no_retry() {
        at(0, false);

        assertThat(at(5, false).retry()).isFalse();

        at(10, true);
        at(20, true);
        assertThat(at(30, false).unit()).isFalse();
        assertThat(at(35, false).retry()).isFalse();
    }

    @Test
    void a_try_on_the_other_side_or_much_later_is_no_retry() {
        at(0, true);
        at(700, false);
        assertThat(add(login(START.plusSeconds(705), UNCHANGED, 7, true)).retry())
                .isFalse();

        at(1400, false);
        assertThat(at(2000, true).retry()).isFalse();
    }

    @Test
    void a_try_after_the_change_is_no_retry_of_one_before_it() {
        at(0, true);
        since = START.plusSeconds(703);

        assertThat(at(700, false).unit()).isTrue();
        assertThat(at(705, false).retry()).isFalse();
    }

    @Test
    void people_who_fail_still_arrive() {
        at(0, true);

        assertThat(at(600, false).arrival()).isTrue();
        assertThat(at(900, false).arrival()).isFalse();
        assertThat(at(1200, false).arrival()).isTrue();
    }

    @Test
    void strangers_do_not_arrive() {
        assertThat(at(0, false).arrival()).isFalse();
        assertThat(at(700, false).arrival()).isFalse();
    }

    @Test
    void what_happened_on_one_server_is_known_on_all() {
        add(login(START, UNCHANGED, 7, true));

        assertThat(at(10, false).unit()).isTrue();
    }

    @Test
    void nobody_in_particular_is_no_evidence() {
        Login unknown = login(START, CHANGED, 0, true);
        Login untold = new Login(
                unknown.at(),
                CHANGED,
                Pseudonym.UNKNOWN,
                Pseudonym.UNKNOWN,
                unknown.dimensions(),
                unknown.outcome(),
                Duration.ZERO,
                Origin.PERSON);

        add(untold);

        assertThat(add(untold)).isEqualTo(Keys.Grain.NONE);
    }

    @Test
    void lines_of_one_server_may_come_before_older_ones_of_another() {
        at(0, true);
        at(5000, true);

        assertThat(add(login(START.plusSeconds(2000), UNCHANGED, 7, true)).unit())
                .isTrue();
    }

    @Test
    void remembers_a_hundred_thousand_people() {
        for (long person = 1; person <= 100_000; person++) {
            add(login(START, CHANGED, person, true));
        }

        int forgotten = 0;
        for (long person = 1; person <= 100_000; person++) {
            forgotten +=
                    add(login(START.plusSeconds(700), CHANGED, person, false)).unit() ? 0 : 1;
        }

        assertThat(forgotten).isZero();
        assertThat(keys.letGo()).isZero();
    }

    @Test
    void lets_the_oldest_go_when_strangers_flood_the_table() {
        long flood = 3L * Keys.MOST_SLOTS;
        for (long stranger = 1; stranger <= flood; stranger++) {
            add(login(START, CHANGED, stranger, false));
        }

        assertThat(keys.letGo()).isPositive();
        assertThat(at(1, true).unit()).isFalse();
        assertThat(at(2, false).unit()).isTrue();
    }
}
