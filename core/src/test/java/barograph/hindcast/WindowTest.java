package barograph.hindcast;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Old logins in the order of their times, within bounds.
class WindowTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private static Login login(long second) {
        return new Login(
                START.plusSeconds(second),
                new ServerId("radius-1"),
                new Pseudonym(1 + second),
                Pseudonym.UNKNOWN,
                new Dimensions("", "", "", ""),
                new Outcome.Accepted(),
                Duration.ZERO,
                Origin.PERSON);
    }

    private static List<Instant> through(Window window, List<Long> seconds) {
        List<Instant> out = new ArrayList<>();
        for (long second : seconds) {
            window.add(login(second), second);
            while (window.next(false).isPresent()) {
                out.add(window.take().login().at());
            }
        }
        while (window.next(true).isPresent()) {
            out.add(window.take().login().at());
        }
        return out;
    }

    @Test
    void logins_less_than_half_a_minute_out_of_order_are_put_in_order() {
        List<Long> seconds = new ArrayList<>();
        Random random = new Random(5);
        for (long second = 0; second < 5_000; second++) {
            seconds.add(Math.max(0, second - random.nextInt(29)));
        }
        Window window = new Window();

        assertThat(through(window, seconds)).hasSize(5_000).isSorted();
        assertThat(window.outOfOrder()).isGreaterThan(1_000);
        assertThat(window.late()).isZero();
    }

    @Test
    void what_comes_later_than_that_is_handed_on_and_counted() {
        Window window = new Window();

        List<Instant> out = through(window, List.of(0L, 100L, 200L, 10L, 300L));

        assertThat(out).hasSize(5);
        assertThat(window.outOfOrder()).isEqualTo(1);
        assertThat(window.late()).isEqualTo(1);
    }

    @Test
    void no_more_wait_than_the_bound() {
        Window window = new Window();
        int waiting = 0;
        for (int i = 0; i < 3 * Window.MOST_LOGINS; i++) {
            window.add(login(0), i);
            waiting++;
            if (window.next(false).isPresent()) {
                window.take();
                waiting--;
            }
        }

        assertThat(waiting).isLessThanOrEqualTo(Window.MOST_LOGINS);
    }

    @Test
    void the_same_line_of_the_same_moment_counts_once() {
        Doubles doubles = new Doubles();

        assertThat(doubles.met(new Window.Line(login(1), 0, 77))).isFalse();
        assertThat(doubles.met(new Window.Line(login(1), 1, 78))).isFalse();
        assertThat(doubles.met(new Window.Line(login(1), 2, 77))).isTrue();
        assertThat(doubles.met(new Window.Line(login(2), 3, 77))).isFalse();
        assertThat(doubles.count()).isEqualTo(1);
    }

    @Test
    void strangers_are_met_once_and_their_table_is_bounded() {
        Strangers strangers = new Strangers();
        for (long person = 1; person <= 2_000; person++) {
            assertThat(strangers.first(new Pseudonym(person), Pseudonym.UNKNOWN))
                    .isTrue();
        }
        for (long person = 1; person <= 2_000; person++) {
            assertThat(strangers.first(new Pseudonym(person), Pseudonym.UNKNOWN))
                    .isFalse();
        }
        for (long person = 1; person <= Strangers.MOST_SLOTS; person++) {
            strangers.first(new Pseudonym(person), new Pseudonym(9));
        }

        assertThat(strangers.overlooked()).isPositive();
    }

    @Test
    void looks_are_fine_at_first_and_some_hundred_thousand_in_a_week() {
        long looks = 0;
        Duration age = Duration.ZERO;
        while (age.compareTo(Duration.ofDays(7)) < 0) {
            age = age.plus(Looks.pause(age));
            looks++;
        }

        assertThat(Looks.pause(Duration.ZERO)).isEqualTo(Duration.ofMillis(1));
        assertThat(Looks.pause(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(60));
        assertThat(Looks.pause(Duration.ofHours(3))).isEqualTo(Duration.ofSeconds(1));
        assertThat(looks).isBetween(100_000L, 400_000L);
    }
}
