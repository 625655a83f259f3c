package barograph.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times at the heads of lines, as far as the sample logs do not show them.
final class StampsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Instant read(Stamps stamps, String line) {
        assertThat(stamps.read(line, NOW)).as(line).isTrue();
        return stamps.at();
    }

    @Test
    void local_time_is_that_of_the_server() {
        Instant at = read(new Stamps(BERLIN), "Sun Nov 22 16:29:33 2026 : Auth: …");

        assertThat(at).isEqualTo(Instant.parse("2026-11-22T15:29:33Z"));
    }

    @Test
    void the_autumn_hour_that_comes_twice_is_told_apart_by_the_order_of_the_log() {
        Stamps stamps = new Stamps(BERLIN);

        assertThat(read(stamps, "Sun Oct 25 02:30:00 2026 : …")).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(read(stamps, "Sun Oct 25 02:59:59 2026 : …")).isEqualTo(Instant.parse("2026-10-25T00:59:59Z"));
        assertThat(read(stamps, "Sun Oct 25 02:00:00 2026 : …")).isEqualTo(Instant.parse("2026-10-25T01:00:00Z"));
        assertThat(read(stamps, "Sun Oct 25 02:30:00 2026 : …")).isEqualTo(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(read(stamps, "Sun Oct 25 03:00:00 2026 : …")).isEqualTo(Instant.parse("2026-10-25T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:59,2026-01-01T00:00:00Z,2025-12-31T23:59:59Z",
        "Jan  1 00:00:01,2025-12-31T23:59:59Z,2026-01-01T00:00:01Z",
        "Feb 29 12:00:00,2024-03-01T12:00:00Z,2024-02-29T12:00:00Z",
        "Nov 22 16:29:33,2027-05-01T12:00:00Z,2026-11-22T16:29:33Z"
    })
    void a_year_that_is_not_told_is_the_nearest(String text, Instant now, Instant expected) {
        Stamps stamps = new Stamps(ZoneOffset.UTC);

        assertThat(stamps.read(text + " host slapd[1]: …", now)).isTrue();
        assertThat(stamps.at()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T16:29:33+00:00 host,2026-11-22T16:29:33Z",
        "2026-11-22T16:29:33.5+05:30 host,2026-11-22T10:59:33.5Z",
        "2026-11-22T16:29:33.123456789Z host,2026-11-22T16:29:33.123456789Z",
        "2026-11-22 16:29:33.123 host,2026-11-22T15:29:33.123Z",
        "2026-11-22T16:29:33 host,2026-11-22T15:29:33Z",
        "6560a1b2.0abc1234 0x7f3d41421200 conn=1,2023-11-24T13:14:26.180097588Z",
        "6560a1b2.0abcd 0x7f3d41421200 conn=1,2023-11-24T13:14:26.043981Z",
        "6560a1b2 conn=1000 fd=12 ACCEPT,2023-11-24T13:14:26Z"
    })
    void every_way_to_write_a_time_is_understood(String line, Instant expected) {
        assertThat(read(new Stamps(BERLIN), line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "Feb 29 12:00:00 host slapd[1]: in no year near 2026",
                "Sun Nov 31 16:29:33 2026 : Auth: …",
                "Sun Nov 22 25:29:33 2026 : Auth: …",
                "Sun Nov 22 16:29:33 2O26 : Auth: …",
                "Nov 22 16:2 :33 host slapd[1]: …",
                "Foo Bar 22 16:29:33 2026 : Auth: …",
                "2026-13-22T16:29:33Z host",
                "2026-11-22T16:29:33. host slapd",
                "2026-11-22T16:29:33.1234567890Z host",
                "2026-11-22T16:29:33+99:00 host",
                "6560a1b2.zabc1234 0x7f3d41421200",
                "6560a1b2.0abc1234",
                "6560a1b2.ffffffff 0x7f3d41421200 conn"
            })
    void what_is_no_time_is_not_taken_for_one(String line) {
        assertThat(new Stamps(BERLIN).read(line, NOW)).isFalse();
    }
}
