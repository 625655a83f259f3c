package barograph.toy;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Login;
import barograph.login.Pseudonym;
import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.servers.Await;
import barograph.servers.DebianServer;
import barograph.site.ServerId;
import barograph.toy.ToyPeople.Attempt;
import barograph.toy.ToyPeople.Count;
import barograph.toy.ToyPeople.Door;
import barograph.toy.ToyPeople.Habits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyPeopleTest {
    private static final long SEED = 11;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private ToyHome one;
    private ToyHome two;

    @BeforeEach
    void start() throws IOException {
        one = new ToyHome(folder.resolve("toy-1"));
        two = new ToyHome(folder.resolve("toy-2"));
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void a_crowd_comes_from_its_seed() {
        assertThat(ToyPerson.crowd(30, 5)).isEqualTo(ToyPerson.crowd(30, 5)).isNotEqualTo(ToyPerson.crowd(30, 6));
        assertThat(ToyPerson.crowd(600, 5)).extracting(ToyPerson::device).doesNotHaveDuplicates();
        assertThat(ToyPerson.crowd(600, 5)).filteredOn(ToyPerson::stale).hasSize(1);
    }

    @Test
    void people_go_round_the_servers_and_get_in() throws IOException {
        try (ToyPeople people = people(habits(100, true, 0))) {
            awaitAttempts(people, 200);

            Map<String, Count> counts = people.counts(Instant.EPOCH);

            assertThat(counts).containsOnlyKeys("toy-1", "toy-2");
            assertThat(counts.values()).allSatisfy(count -> {
                assertThat(count.accepted()).isGreaterThan(70);
                assertThat(count.lockedOut()).isZero();
                assertThat(count.firstLockedOut()).isEmpty();
            });
            assertThat(people.attempts())
                    .filteredOn(attempt -> !attempt.accepted())
                    .allMatch(attempt -> attempt.person().stale());
        }
        assertThat(one.log()).anyMatch(line -> line.contains("ACCEPT from IP=127.7."));
    }

    @Test
    void some_mistype_and_come_back() {
        try (ToyPeople people = people(habits(60, true, 0.5))) {
            awaitAttempts(people, 120);

            List<Attempt> mistyped = people.attempts().stream()
                    .filter(attempt ->
                            !attempt.rightPassword() && !attempt.person().stale())
                    .toList();

            assertThat(mistyped).isNotEmpty().noneMatch(Attempt::accepted);
            assertThat(people.attempts()).noneMatch(Attempt::lockedOut);
        }
    }

    @Test
    void a_mistake_shows_in_the_counts_since_it_was_made() throws Exception {
        try (ToyPeople people = people(habits(100, true, 0.1))) {
            awaitAttempts(people, 50);
            Instant changed = CLOCK.instant();
            two.configure("guests", "");
            two.control("reload");

            Await.until(
                    "somebody is locked out",
                    SOON,
                    () -> people.count("toy-2", changed).lockedOut() > 5);

            assertThat(people.count("toy-1", changed).lockedOut()).isZero();
            assertThat(people.count("toy-2", Instant.EPOCH).firstLockedOut().orElseThrow())
                    .isAfter(changed);
            assertThat(people.attempts())
                    .filteredOn(Attempt::lockedOut)
                    .allMatch(attempt -> !attempt.person().group().equals("guests"));
        }
    }

    @Test
    void an_open_door_shows_in_the_counts() throws Exception {
        two.configure("staff, guests, contractors", "require-password = no");
        two.control("reload");
        try (ToyPeople people = people(habits(60, true, 0.3))) {
            Await.until(
                    "somebody intrudes",
                    SOON,
                    () -> people.count("toy-2", Instant.EPOCH).intruded() > 3);

            assertThat(people.count("toy-1", Instant.EPOCH).intruded()).isZero();
        }
    }

    @Test
    void where_logins_fail_over_a_dead_server_costs_nobody_a_login() {
        one.close();
        try (ToyPeople people = people(habits(60, true, 0))) {
            awaitAttempts(people, 100);

            assertThat(people.count("toy-1", Instant.EPOCH).accepted()).isZero();
            assertThat(people.attempts())
                    .filteredOn(attempt -> attempt.door().equals("toy-1"))
                    .isNotEmpty()
                    .noneMatch(Attempt::answered);
            assertThat(people.count("toy-2", Instant.EPOCH).lockedOut()).isZero();
        }
    }

    @Test
    void where_they_do_not_fail_over_half_of_them_fail() {
        Door dead = new Door("dead", "127.0.0.1", DebianServer.freeTcpPort());
        try (ToyPeople people =
                ToyPeople.start(ToyHome.CROWD, List.of(dead, two.door()), habits(60, false, 0), SEED, CLOCK)) {
            awaitAttempts(people, 100);

            assertThat(people.count("dead", Instant.EPOCH).lockedOut()).isGreaterThan(20);
        }
    }

    @Test
    void patience_ends_when_a_server_is_slow() throws Exception {
        one.configure("staff, guests, contractors", "lookup-delay = 30s");
        one.control("reload");
        Habits habits = new Habits(60, false, 0, 0, Duration.ofMillis(100), Duration.ofMillis(200));
        try (ToyPeople people = ToyPeople.start(ToyHome.CROWD, List.of(one.door()), habits, SEED, CLOCK)) {
            awaitAttempts(people, 20);

            assertThat(people.attempts()).noneMatch(Attempt::answered);
        }
    }

    @Test
    void what_people_saw_is_what_the_grammar_of_slapd_reads_from_the_logs() throws IOException {
        ToyPeople people = people(habits(100, true, 0.2));
        awaitAttempts(people, 150);

        people.close();

        List<Login> logins = new ArrayList<>();
        for (ToyHome toy : List.of(one, two)) {
            Grammar grammar = Grammars.named("slapd")
                    .orElseThrow()
                    .open(new ServerId("toy"), ZoneOffset.UTC, new Pseudonyms(new byte[16]));
            toy.log().forEach(line -> grammar.read(line, CLOCK.instant(), logins::add));
            assertThat(grammar.unread()).isZero();
        }
        assertThat(logins).hasSameSizeAs(people.attempts());
        assertThat(logins).filteredOn(login -> login.outcome().accepted()).hasSize((int)
                people.attempts().stream().filter(Attempt::accepted).count());
        assertThat(logins).extracting(Login::source).doesNotContain(Pseudonym.UNKNOWN);
        assertThat(logins)
                .extracting(login -> login.dimensions().realm())
                .contains("ou=staff," + ToyPerson.SUFFIX, "ou=guests," + ToyPerson.SUFFIX);
    }

    private ToyPeople people(Habits habits) {
        return ToyPeople.start(ToyHome.CROWD, List.of(one.door(), two.door()), habits, SEED, CLOCK);
    }

    private static Habits habits(double perSecond, boolean failOver, double mistypes) {
        return new Habits(perSecond, failOver, mistypes, 1, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    private static void awaitAttempts(ToyPeople people, int count) {
        Await.until(
                count + " attempts were made (seed " + SEED + ")",
                SOON,
                () -> people.attempts().size() >= count);
    }
}
