package barograph.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barograph.login.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginWorldTest {
    private static final int LINES = 12_000;

    private static List<Line> lines(World world) {
        List<Line> lines = new ArrayList<>();
        world.lines().forEachRemaining(lines::add);
        return lines;
    }

    @Test
    void the_same_seed_tells_the_same_story() {
        Setup setup = Setup.seeded(7, 2, LINES);

        assertThat(lines(Regime.ALL.world(setup)))
                .hasSizeGreaterThan(LINES / 2)
                .isEqualTo(lines(Regime.ALL.world(setup)))
                .isNotEqualTo(lines(Regime.ALL.world(Setup.seeded(8, 2, LINES))));
    }

    @ParameterizedTest
    @EnumSource
    void lines_come_in_the_order_of_time_once_the_world_has_begun(Regime regime) {
        LoginWorld world = regime.world(Setup.seeded(3, 20, LINES));

        List<Instant> times = lines(world).stream()
                .map(line -> line.login().at())
                .filter(at -> !at.isBefore(world.plan().learnFrom()))
                .toList();

        assertThat(times).hasSizeGreaterThan(LINES / 2).isSorted();
        assertThat(times.getLast()).isBeforeOrEqualTo(world.end());
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SILENCE", "LATENCY"})
    void what_breaks_no_login_causes_no_failure(Effect effect) {
        assertThat(lines(new LoginWorld(Setup.seeded(3, 2, LINES), effect))
                        .getLast()
                        .caused())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTAGE", "LATE", "FLAP", "RAMP", "GROUP", "METHOD", "PARTIAL", "DEGRADED"})
    void what_breaks_logins_does_so_from_the_onset_on(Effect effect) {
        LoginWorld world = new LoginWorld(Setup.seeded(3, 2, LINES), effect);

        List<Line> lines = lines(world);

        assertThat(lines.getLast().caused()).isGreaterThan(10);
        assertThat(lines.stream()
                        .filter(line -> line.caused() > 0)
                        .findFirst()
                        .orElseThrow()
                        .login()
                        .at())
                .isBetween(world.truth().onset(), world.truth().onset().plusSeconds(1800));
    }

    @Test
    void a_fail_over_shows_on_the_unchanged_servers() {
        Setup setup = Setup.seeded(3, 2, LINES);

        assertThat(afterOn(new LoginWorld(setup, Effect.FAIL_OVER), false))
                .isGreaterThan(afterOn(new LoginWorld(setup, Effect.SILENCE), false) + 500);
        assertThat(afterOn(new LoginWorld(setup, Effect.FAIL_OVER), true)).isZero();
    }

    /// Lines after the onset, of logins that began after it.
    private static long afterOn(LoginWorld world, boolean changed) {
        return lines(world).stream()
                .map(Line::login)
                .filter(login -> login.began().isAfter(world.truth().onset()))
                .filter(login -> world.plan().changed().containsKey(login.server()) == changed)
                .count();
    }

    /// The oracle's law of the traffic, against what was drawn: units on the changed servers after the change.
    @ParameterizedTest
    @EnumSource(names = {"OUTAGE", "GROUP"})
    void the_oracle_expects_as_many_units_as_come(Effect effect) {
        double expected = 0;
        double drawn = 0;
        for (long seed = 1; seed <= 12; seed++) {
            Setup setup = Setup.seeded(seed, 2, 30_000);
            People people = new People(setup);
            Oracle oracle = new Oracle(setup, people, effect);
            for (double at = Setup.SETTLE; at < setup.after(); at += 60) {
                expected += 60 * oracle.units(at);
            }
            drawn += units(new LoginWorld(setup, Effect.NONE), people, effect);
        }

        assertThat(drawn / expected).isBetween(0.93, 1.07);
    }

    /// The oracle's law of when a login's line is there, against what was drawn: of the logins that began in the first
    /// tenths of a second, those that ended in them.
    @ParameterizedTest
    @EnumSource(names = {"OUTAGE", "LATENCY"})
    void the_oracle_knows_of_a_login_when_its_line_is_written(Effect effect) {
        double soon = 0.3;
        double expected = 0;
        double drawn = 0;
        for (long seed = 1; seed <= 8; seed++) {
            Setup setup = Setup.seeded(seed, 200, LINES);
            LoginWorld world = new LoginWorld(setup, effect);
            Oracle oracle = new Oracle(setup, new People(setup), effect);
            for (double since = 0.0005; since < soon; since += 0.001) {
                expected += oracle.written(since) / oracle.units(Setup.SETTLE + since) / (8 * soon / 0.001);
            }
            drawn += ended(world, Duration.ofMillis((long) (1000 * soon))) / 8;
        }

        assertThat(drawn).isCloseTo(expected, within(0.07));
    }

    /// The share of the hit logins begun so soon after the onset that end within that time.
    private static double ended(LoginWorld world, Duration soon) {
        Instant onset = world.truth().onset();
        List<Login> begun = lines(world).stream()
                .map(Line::login)
                .filter(login -> world.plan().changed().containsKey(login.server()))
                .filter(login -> !login.outcome().reason().equals("timeout"))
                .filter(login -> login.began().isAfter(onset) && login.began().isBefore(onset.plus(soon)))
                .toList();
        return (double) begun.stream()
                        .filter(login -> login.at().isBefore(onset.plus(soon)))
                        .count()
                / begun.size();
    }

    private static long units(LoginWorld world, People people, Effect effect) {
        Map<Long, Instant> counted = new HashMap<>();
        Map<Long, Boolean> couldBefore = new HashMap<>();
        long units = 0;
        for (Line line : lines(world)) {
            Login login = line.login();
            long key = login.user().value();
            Instant last = counted.getOrDefault(key, Instant.EPOCH);
            boolean unit = couldBefore.getOrDefault(key, false)
                    && Duration.between(last, login.at()).toSeconds() >= 600;
            if (unit) {
                counted.put(key, login.at());
            }
            boolean here = world.plan().changed().containsKey(login.server())
                    && login.began().isAfter(world.plan().judgedFrom())
                    && people.hit(effect, people.groupOf(key - (1L << 50)));
            units += unit && here ? 1 : 0;
            couldBefore.put(key, login.outcome().accepted());
        }
        return units;
    }
}
