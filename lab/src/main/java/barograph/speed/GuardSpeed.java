package barograph.speed;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.guard.ShellGuards;
import barograph.host.Hosts;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// Measures how long a change of a large configuration takes over SSH, there and back, beside `rsync -a` that carries
/// the same files there and back through the same sshd.
public final class GuardSpeed {
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Path folder;
    private final OwnSshd sshd;
    private final int files;
    private final int rounds;

    private GuardSpeed(Path folder, OwnSshd sshd, int files, int rounds) {
        this.folder = folder;
        this.sshd = sshd;
        this.files = files;
        this.rounds = rounds;
    }

    /// Some seconds of wall time and so many commands run by sshd.
    private record Cost(double seconds, long commands) {}

    /// What is measured; it may fail as sshd and tools may be missing.
    private interface Work {
        void run() throws IOException;
    }

    /// Prints a table.
    ///
    /// @param folder an empty folder for all of it
    /// @param files how many the configuration has; all of them change
    /// @param rounds how often each is measured; the median counts
    /// @throws IOException when sshd or rsync is not on this machine, or does not work
    public static void run(PrintWriter out, Path folder, int files, int rounds) throws IOException {
        try (OwnSshd sshd = OwnSshd.start(folder.resolve("sshd"))) {
            new GuardSpeed(folder, sshd, files, rounds).run(out);
        }
    }

    private void run(PrintWriter out) throws IOException {
        Path old = fill(folder.resolve("old"), 1);
        Path fresh = fill(folder.resolve("new"), 2);
        Path copied = Files.createDirectories(folder.resolve("copied"));
        rsync(old, copied);
        List<Cost> there = new ArrayList<>();
        List<Cost> back = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            there.add(measure(() -> rsync(fresh, copied)));
            back.add(measure(() -> rsync(old, copied)));
        }
        Cost rsync = median(there);
        Cost rsyncBack = median(back);
        out.printf(Locale.ROOT, "%d files, all changed, median of %d rounds; commands that sshd ran%n", files, rounds);
        row(out, "rsync -a, the new files", rsync, rsync);
        row(out, "rsync -a, the old files", rsyncBack, rsyncBack);
        try (Hosts hosts = new Hosts(sshd.access())) {
            guard(out, new ShellGuards(hosts, folder.resolve("state").toString()), rsync, rsyncBack);
        }
    }

    private void guard(PrintWriter out, ShellGuards guards, Cost rsync, Cost rsyncBack) throws IOException {
        Path live = fill(folder.resolve("live"), 1);
        Server server = server(live);
        Edit edit = edit();
        guards.send(server, new Order.Look(new ChangeId("first"))); // connects, and copies the guard over
        List<Cost> snapshots = new ArrayList<>();
        List<Cost> applies = new ArrayList<>();
        List<Cost> rollbacks = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ChangeId change = new ChangeId("round-" + round);
            Order.Apply apply =
                    new Order.Apply(change, Digest.of("round " + round), edit, Order.Activation.RELOAD, LEASE);
            snapshots.add(
                    measure(() -> expect(Receipt.Snapped.class, guards.send(server, new Order.Snapshot(change)))));
            applies.add(measure(() -> expect(Receipt.Applied.class, guards.send(server, apply))));
            rollbacks.add(
                    measure(() -> expect(Receipt.RolledBack.class, guards.send(server, new Order.RollBack(change)))));
        }
        row(out, "snapshot", median(snapshots), rsync);
        row(out, "apply", median(applies), rsync);
        row(out, "roll back", median(rollbacks), rsyncBack);
        // What the guard throws away goes after its answer.
        String trash = folder.resolve("state/large/trash").toString();
        OwnSshd.exec(List.of("timeout", "60", "sh", "-c", "while [ -e \"$0\" ]; do sleep 0.1; done", trash));
    }

    private static void expect(Class<? extends Receipt> wanted, Receipt receipt) throws IOException {
        if (!wanted.isInstance(receipt)) {
            throw new IOException("the guard answered " + receipt);
        }
    }

    private Cost measure(Work work) throws IOException {
        long commands = sshd.commands();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Cost(seconds, sshd.commands() - commands);
    }

    private static Cost median(List<Cost> costs) {
        double[] seconds = costs.stream().mapToDouble(Cost::seconds).sorted().toArray();
        return new Cost(seconds[seconds.length / 2], costs.getLast().commands());
    }

    private static void row(PrintWriter out, String what, Cost cost, Cost beside) {
        out.printf(
                Locale.ROOT,
                "%-24s %7.3f s  %d round trip(s)  %5.2f x rsync%n",
                what,
                cost.seconds(),
                cost.commands(),
                cost.seconds() / beside.seconds());
        out.flush();
    }

    private void rsync(Path from, Path to) throws IOException {
        OwnSshd.exec(List.of(
                "rsync", "-a", "-e", sshd.client(), from + "/", sshd.at().user() + "@127.0.0.1:" + to + "/"));
    }

    /// A configuration: folders of twenty files, 200 to 8,000 bytes each.
    private Path fill(Path root, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < files; i++) {
            Path file = root.resolve(name(i));
            Files.createDirectories(root.resolve("part" + i / 20));
            Files.write(file, content(random));
        }
        return root;
    }

    private Edit edit() {
        Random random = new Random(2);
        List<Edit.Put> puts = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            puts.add(new Edit.Put(name(i), 0644, content(random)));
        }
        return new Edit.Overlay(puts, List.of());
    }

    private static String name(int i) {
        return "part" + i / 20 + "/file" + i + ".conf";
    }

    private static byte[] content(Random random) {
        char[] line = new char[200 + random.nextInt(7_800)];
        for (int i = 0; i < line.length; i++) {
            line[i] = (char) ('a' + random.nextInt(26));
        }
        return new String(line).getBytes(StandardCharsets.UTF_8);
    }

    private Server server(Path live) {
        return new Server(
                new ServerId("large"),
                "files",
                sshd.at(),
                Stage.CANARY,
                "127.0.0.1",
                1812,
                new Config(live.toString(), List.of(), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(60)),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
