package barograph.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StakesTest {
    /// A Monday.
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final int NOON = 12;
    private static final int NIGHT = 3;

    @Test
    void those_are_hit_whose_logins_failed_in_rehearsal_and_nobody_else() {
        Week week = twoDays();

        Stakes stakes = Stakes.of(week.rhythms(10), login -> login.realm().equals("guest.example"), true, NOON, 0);

        assertThat(stakes.whom()).containsExactly("guest.example");
        assertThat(stakes.perHour().get(NOON)).isEqualTo(10);
        assertThat(stakes.perHour().get(NIGHT)).isEqualTo(1);
        assertThat(stakes.peopleNow()).isEqualTo(5);
        assertThat(stakes.words()).startsWith("It would hit guest.example: 10 logins in this hour");
    }

    @Test
    void an_hour_that_was_not_seen_is_as_on_the_other_days() {
        Stakes stakes = Stakes.of(twoDays().rhythms(10), _ -> true, false, NOON, 0);

        int saturdayNoon = 5 * 24 + NOON;
        assertThat(stakes.perHour().get(saturdayNoon))
                .isEqualTo(stakes.perHour().get(NOON));
        assertThat(stakes.words()).startsWith("If it does harm, it could hit ");
    }

    @Test
    void the_best_hour_is_quiet_where_probes_see_and_busy_enough_where_logins_must() {
        Week week = twoDays();

        Stakes covered = Stakes.of(week.rhythms(10), _ -> true, true, NOON, 0);
        Stakes logins = Stakes.of(week.rhythms(10), _ -> true, true, NOON, 20);
        Stakes nowhere = Stakes.of(week.rhythms(10), _ -> true, true, NOON, 1000);

        assertThat(covered.best() % 24).isNotEqualTo(NOON);
        assertThat(logins.best() % 24).isEqualTo(NOON);
        assertThat(nowhere.best()).isEqualTo(-1);
        assertThat(nowhere.words()).contains("cover them by probes first");
    }

    /// Two days with guests at noon and few at night, and staff at noon.
    private static Week twoDays() {
        Week week = new Week(MONDAY.plus(Duration.ofDays(2)));
        for (int day = 0; day < 2; day++) {
            for (int login = 0; login < 10; login++) {
                week.add(login("guest.example", day, NOON, login));
                week.add(login("staff.example", day, NOON, login));
            }
            week.add(login("guest.example", day, NIGHT, 0));
        }
        // Before this one nothing is known, so that the whole of both days counts as seen.
        week.add(login("staff.example", 0, 0, 0));
        return week;
    }

    private static Login login(String realm, int day, int hour, int number) {
        return new Login(
                MONDAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour)).plusSeconds(number),
                new ServerId("radius-1"),
                new Pseudonym(1 + number % 5),
                Pseudonym.UNKNOWN,
                new Dimensions(realm, "-", "-", "-"),
                new Outcome.Accepted(),
                Duration.ZERO,
                Origin.PERSON);
    }
}
