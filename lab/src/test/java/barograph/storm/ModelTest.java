package barograph.storm;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.guard.ShellGuards;
import barograph.host.Hosts;
import barograph.host.SshAccess;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import barograph.site.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The model of a host answers as the real guard does, and leaves the same files: any orders in any order, of two
/// changes, right and wrong digests, hands in between. What time does to them is the ladder's affair.
class ModelTest {
    private static final Duration LEASE = Duration.ofHours(1);
    private static final List<ChangeId> CHANGES = List.of(Place.OURS, Place.STRANGERS);
    private static final int ORDERS = 14;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    private ShellGuards guards;

    private final Clockwork clock = new Clockwork();
    private final Host model = new Host(Place.BACKUP, clock, new Random(1), new Promises(clock));
    private final Schedule schedule = Schedule.drawn(1);
    private final List<String> story = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(folder.resolve("etc"));
        for (Map.Entry<String, String> file : Place.OLD.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        hosts = new Hosts(new SshAccess(
                folder.resolve("known_hosts"),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
        guards = new ShellGuards(hosts, folder.resolve("state").toString());
    }

    @AfterEach
    void close() {
        CHANGES.forEach(change -> guards.send(server(), new Order.RollBack(change))); // which ends the timer
        hosts.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_model_answers_as_the_guard_does(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < ORDERS; i++) {
            if (random.nextInt(8) == 0) {
                byHand(random.nextBoolean());
            }
            both(order(random), "seed " + seed);
        }
    }

    @Test
    void a_confirmed_change_can_be_taken_back_once_what_came_on_top_of_it_is_gone() throws IOException {
        List<ChangeId> both = List.of(Place.OURS, Place.STRANGERS);
        for (ChangeId id : both) {
            both(new Order.Snapshot(id), "");
            both(applying(id), "");
            both(new Order.Confirm(id, change(id).digest()), "");
        }
        both(new Order.RollBack(Place.OURS), "");
        both.reversed().forEach(id -> both(new Order.RollBack(id), ""));

        assertThat(files()).isEqualTo(Place.OLD);
        assertThat(story).filteredOn(line -> line.contains("Refused")).hasSize(1);
    }

    /// Guard and model answer the same, and leave the same files.
    private void both(Order order, String seed) {
        Receipt real = guards.send(server(), order);
        Receipt modelled = modelled(order);
        story.add(order.getClass().getSimpleName() + " " + order.change() + ": " + words(real));

        assertThat(words(modelled)).as(seed + " " + story).isEqualTo(words(real));
        assertThat(model.live()).as(seed + " " + story).isEqualTo(files());
    }

    private Receipt modelled(Order order) {
        AtomicReference<Receipt> receipt = new AtomicReference<>();
        clock.start(clock.now(), () -> receipt.set(model.obey(order)));
        clock.run(clock.now() + 10_000);
        return Objects.requireNonNull(receipt.get());
    }

    private Order order(Random random) {
        ChangeId id = CHANGES.get(random.nextInt(4) == 0 ? 1 : 0);
        Digest digest =
                random.nextInt(6) == 0 ? Digest.of("another") : change(id).digest();
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Order.Snapshot(id);
            case 2, 3 -> new Order.Apply(id, digest, change(id).edit(), Order.Activation.RELOAD, LEASE);
            case 4 -> new Order.Renew(id, LEASE);
            case 5, 6 -> new Order.Confirm(id, digest);
            case 7 -> new Order.RollBack(id);
            default -> new Order.Look(id);
        };
    }

    private Change change(ChangeId id) {
        return Place.change(id, schedule, Place.site(schedule));
    }

    private Order applying(ChangeId id) {
        return new Order.Apply(id, change(id).digest(), change(id).edit(), Order.Activation.RELOAD, LEASE);
    }

    private void byHand(boolean touched) throws IOException {
        model.handEdit(touched);
        for (Map.Entry<String, String> file : model.live().entrySet()) {
            if (Host.byHand(file.getValue())) {
                write(file.getKey(), file.getValue());
            }
        }
        story.add("a hand");
    }

    /// What matters of an answer: all but times, hashes and words for people.
    private static String words(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Snapped(Digest _, int files, Optional<String> _) -> "Snapped " + files;
            case Receipt.Applied _ -> "Applied";
            case Receipt.Renewed _ -> "Renewed";
            case Receipt.Confirmed _ -> "Confirmed";
            case Receipt.RolledBack(Digest _, boolean exact, boolean healthy, String because, List<String> kept) ->
                "RolledBack " + exact + " " + healthy + " " + because + " " + (kept.isEmpty() ? "" : "kept");
            case Receipt.Refused(Receipt.Reason reason, String _) -> "Refused " + reason;
            case Receipt.Stuck _ -> "Stuck";
            case Receipt.Unreachable(String detail) -> "Unreachable " + detail;
            case Receipt.Standing(Receipt.State state, Duration _, String _) -> "Standing " + state;
        };
    }

    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                if (!path.startsWith(".barograph-stage")) {
                    files.put(path, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Server server() {
        return new Server(
                Place.BACKUP,
                "files",
                new At.Local(),
                Stage.BACKUP,
                "127.0.0.1",
                1812,
                new Config(root.toString(), List.of(), List.of()),
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
                List.of());
    }
}
