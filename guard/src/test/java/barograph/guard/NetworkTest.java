package barograph.guard;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.Await;
import barograph.record.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An unconfirmed change does not stay, whatever happens to controller, network and host: a real controller process,
/// real sshds and the real guard, each host in namespaces of its own, and a fault at a random moment.
///
/// The whole table: `-Dmoments=30 -Dlanes=3`; the same moments again, as far as a machine repeats itself: `-Dseed=…`.
final class NetworkTest {
    private static final int MOMENTS = Integer.getInteger("moments", 2);
    private static final int LANES = Integer.getInteger("lanes", 2);
    private static final int HOSTS = 2;
    private static final Duration SOON = Duration.ofSeconds(40);

    /// In hundredths of a second, as all times here.
    private static final long LEASE = 300;

    private static final long GRACE = 500;
    private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xffff);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final List<Network> NETWORKS = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        for (int lane = 0; lane < LANES; lane++) {
            NETWORKS.add(Network.open(Files.createDirectories(folder.resolve("lane" + lane)), HOSTS));
        }
        System.out.printf(
                "NetworkTest -Dseed=%d: lease %.1f s, %d moments for each fault, %d hosts at each%n",
                SEED, LEASE / 100.0, MOMENTS, HOSTS);
        System.out.println("fault                  | hosts | had new files | median s after renewal | worst | promised "
                + "| worst after boot | byte-exact");
    }

    @AfterAll
    static void close() throws IOException {
        for (Network each : NETWORKS) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(NetFault.class)
    void the_old_files_are_back_within_lease_and_five_seconds(NetFault fault) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<NetWatch.Outcome> outcomes = new ArrayList<>();
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<NetWatch.Outcome>>> runs = new ArrayList<>();
            for (Network network : NETWORKS) {
                runs.add(lanes.submit(() -> {
                    List<NetWatch.Outcome> here = new ArrayList<>();
                    for (int moment = next.getAndIncrement(); moment < MOMENTS; moment = next.getAndIncrement()) {
                        here.addAll(moment(network, fault, moment));
                    }
                    return here;
                }));
            }
            for (Future<List<NetWatch.Outcome>> run : runs) {
                outcomes.addAll(run.get());
            }
        }
        tell(fault, outcomes);
        assertThat(outcomes).hasSize(MOMENTS * HOSTS);
    }

    private static List<NetWatch.Outcome> moment(Network network, NetFault fault, int number) throws Exception {
        String change = fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
        SplittableRandom random = new SplittableRandom(SEED + 31L * fault.name().hashCode() + number);
        String label = change + ", -Dseed=" + SEED;
        List<Digest> glances = each(network, host -> host::glance);
        List<Facts> facts = each(network, host -> () -> Facts.of(host.root()));
        AtomicLong struck = new AtomicLong(-1);

        network.control(change, LEASE);
        try (var watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NetWatch.Outcome>> watches = IntStream.range(0, HOSTS)
                    .mapToObj(i -> new NetWatch(network.hosts().get(i), change, glances.get(i), LEASE))
                    .map(watch -> watchers.submit(() -> watch.watch(struck::get)))
                    .toList();
            Await.that(
                    SOON,
                    "an apply is on its way",
                    () -> network.said().stream().anyMatch(line -> line.endsWith("applying " + change)));
            LockSupport.parkNanos(1_000_000L * random.nextInt(random.nextInt(10) < 4 ? 1_000 : (int) LEASE * 20));
            fault.strike(network, random);
            struck.set(NetWatch.uptime());

            List<NetWatch.Outcome> outcomes = new ArrayList<>();
            for (Future<NetWatch.Outcome> watch : watches) {
                outcomes.add(watch.get());
            }
            outcomes.forEach(outcome -> judge(fault, outcome, label));
            fault.mend(network);
            if (fault.leavesController()) {
                learns(outcomes, network.said(), label);
            }
            for (int i = 0; i < HOSTS; i++) {
                NetHost host = network.hosts().get(i);
                assertThat(Facts.of(host.root())).as(label).isEqualTo(facts.get(i));
                assertThat(host.running()).as(label).isEqualTo("timeout = 10\n");
            }
            return outcomes;
        }
    }

    private static void judge(NetFault fault, NetWatch.Outcome outcome, String label) {
        assertThat(outcome.journal().getFirst()).as(label).isIn("NONE", "SNAPPED", "ROLLED_BACK");
        if (outcome.rolledBack()) {
            assertThat(outcome.journal().get(2)).as(label).contains("\"byteExact\":true,\"healthy\":true");
        }
        outcome.afterRenewal().ifPresent(after -> assertThat(after).as(label).isLessThanOrEqualTo(LEASE + GRACE));
        if (fault == NetFault.HOSTS_REBOOTED) {
            outcome.afterBoot().ifPresent(after -> assertThat(after).as(label).isLessThanOrEqualTo(GRACE));
        }
    }

    /// The controller that comes back hears that its change is gone, and cannot bring it to life again.
    private static void learns(List<NetWatch.Outcome> outcomes, List<String> said, String label) {
        for (int i = 0; i < HOSTS; i++) {
            if (outcomes.get(i).rolledBack()) {
                String told = (i + 1) + " RolledBack";
                Await.that(SOON, label + ": the controller is told", () -> said.contains(told));
            }
        }
    }

    private interface Look<T> {
        Callable<T> at(NetHost host);
    }

    private static <T> List<T> each(Network network, Look<T> look) throws Exception {
        List<T> found = new ArrayList<>();
        for (NetHost host : network.hosts()) {
            found.add(look.at(host).call());
        }
        return found;
    }

    private static void tell(NetFault fault, List<NetWatch.Outcome> outcomes) {
        long[] after = outcomes.stream()
                .flatMapToLong(each -> each.afterRenewal().stream())
                .sorted()
                .toArray();
        long boot = outcomes.stream()
                .flatMapToLong(each -> each.afterBoot().stream())
                .max()
                .orElse(0);
        System.out.printf(
                "%-22s | %5d | %13d | %22.2f | %5.2f | %8.2f | %16s | all%n",
                fault,
                outcomes.size(),
                after.length,
                after.length == 0 ? 0 : after[after.length / 2] / 100.0,
                after.length == 0 ? 0 : after[after.length - 1] / 100.0,
                (LEASE + GRACE) / 100.0,
                fault == NetFault.HOSTS_REBOOTED ? "%.2f".formatted(boot / 100.0) : "-");
    }
}
