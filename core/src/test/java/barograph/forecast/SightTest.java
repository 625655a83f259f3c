package barograph.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.Foresight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a watch can see, told beforehand, in the words that people read.
class SightTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ServerId SERVER = new ServerId("radius-1");

    private static Foresight foresight(String segment, double perHour, double units, double tenthUnits) {
        return new Foresight(
                segment,
                perHour,
                span(units / perHour),
                span(5 * tenthUnits / perHour),
                span(tenthUnits / perHour),
                units);
    }

    private static Duration span(double hours) {
        return hours > 8_000 ? Foresight.NEVER : Duration.ofMillis(Math.round(hours * 3_600_000));
    }

    @Test
    void tells_how_soon_a_rise_would_be_seen_and_who_cannot_be_seen() throws IOException {
        Sight sight = Sight.of(
                List.of(
                        foresight("everybody", 1_200, 4, 80),
                        foresight("staff/peap", 1_000, 6, 90),
                        foresight("guest/pap", 190, 6, 90),
                        foresight("lab/eap-tls", 1, 6, 90)),
                Duration.ofHours(2));

        assertThat(sight.words())
                .isEqualTo("At this hour (about 1,200 logins an hour), 1 in 10 broken logins of everybody would be seen"
                        + " within about 4 min, and all of them broken within 12 s. 2 of the 3 groups would be"
                        + " seen alone if nobody of them got in, the slowest (guest/pap) within about 2 min. A group"
                        + " with under 3 logins an hour cannot be seen: cover it by a probe (lab/eap-tls).");
        assertThat(sight.unseen()).containsExactly("lab/eap-tls");
        assertThat(sight.remedy()).isEqualTo("Cover by a probe each: lab/eap-tls.");
        assertThat(Files.readString(Path.of("../docs/verdict.md")).replace('\n', ' '))
                .contains(sight.words());
    }

    @Test
    void a_quiet_hour_shows_only_a_total_break() {
        Sight sight = Sight.of(
                List.of(foresight("everybody", 20, 4, 80), foresight("staff/peap", 20, 6, 90)), Duration.ofHours(2));

        assertThat(sight.words())
                .isEqualTo("At this hour (about 20 logins an hour), it would be seen within about 12 min that nobody"
                        + " gets in; 1 in 10 broken logins of everybody would not be seen within 2 h.");
        assertThat(sight.remedy()).isEmpty();
    }

    @Test
    void where_hardly_anybody_logs_in_only_probes_would_show_harm() {
        Sight sight = Sight.of(
                List.of(foresight("everybody", 1, 4, 80), foresight("staff/peap", 1, 6, 90)), Duration.ofHours(2));

        assertThat(sight.words())
                .isEqualTo("At this hour too few log in (about 1 login an hour) to see even within 2 h that nobody"
                        + " gets in: only probes would show it.");
        assertThat(sight.unseen()).containsExactly("staff/peap");
    }

    @Test
    void is_reckoned_from_the_old_logins_of_the_servers_of_the_stage() {
        WatchRules rules = new WatchRules(
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                0.01,
                0.02,
                Duration.ofMinutes(10),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofSeconds(30));
        Preview preview = new Preview(Set.of(SERVER), NOW, Duration.ofHours(1), rules);

        assertThat(preview.sight()).isEmpty();
        for (int second = 0; second < 3_600; second += 2) {
            boolean lab = second % 1_800 == 0;
            preview.add(login(second, SERVER, lab ? "lab" : "staff"));
            preview.add(login(second, new ServerId("radius-2"), "elsewhere"));
        }

        Sight sight = preview.sight().orElseThrow();
        assertThat(sight.words()).startsWith("At this hour (about 1,").contains("1 in 10 broken logins of everybody");
        assertThat(sight.unseen()).singleElement().asString().startsWith("lab");
        assertThat(sight.words()).contains("cover it by a probe (lab").doesNotContain("elsewhere");
    }

    private static Login login(int second, ServerId server, String realm) {
        return new Login(
                NOW.minusSeconds(3_600).plusSeconds(second),
                server,
                new Pseudonym(1 + second % 700),
                Pseudonym.UNKNOWN,
                new Dimensions(realm, "pap", "", ""),
                second % 100 == 50 ? new Outcome.Rejected("bad_password") : new Outcome.Accepted(),
                Duration.ofMillis(10),
                Origin.PERSON);
    }
}
