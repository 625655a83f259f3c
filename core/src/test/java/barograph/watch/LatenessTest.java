package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static final Instant LOOK = Instant.parse("2026-11-22T10:00:00.5Z");
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private final Lateness lateness = new Lateness(UNKNOWN, true);

    private void read(int lines, Duration late) {
        for (int i = 0; i < lines; i++) {
            lateness.read(Side.CHANGED, LOOK.minus(late).plusMillis(i), LOOK);
            lateness.read(Side.UNCHANGED, LOOK.minus(late).plusMillis(i), LOOK);
        }
    }

    @Test
    void a_log_that_has_shown_nothing_may_be_late_by_all_that_is_allowed_for() {
        assertThat(lateness.most()).isGreaterThanOrEqualTo(UNKNOWN);
    }

    @Test
    void each_line_that_comes_at_once_shortens_the_wait() {
        read(9, Duration.ZERO);
        assertThat(lateness.most()).isEqualTo(Duration.ofSeconds(1));

        read(90, Duration.ZERO);
        assertThat(lateness.most()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void one_side_alone_does_not_shorten_it() {
        for (int i = 1; i < 1000; i++) {
            lateness.read(Side.UNCHANGED, LOOK.plusMillis(i), LOOK);
        }

        assertThat(lateness.most()).isGreaterThanOrEqualTo(UNKNOWN);
    }

    @Test
    void a_line_may_come_twice_as_late_as_any_before() {
        read(1000, Duration.ofSeconds(3));

        assertThat(lateness.most()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void logs_that_tell_whole_seconds_are_late_by_one() {
        for (int i = 0; i < 1000; i++) {
            lateness.read(Side.CHANGED, Instant.parse("2026-11-22T10:00:01Z"), LOOK);
            lateness.read(Side.UNCHANGED, Instant.parse("2026-11-22T10:00:01Z"), LOOK);
        }

        assertThat(lateness.most()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_minute_of_lateness_is_forgotten_in_twenty() {
        read(1000, Duration.ofMinutes(1));

        lateness.pass(Duration.ofMinutes(20));

        assertThat(lateness.most()).isLessThan(Duration.ofSeconds(1));
    }
}
