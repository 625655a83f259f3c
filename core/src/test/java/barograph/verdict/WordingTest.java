package barograph.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void shares_are_told_as_people_tell_them() {
        assertThat(Wording.share(0.37)).isEqualTo("37%");
        assertThat(Wording.share(1 / 240.0)).isEqualTo("1 in 240");
        assertThat(Wording.share(0)).isEqualTo("fewer than 1 in 10,000");
    }

    @Test
    void chances_are_never_told_smaller_than_they_are() {
        assertThat(Wording.chance(99)).isEqualTo("fewer than 1 in 10");
        assertThat(Wording.chance(100)).isEqualTo("fewer than 1 in 100");
        assertThat(Wording.chance(12_345)).isEqualTo("fewer than 1 in 10,000");
        assertThat(Wording.chance(1e200)).isEqualTo("fewer than 1 in a billion");
    }

    @Test
    void servers_are_named_in_order_and_not_by_the_hundred() {
        List<ServerId> many =
                IntStream.range(1, 10).mapToObj(i -> new ServerId("ldap-" + i)).toList();

        assertThat(Wording.servers(many.subList(0, 1))).isEqualTo("ldap-1");
        assertThat(Wording.servers(many.subList(0, 3).reversed())).isEqualTo("ldap-1, ldap-2 and ldap-3");
        assertThat(Wording.servers(many)).isEqualTo("ldap-1, ldap-2 and 7 others");
    }

    @Test
    void spans_points_and_times_have_units() {
        assertThat(Wording.span(Duration.ofMillis(300))).isEqualTo("300 ms");
        assertThat(Wording.span(Duration.ofSeconds(40))).isEqualTo("40 s");
        assertThat(Wording.span(Duration.ofMinutes(10))).isEqualTo("10 min");
        assertThat(Wording.span(Duration.ofHours(3))).isEqualTo("3 h");
        assertThat(Wording.points(0.02)).isEqualTo("2 percentage points");
        assertThat(Wording.points(0.005)).isEqualTo("0.5 percentage points");
        assertThat(Wording.points(0.01)).isEqualTo("1 percentage point");
        assertThat(Wording.clock(Instant.parse("2026-11-22T10:42:07Z"))).isEqualTo("10:42:07 UTC");
    }
}
