package barograph.hindcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HindcastTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant CHANGE = START.plusSeconds(7200);
    private static final ServerId CHANGED = new ServerId("radius-1");
    private static final ServerId UNCHANGED = new ServerId("radius-2");
    private static final WatchPlan PLAN = new WatchPlan(
            Map.of(CHANGED, CHANGE), Set.of(UNCHANGED), Set.of(CHANGED), START, rules(Duration.ofSeconds(10)));

    private static Login login(Instant at, ServerId server, long person, boolean accepted) {
        return new Login(
                at,
                server,
                new Pseudonym(person),
                Pseudonym.UNKNOWN,
                new Dimensions("staff", "pap", "", ""),
                accepted ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                Duration.ofMillis(10),
                Origin.PERSON);
    }

    private static Hindcast hindcast(Duration breaksAfter) {
        Hindcast hindcast = new Hindcast(PLAN, Duration.ofSeconds(5));
        for (int second = 0; second < 7200 + 3600; second += 2) {
            Instant at = START.plusSeconds(second);
            ServerId server = second % 4 == 0 ? CHANGED : UNCHANGED;
            boolean broken = server.equals(CHANGED) && !at.isBefore(CHANGE.plus(breaksAfter));
            hindcast.add(login(at, server, 1 + second / 2 % 500, !broken));
        }
        return hindcast;
    }

    @Test
    void tells_when_it_would_have_spoken_and_what_that_would_have_spared() {
        Hindcast.Summary summary = hindcast(Duration.ZERO).end(CHANGE.plusSeconds(3600));

        Hindcast.Turn harm = summary.harm().orElseThrow();
        assertThat(harm.at()).isBetween(CHANGE.plusSeconds(11), CHANGE.plusSeconds(60));
        assertThat(harm.counts().failedLogins()).isBetween(3L, 12L);
        assertThat(summary.failedLoginsAfterHarm())
                .isEqualTo(summary.counts().failedLogins() - harm.counts().failedLogins())
                .isGreaterThan(800);
        assertThat(summary.turns().getLast().verdict()).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_harmless_change_turns_healthy_and_spares_nothing() {
        Hindcast.Summary summary = hindcast(Duration.ofDays(9)).end(CHANGE.plusSeconds(3600));

        assertThat(summary.harm()).isEmpty();
        assertThat(summary.failedLoginsAfterHarm()).isZero();
        assertThat(summary.turns().stream().map(turn -> turn.verdict().word())).containsExactly("UNDECIDED", "HEALTHY");
    }

    @Test
    void the_end_of_the_logs_is_looked_at_too() {
        Hindcast hindcast = new Hindcast(PLAN, Duration.ofHours(10));
        hindcast.add(login(CHANGE.plusSeconds(60), UNCHANGED, 1, true));

        assertThat(hindcast.end(CHANGE.plusSeconds(90)).turns()).isNotEmpty();
    }

    @Test
    void probes_of_the_past_speak_too() {
        Hindcast hindcast = new Hindcast(PLAN, Duration.ofSeconds(5));
        for (int second : new int[] {-60, 60, 120}) {
            boolean passes = second < 0;
            hindcast.add(new Trial(
                    new ProbeId("staff-pap"),
                    CHANGED,
                    CHANGE.plusSeconds(second),
                    List.of(),
                    passes ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                    Expect.ACCEPT,
                    passes,
                    "",
                    Map.of()));
        }

        assertThat(hindcast.end(CHANGE.plusSeconds(130)).harm()).isPresent();
    }

    @Test
    void looks_need_an_interval() {
        assertThatThrownBy(() -> new Hindcast(PLAN, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static WatchRules rules(Duration settle) {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                settle,
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                0.01,
                0.02,
                Duration.ofMinutes(30),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofMinutes(1));
    }
}
