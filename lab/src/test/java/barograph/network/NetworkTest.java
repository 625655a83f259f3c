package barograph.network;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.guard.Facts;
import barograph.host.Await;
import barograph.record.Digest;
import barograph.record.Verification;
import barograph.rollout.Ending;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An unconfirmed change does not stay, whatever happens to controller, network and hosts: `barograph apply` in a
/// process of its own, with its record and its mail, real sshds and the real guard on two hosts, each in namespaces of
/// its own, and a fault at a random moment of a rollout that waits for the last word.
///
/// The whole table, on a quiet machine: `-Dleft.out=none -Dmoments=30 -Dlanes=4 -Dgrace=500`; the same moments again,
/// as
/// far as a machine repeats itself: `-Dseed=…`.
final class NetworkTest {
    private static final int MOMENTS = Integer.getInteger("moments", 1);
    private static final int LANES = Integer.getInteger("lanes", 2);
    private static final int HOSTS = 2;
    private static final Duration SOON = Duration.ofMinutes(3);

    /// How long a rollout may take that loses packets all the time.
    private static final Duration LATE = Duration.ofMinutes(5);

    /// In hundredths of a second, as all times here.
    private static final long LEASE = 500;

    /// What is promised is 500. A machine that is busy with other tests may take longer, and what is looked at there is
    /// whether the old files come back at all.
    private static final long GRACE = Long.getLong("grace", 3_000);

    private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xffff);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final List<Lane> ALL = new ArrayList<>();

    private record Lane(Network network, NetSite site) {}

    @BeforeAll
    static void open() throws IOException {
        for (int lane = 0; lane < LANES; lane++) {
            Network network = Network.open(Files.createDirectories(folder.resolve("lane" + lane)), HOSTS);
            ALL.add(new Lane(network, new NetSite(network)));
        }
        System.out.printf("NetworkTest -Dseed=%d: %d moments for each fault, %d hosts%n", SEED, MOMENTS, HOSTS);
    }

    @AfterAll
    static void close() throws IOException {
        for (Lane each : ALL) {
            each.network().close();
            each.site().close();
        }
    }

    private interface Moment<T> {
        T play(Lane lane, NetFault fault, int number) throws Exception;
    }

    private record Played<T>(NetFault fault, T outcome) {}

    /// Plays all moments of some faults, in as many networks at once as there are. One that breaks does not end the
    /// others.
    private static <T> List<Played<T>> moments(Set<NetFault> faults, Moment<T> moment) throws Exception {
        Queue<NetFault> left = new ConcurrentLinkedQueue<>();
        faults.forEach(fault -> left.addAll(Collections.nCopies(MOMENTS, fault)));
        AtomicInteger numbers = new AtomicInteger();
        List<Played<T>> all = Collections.synchronizedList(new ArrayList<>());
        List<String> broken = Collections.synchronizedList(new ArrayList<>());
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (Lane lane : ALL) {
                runs.add(lanes.submit(() -> {
                    for (NetFault fault = left.poll(); fault != null; fault = left.poll()) {
                        int number = numbers.getAndIncrement();
                        try {
                            all.add(new Played<>(fault, moment.play(lane, fault, number)));
                        } catch (AssertionError e) {
                            broken.add(fault + ": " + e.getMessage());
                            clear(lane, fault, new ChangeId(name(fault, number)));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertThat(broken).isEmpty();
        assertThat(all).hasSize(MOMENTS * faults.size());
        for (Lane lane : ALL) {
            assertThat(lane.site().verification()).isInstanceOf(Verification.Intact.class);
        }
        return all;
    }

    /// A change that broke is not left in the way of the next one.
    private static void clear(Lane lane, NetFault fault, ChangeId change) throws Exception {
        fault.mend(lane.network());
        lane.network().killController();
        if (lane.site().rollout(change).ending().isEmpty()) {
            lane.site().rollBack(change);
            lane.site().apply(change).waitFor();
        }
    }

    private static <T> List<T> of(NetFault fault, List<Played<T>> all) {
        return all.stream()
                .filter(each -> each.fault() == fault)
                .map(Played::outcome)
                .toList();
    }

    private static String name(NetFault fault, int number) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    }

    private static SplittableRandom random(NetFault fault, int number) {
        return new SplittableRandom(SEED + 31L * fault.name().hashCode() + number);
    }

    @Test
    void an_unconfirmed_change_goes_back_by_itself() throws Exception {
        Set<NetFault> faults = MOMENTS == 1 ? NetFault.withOneCut(SEED) : NetFault.DEADLY;

        List<Played<List<NetWatch.Outcome>>> all = moments(faults, NetworkTest::struck);

        faults.forEach(fault ->
                tell(fault, of(fault, all).stream().flatMap(List::stream).toList()));
    }

    private static List<NetWatch.Outcome> struck(Lane lane, NetFault fault, int number) throws Exception {
        Network network = lane.network();
        NetSite site = lane.site();
        String label = name(fault, number) + ", -Dseed=" + SEED;
        SplittableRandom random = random(fault, number);
        List<Digest> glances = each(network, host -> host::glance);
        List<Facts> facts = each(network, host -> () -> Facts.of(host.root()));
        AtomicLong strike = new AtomicLong(-1);
        ChangeId change = site.propose(name(fault, number), "5s", """
                remove: [gone, sub/deep/d]
                confirm: { by: us, within: 1h }
                """);

        Process controller = site.apply(change);
        try (var watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NetWatch.Outcome>> watches = IntStream.range(0, HOSTS)
                    .mapToObj(i -> new NetWatch(network.hosts().get(i), change.value(), glances.get(i), LEASE))
                    .map(watch -> watchers.submit(() -> watch.watch(strike::get)))
                    .toList();
            awaitMoment(site, change, random);
            fault.strike(network, random);
            strike.set(NetWatch.uptime());

            List<NetWatch.Outcome> outcomes = new ArrayList<>();
            for (Future<NetWatch.Outcome> watch : watches) {
                outcomes.add(watch.get());
            }
            outcomes.forEach(outcome -> judge(fault, outcome, label));
            if (outcomes.stream().noneMatch(NetWatch.Outcome::rolledBack)) {
                site.rollBack(change); // no host had it yet; a person calls it off, or it would go on
            }
            fault.mend(network);
            learns(site, change, controller.isAlive() ? controller : site.apply(change), label);
            for (int i = 0; i < HOSTS; i++) {
                assertThat(Facts.of(network.hosts().get(i).root())).as(label).isEqualTo(facts.get(i));
                inForce(network.hosts().get(i), label);
            }
            return outcomes;
        }
    }

    /// Somewhere in the rollout: while an order is on its way to one of the hosts, or while one or both have the
    /// change.
    private static void awaitMoment(NetSite site, ChangeId change, SplittableRandom random) {
        List<Predicate<Event>> beginnings = List.of(
                event -> isOrder(event, Errand.SNAPSHOT, "radius-1"),
                event -> isOrder(event, Errand.APPLY, "radius-1"),
                event -> isOrder(event, Errand.APPLY, "radius-2"),
                event -> event instanceof Event.Answered answered
                        && answered.errand() == Errand.APPLY
                        && answered.server().value().equals("radius-2"));
        int which = random.nextInt(beginnings.size());
        Await.that(
                SOON,
                "moment " + which + " of " + change,
                () -> site.history(change).stream()
                        .map(Happening::event)
                        .anyMatch(
                                beginnings.get(which).or(Event.RollbackCalled.class::isInstance))); // on a busy machine
        LockSupport.parkNanos(1_000_000L * random.nextInt(random.nextBoolean() ? 1_000 : (int) LEASE * 20));
    }

    private static boolean isOrder(Event event, Errand errand, String server) {
        return event instanceof Event.Ordered ordered
                && ordered.errand() == errand
                && ordered.server().value().equals(server);
    }

    private static void judge(NetFault fault, NetWatch.Outcome outcome, String label) {
        assertThat(outcome.journal().getFirst()).as(label).isIn("NONE", "SNAPPED", "ROLLED_BACK");
        if (outcome.rolledBack()) {
            assertThat(outcome.journal().get(2)).as(label).contains("\"byteExact\":true,\"healthy\":true");
        }
        if (fault == NetFault.HOSTS_REBOOTED) { // nothing runs on it while it has no power
            outcome.afterBoot().ifPresent(after -> assertThat(after).as(label).isLessThanOrEqualTo(GRACE));
        } else {
            outcome.afterRenewal()
                    .ifPresent(after -> assertThat(after).as(label).isLessThanOrEqualTo(LEASE + GRACE));
        }
    }

    /// The controller that comes back, or another one, hears that the change is gone, writes it down and tells
    /// everybody.
    private static void learns(NetSite site, ChangeId change, Process controller, String label) throws Exception {
        assertThat(controller.waitFor(LATE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> label + " " + site.history(change))
                .isTrue();
        Rollout rollout = site.rollout(change);
        assertThat(rollout.ending().orElseThrow())
                .as(() -> label + " " + site.history(change))
                .isIn(Ending.ROLLED_BACK, Ending.WITHDRAWN);
        assertThat(controller.exitValue()).as(label).isEqualTo(1);
        if (rollout.ending().get() == Ending.ROLLED_BACK) {
            assertThat(site.told(change)).as(label).containsAll(NetSite.EVERYBODY);
        }
    }

    private static void inForce(NetHost host, String label) throws IOException {
        assertThat(host.running())
                .as(label)
                .isEqualTo(Files.readString(host.root().resolve("conf")));
    }

    /// A good change that nobody has to confirm, on a line that loses or holds up packets all the time.
    @Test
    @Tag("whole")
    void on_a_bad_line_a_change_is_made_whole_or_taken_back_whole() throws Exception {
        List<Played<Boolean>> all = moments(NetFault.BAD_LINES, NetworkTest::carried);

        for (NetFault fault : NetFault.BAD_LINES) {
            List<Boolean> confirmed = of(fault, all);
            long made = confirmed.stream().filter(each -> each).count();
            System.out.printf(
                    "%-22s | %d rollouts | %d confirmed | %d taken back | none left half%n",
                    fault, confirmed.size(), made, confirmed.size() - made);
        }
    }

    private static boolean carried(Lane lane, NetFault fault, int number) throws Exception {
        Network network = lane.network();
        NetSite site = lane.site();
        String label = name(fault, number) + ", -Dseed=" + SEED;
        List<Facts> facts = each(network, host -> () -> Facts.of(host.root()));
        ChangeId change = site.propose(name(fault, number), "20s", "");

        fault.strike(network, random(fault, number));
        Process controller = site.apply(change);
        assertThat(controller.waitFor(LATE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> label + " " + site.history(change))
                .isTrue();
        fault.mend(network);
        Ending ending = site.rollout(change).ending().orElseThrow(() -> new AssertionError(label));

        assertThat(ending)
                .as(() -> label + " " + site.history(change))
                .isIn(Ending.CONFIRMED, Ending.ROLLED_BACK, Ending.WITHDRAWN);
        for (int i = 0; i < HOSTS; i++) {
            NetHost host = network.hosts().get(i);
            if (ending == Ending.CONFIRMED) {
                assertThat(host.root().resolve("conf")).as(label).content().contains(change.value());
                assertThat(host.root().resolve("locked")).as(label).content().contains(change.value());
                assertThat(host.root().resolve("new/deep/file"))
                        .as(label)
                        .content()
                        .contains(change.value());
                assertThat(Files.readAllLines(host.change(change.value()).resolve("journal")))
                        .as(label)
                        .startsWith("CONFIRMED");
            } else {
                assertThat(Facts.of(host.root())).as(label).isEqualTo(facts.get(i));
            }
            inForce(host, label);
        }
        return ending == Ending.CONFIRMED;
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
                "%-22s | %d hosts | %d had new files | after the last renewal median %.2f s, worst %.2f s of %.2f s"
                        + " | worst after boot %s | all byte-exact%n",
                fault,
                outcomes.size(),
                after.length,
                after.length == 0 ? 0 : after[after.length / 2] / 100.0,
                after.length == 0 ? 0 : after[after.length - 1] / 100.0,
                (LEASE + GRACE) / 100.0,
                fault == NetFault.HOSTS_REBOOTED ? "%.2f s".formatted(boot / 100.0) : "-");
    }
}
