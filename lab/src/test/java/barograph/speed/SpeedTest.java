package barograph.speed;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the figures are measured on.
class SpeedTest {
    @Test
    void the_same_seed_gives_the_same_logins() {
        assertThat(some(7)).isEqualTo(some(7)).isNotEqualTo(some(8));
    }

    private static List<Login> some(long seed) {
        Flow flow = new Flow(seed, 4, 200, 50_000, 1_000);
        List<Login> logins = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            logins.add(flow.next());
        }
        return logins;
    }

    @Test
    void the_logins_are_as_many_and_as_different_as_said() {
        List<Login> logins = some(7);
        Set<Object> servers = new HashSet<>();
        Set<Object> groups = new HashSet<>();
        Set<Object> people = new HashSet<>();
        logins.forEach(login -> {
            servers.add(login.server());
            groups.add(login.dimensions());
            people.add(login.user());
        });

        assertThat(servers).hasSize(4);
        assertThat(groups).hasSizeBetween(190, 200);
        assertThat(people).hasSizeBetween(14_000, 18_000);
        assertThat(logins.getLast().at()).isEqualTo(Flow.START.plusMillis(19_999));
        assertThat(logins.stream().filter(login -> !login.outcome().accepted())).hasSizeBetween(500, 700);
    }

    @Test
    void a_small_day_goes_through_and_is_told() {
        StringWriter out = new StringWriter();

        Speed.day(new PrintWriter(out, true), 20_000);

        assertThat(out.toString()).startsWith("20,000 logins of a day in ").contains(" looks, verdict ", " MB of ");
        assertThat(out.toString()).doesNotContain("HARMFUL");
    }
}
