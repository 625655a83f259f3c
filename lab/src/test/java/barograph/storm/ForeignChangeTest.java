package barograph.storm;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Change;
import barograph.change.ChangeRequest;
import barograph.change.Edit;
import barograph.change.EditSource;
import barograph.guard.ShellGuards;
import barograph.guard.ShellInspector;
import barograph.host.Hosts;
import barograph.host.SshAccess;
import barograph.lease.Drift;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Pseudonyms;
import barograph.login.Trial;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.rollout.Step;
import barograph.runner.Changes;
import barograph.runner.Desk;
import barograph.runner.GuardLine;
import barograph.runner.Journal;
import barograph.runner.Lookout;
import barograph.runner.Runner;
import barograph.runner.World;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody edits a server's files while a change is on its way there: the real runner, the real guard, real files.
class ForeignChangeTest {
    private static final ServerId ONE = new ServerId("radius-1");
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "tops3cret";
    private static final String NEW = "dana\nomar\nsecret = " + SECRET + "-new\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    @SuppressWarnings("NullAway.Init")
    private Path users;

    @SuppressWarnings("NullAway.Init")
    private Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    private Journal journal;

    @SuppressWarnings("NullAway.Init")
    private Desk desk;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    private Runnable beforeApply = () -> {};
    private boolean healthy;

    @BeforeEach
    void open() throws IOException {
        users = Files.createDirectories(folder.resolve("etc")).resolve("users");
        Files.writeString(users, "dana\nsecret = " + SECRET + "-old\n");
        hosts = new Hosts(new SshAccess(
                folder.resolve("known_hosts"),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
        String state = folder.resolve("state").toString();
        GuardLine guards = new ShellGuards(hosts, state);
        Paper paper = new Paper(true);
        journal = new Journal(paper, Clock.systemUTC(), paper);
        Site site = site();
        Change change = change(site);
        desk = new Desk(journal, site);
        World world = new World(
                (server, order) -> {
                    if (order instanceof Order.Apply) {
                        beforeApply.run();
                    }
                    return guards.send(server, order);
                },
                new ShellInspector(hosts, state),
                (_, _) -> {
                    throw new IllegalStateException("the site has no probes");
                },
                new Controller.NoLogs(),
                _ -> new Changes.Found.Same(change),
                new Pseudonyms("no secret, a key of this test".getBytes(StandardCharsets.UTF_8)),
                Clock.systemUTC(),
                workers);
        runner = new Runner(journal, site, world, Place.OURS, (stage, _, _, _, _) -> new Calm(stage));
        desk.propose(change, "changes/" + Place.OURS, "");
        desk.release(Place.OURS, Place.OMAR);
    }

    @AfterEach
    void close() {
        new ShellGuards(hosts, folder.resolve("state").toString()).send(server(), new Order.RollBack(Place.OURS));
        hosts.close();
        workers.close();
    }

    @Test
    void a_file_that_a_hand_changes_before_the_change_goes_in_is_refused_with_a_diff() throws IOException {
        beforeApply = () -> write("dana\nbob by hand\nsecret = " + SECRET + "-hand\n");

        turnUntil(() -> rollout().ending().isPresent());

        assertThat(rollout().ending()).contains(Ending.NEEDS_A_PERSON);
        assertThat(journal.of(Place.OURS).toString()).contains("radius-1 never got the change: somebody else had");
        assertThat(drifts().getLast().diff())
                .contains("+bob by hand", "-secret = (hidden)", "+secret = (hidden)")
                .doesNotContain(SECRET);
        assertThat(rollout().cause().orElseThrow().words()).contains("drifted", "users (");
        assertThat(users).hasContent("dana\nbob by hand\nsecret = " + SECRET + "-hand\n");
    }

    @Test
    void a_file_that_a_hand_changes_under_watch_holds_the_rollout_until_a_person_lets_it_go_on() throws IOException {
        turnUntil(() -> rollout().state() == Rollout.State.WATCHING);
        write("dana\nomar\nbob by hand\n");
        turnUntil(() -> !rollout().drifted().isEmpty());
        healthy = true;

        Instant twoLeases = Instant.now().plus(LEASE.multipliedBy(2));
        turnUntil(() -> Instant.now().isAfter(twoLeases));

        assertThat(rollout().passed(Stage.CANARY)).as("held").isFalse();
        assertThat(look().state()).as("its lease is kept alive").isEqualTo(Receipt.State.APPLIED);
        Drift drift = drifts().getLast();
        assertThat(drift.diff()).contains("+bob by hand", "-secret = (hidden)").doesNotContain(SECRET);
        assertThat(drift.owner()).contains(Files.getOwner(users).getName());
        assertThat(Duration.between(drift.at().orElseThrow(), Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(2));

        desk.goOn(Place.OURS, Place.OMAR);
        turnUntil(() -> rollout().ending().isPresent());

        assertThat(rollout().ending()).contains(Ending.CONFIRMED);
        assertThat(users).hasContent("dana\nomar\nbob by hand\n");
    }

    @Test
    void what_a_hand_changed_under_watch_is_kept_aside_when_a_person_decides_to_roll_back() throws IOException {
        turnUntil(() -> rollout().state() == Rollout.State.WATCHING);
        write("dana\nomar\nbob by hand\n");
        turnUntil(() -> !rollout().drifted().isEmpty());

        desk.rollBack(Place.OURS, Place.OMAR, "not ours");
        turnUntil(() -> rollout().ending().isPresent());

        assertThat(rollout().ending()).contains(Ending.ROLLED_BACK);
        assertThat(users).hasContent("dana\nsecret = " + SECRET + "-old\n");
        List<String> kept = Objects.requireNonNull(rollout().holds().get(ONE))
                .rolledBack()
                .orElseThrow()
                .keptAside();
        assertThat(kept).hasSize(1);
        try (Stream<Path> files = Files.walk(Path.of(kept.getFirst()))) {
            assertThat(files.filter(Files::isRegularFile).map(ForeignChangeTest::read))
                    .contains("dana\nomar\nbob by hand\n");
        }
    }

    @Test
    void a_file_that_a_hand_changes_just_before_the_confirmation_is_not_confirmed_over() {
        healthy = true;
        turnUntil(() -> rollout().passed(Stage.CANARY));
        write("dana\nomar\nbob by hand\n");

        turnUntil(() -> !rollout().drifted().isEmpty() || rollout().ending().isPresent());

        assertThat(rollout().ending()).isEmpty();
        assertThat(look().state()).isEqualTo(Receipt.State.APPLIED);
    }

    @Test
    void a_file_that_is_put_back_by_hand_as_it_was_lets_the_rollout_go_on_by_itself() {
        turnUntil(() -> rollout().state() == Rollout.State.WATCHING);
        write("by hand\n");
        turnUntil(() -> !rollout().drifted().isEmpty());

        write(NEW);
        healthy = true;
        turnUntil(() -> rollout().ending().isPresent());

        assertThat(rollout().ending()).contains(Ending.CONFIRMED);
    }

    private void turnUntil(BooleanSupplier done) {
        Instant latest = Instant.now().plus(SOON);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now())
                    .as(() -> journal.of(Place.OURS).toString())
                    .isBefore(latest);
            Step step = runner.turn();
            if (step instanceof Step.Watch || step instanceof Step.Rest) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private Rollout rollout() {
        return Rollout.replay(journal.of(Place.OURS));
    }

    private List<Drift> drifts() {
        return journal.of(Place.OURS).stream()
                .map(Happening::event)
                .filter(Event.Drifted.class::isInstance)
                .flatMap(event -> ((Event.Drifted) event).files().stream())
                .toList();
    }

    private Receipt.Standing look() {
        return (Receipt.Standing)
                new ShellGuards(hosts, folder.resolve("state").toString()).send(server(), new Order.Look(Place.OURS));
    }

    private void write(String content) {
        try {
            Files.writeString(users, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Site site() {
        Schedule schedule = Schedule.drawn(1);
        Site site = Place.site(schedule);
        return new Site(
                site.name(),
                site.parties(),
                List.of(server()),
                List.of(),
                LEASE,
                site.watch(),
                site.gates(),
                Optional.empty());
    }

    private static Change change(Site site) {
        Edit edit =
                new Edit.Overlay(List.of(new Edit.Put("users", 0640, NEW.getBytes(StandardCharsets.UTF_8))), List.of());
        return Change.of(
                new ChangeRequest(
                        Place.OURS,
                        "Let omar in",
                        Place.DANA,
                        "He is new.",
                        List.of(),
                        List.of(ONE),
                        new EditSource.Overlay(Optional.of("files"), List.of()),
                        List.of(),
                        Optional.empty(),
                        LEASE,
                        site.watch()),
                edit);
    }

    private Server server() {
        return new Server(
                ONE,
                "files",
                new At.Local(),
                Stage.CANARY,
                "127.0.0.1",
                1812,
                new Config(folder.resolve("etc").toString(), List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.of("true"),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(10)),
                Optional.empty(),
                List.of(),
                List.of("^secret = (.*)$"));
    }

    /// A lookout that sees no harm, and says so when it is told to.
    private final class Calm implements Lookout {
        private final Stage stage;

        Calm(Stage stage) {
            this.stage = stage;
        }

        @Override
        public Stage stage() {
            return stage;
        }

        @Override
        public boolean fits(Rollout rollout) {
            return true;
        }

        @Override
        public List<Trial> look(Instant now) {
            return List.of();
        }

        @Override
        public Verdict weigh(Instant now) {
            return healthy ? new Verdict.Healthy(100, "fine") : new Verdict.Undecided(100, "Too early.");
        }

        @Override
        public Counts counts() {
            return new Counts(1, 1, 0, 0);
        }

        @Override
        public Drum drum() {
            return new Drum(Instant.now(), Duration.ofSeconds(1), List.of(), List.of());
        }
    }
}
