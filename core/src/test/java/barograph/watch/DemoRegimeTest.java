package barograph.watch;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Origin;
import barograph.login.Outcome;
import barograph.login.Pseudonym;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The small, fast world of the demo: 60 people of three groups, 20 logins a second on three servers, six seconds
/// to learn, a change on one.
class DemoRegimeTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant CHANGE = START.plusSeconds(6);
    private static final List<ServerId> SERVERS =
            List.of(new ServerId("ldap-1"), new ServerId("ldap-2"), new ServerId("ldap-3"));
    private static final WatchRules RULES = new WatchRules(
            Duration.ofSeconds(8),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            0.01,
            0.05,
            Duration.ofSeconds(20),
            WatchRules.Policy.ASK,
            WatchRules.Policy.ASK,
            Duration.ofSeconds(2));

    private enum Effect {
        NONE,
        GROUP_LOCKED_OUT,
        SILENT,
        SLOW
    }

    private record End(Verdict verdict, double seconds) {}

    static Stream<Long> seeds() {
        return LongStream.range(0, 20).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_group_that_is_locked_out_is_harm_within_seconds(long seed) {
        End end = watch(seed, Effect.GROUP_LOCKED_OUT, Set.of(SERVERS.getFirst()));

        assertThat(end.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Harmful.class);
        assertThat(end.seconds()).as("seed %d", seed).isLessThan(6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void silence_is_harm_within_eight_seconds(long seed) {
        End end = watch(seed, Effect.SILENT, Set.of(SERVERS.getFirst()));

        assertThat(end.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Harmful.class);
        assertThat(end.seconds()).as("seed %d", seed).isLessThan(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void logins_that_take_seconds_longer_are_harm(long seed) {
        End end = watch(seed, Effect.SLOW, Set.of(SERVERS.getFirst()));

        assertThat(end.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Harmful.class);
        assertThat(end.seconds()).as("seed %d", seed).isLessThan(12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_harmless_change_is_healthy_by_evidence(long seed) {
        End end = watch(seed, Effect.NONE, Set.of(SERVERS.getFirst()));

        assertThat(end.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Healthy.class);
        assertThat(end.seconds()).as("seed %d", seed).isBetween(8.0, 30.0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_harmless_change_is_healthy_against_its_own_history_where_all_are_changed(long seed) {
        End end = watch(seed, Effect.NONE, Set.copyOf(SERVERS));

        assertThat(end.verdict()).as("seed %d", seed).isInstanceOf(Verdict.Healthy.class);
        assertThat(end.seconds()).as("seed %d", seed).isBetween(8.0, 30.0);
    }

    private static End watch(long seed, Effect effect, Set<ServerId> changed) {
        Map<ServerId, Instant> since =
                changed.stream().collect(java.util.stream.Collectors.toMap(server -> server, _ -> CHANGE));
        Set<ServerId> unchanged = new java.util.HashSet<>(SERVERS);
        unchanged.removeAll(changed);
        Watch watch = new Watch(new WatchPlan(since, unchanged, changed, CHANGE.minusSeconds(600), RULES));
        Random random = new Random(seed);
        Instant look = CHANGE;
        Verdict verdict = new Verdict.Blind("nothing seen");
        for (Login login : world(random, effect, changed)) {
            while (login.at().isAfter(look)) {
                verdict = watch.weigh(look);
                if (verdict instanceof Verdict.Harmful || verdict instanceof Verdict.Healthy) {
                    return new End(verdict, Duration.between(CHANGE, look).toMillis() / 1000.0);
                }
                look = look.plusMillis(500);
            }
            watch.add(login);
        }
        return new End(verdict, Double.POSITIVE_INFINITY);
    }

    private static List<Login> world(Random random, Effect effect, Set<ServerId> changed) {
        List<Login> logins = new ArrayList<>();
        double seconds = 0;
        int[] attempts = new int[60];
        while (seconds < 60) {
            seconds += -Math.log(1 - random.nextDouble()) / 20;
            int person = random.nextInt(60);
            ServerId server = SERVERS.get(random.nextInt(3));
            boolean hit = changed.contains(server) && seconds > 6;
            if (hit && effect == Effect.SILENT) {
                server = SERVERS.get(1 + attempts[person]++ % 2);
            }
            boolean locked = hit && effect == Effect.GROUP_LOCKED_OUT && person % 3 == 0;
            boolean fails = locked || random.nextInt(240) == 0;
            double latency = 0.005 + 0.01 * random.nextDouble() + (hit && effect == Effect.SLOW ? 2 : 0);
            logins.add(new Login(
                    START.plusMillis((long) ((seconds + latency) * 1000)),
                    server,
                    new Pseudonym(1000 + person),
                    new Pseudonym(7),
                    new Dimensions(
                            "ou=" + List.of("staff", "students", "guests").get(person % 3), "ldap-bind", "", ""),
                    fails ? new Outcome.Rejected("bad_password") : new Outcome.Accepted(),
                    Duration.ofMillis((long) (latency * 1000)),
                    Origin.PERSON));
        }
        logins.sort(java.util.Comparator.comparing(Login::at));
        return logins;
    }
}
