package barograph.peers;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule can both keep and find: on two hand-made logs of two servers, two logins a second on each, one in 300
/// of which fails; in one of them a quarter of the logins fail on the changed server.
class RulesTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant CHANGE = START.plusSeconds(7200);
    private static final Instant END = CHANGE.plusSeconds(3 * 3600);
    private static final ServerId CHANGED = new ServerId("radius-1");
    private static final ServerId UNCHANGED = new ServerId("radius-2");

    static Stream<Rule> rules() {
        return Rules.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void finds_that_a_quarter_of_the_logins_fail(Rule rule) {
        Optional<Instant> spoken = judge(rule, Set.of(UNCHANGED), 2);

        assertThat(spoken).as(rule.name()).isPresent();
        assertThat(spoken.orElseThrow()).as(rule.name()).isAfter(CHANGE).isBefore(CHANGE.plusSeconds(4000));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keeps_what_does_nothing(Rule rule) {
        assertThat(judge(rule, Set.of(UNCHANGED), 0)).as(rule.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keeps_what_does_nothing_with_nothing_to_compare_with(Rule rule) {
        assertThat(judge(rule, Set.of(), 0)).as(rule.name()).isEmpty();
    }

    @Test
    void each_says_where_it_comes_from() {
        assertThat(Rules.all()).extracting(Rule::name).doesNotHaveDuplicates();
        assertThat(Rules.all()).allSatisfy(rule -> assertThat(rule.source()).isNotBlank());
    }

    @Test
    void flagger_counts_an_interval_without_any_login_where_there_are_many() {
        assertThat(judge(Thresholds.flagger(), Set.of(UNCHANGED), 1)).isPresent();
        assertThat(judge(Thresholds.argo(), Set.of(UNCHANGED), 1)).isEmpty();
    }

    @Test
    void kayenta_asks_for_a_shift_not_only_for_a_difference() {
        double[] low = {.01, .02, .01, .03, .02, .01, .02, .03, .01, .02, .03, .01, .02, .02, .01, .03};
        double[] high = new double[low.length];
        for (int i = 0; i < low.length; i++) {
            high[i] = low[i] + 0.1;
        }

        assertThat(Kayenta.worse(high, low, 1.5)).isTrue();
        assertThat(Kayenta.worse(low, high, 0)).isFalse();
        assertThat(Kayenta.worse(low, low, 0)).isFalse();
        assertThat(Kayenta.worse(high, low, 100)).isFalse();
    }

    /// @param harm 0 for none, 1 for silence, 2 if every fourth login on the changed server fails
    private static Optional<Instant> judge(Rule rule, Set<ServerId> unchanged, int harm) {
        Rule.Watcher watcher = rule.over(plan(unchanged), Duration.ofSeconds(5));
        for (int second = -60; second < Duration.between(START, END).toSeconds(); second++) {
            for (ServerId server : List.of(CHANGED, UNCHANGED)) {
                boolean hit = server.equals(CHANGED) && second >= 7200 && harm > 0;
                if ((hit && harm == 1) || (server.equals(UNCHANGED) && unchanged.isEmpty())) {
                    continue;
                }
                // The two servers' failures do not fall on the same seconds.
                int turn = (second + (server.equals(CHANGED) ? 0 : 75)) % 150;
                boolean fails = turn == 60 || (hit && second % 2 == 0);
                watcher.add(login(second, server, 0, false));
                Optional<Instant> spoken = watcher.add(login(second, server, 60, fails));
                if (spoken.isPresent()) {
                    return spoken;
                }
            }
        }
        return watcher.until(END);
    }

    /// The first minute comes before the time to learn from and tells that these people could log in.
    private static Login login(int second, ServerId server, int more, boolean fails) {
        long person = server.hashCode() * 1_000_000L + Math.floorMod(second, 60) + more;
        return new Login(
                START.plusSeconds(second),
                server,
                new Pseudonym(person),
                new Pseudonym(9),
                new Dimensions("staff", "ldap-bind", "", ""),
                fails && second >= 0 ? new Outcome.Rejected("bad_password") : new Outcome.Accepted(),
                Duration.ofMillis(10),
                Origin.PERSON);
    }

    private static WatchPlan plan(Set<ServerId> unchanged) {
        WatchRules rules = new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofDays(1),
                0.01,
                0.02,
                Duration.ofMinutes(30),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofMinutes(1));
        return new WatchPlan(Map.of(CHANGED, CHANGE), unchanged, Set.of(CHANGED), START, rules);
    }
}
