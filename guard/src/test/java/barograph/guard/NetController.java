package barograph.guard;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.host.Hosts;
import barograph.host.SshAccess;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.runner.GuardLine;
import barograph.site.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A controller that is a process of its own. For each line that it reads, the name of a change, it sends that change
/// to all hosts at once over SSH, and renews the lease on each until the next line. Of each answer it writes a line:
/// the host's number and what the answer is.
final class NetController {
    private static final Edit EDIT = new Edit.Overlay(
            List.of(
                    GuardScriptTest.put("conf", "timeout = 3600\n"),
                    GuardScriptTest.put("new/deep/file", "new\n"),
                    GuardScriptTest.put("locked", "changed\n")),
            List.of("gone", "sub/deep/d"));

    private final GuardLine guards;
    private final Path at;
    private final Duration lease;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private volatile ChangeId current = new ChangeId("none");

    private NetController(GuardLine guards, Path at, Duration lease) {
        this.guards = guards;
        this.at = at;
        this.lease = lease;
    }

    /// @param arguments the network's folder, the lease in milliseconds, how many hosts
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path at = folder.resolve("at");
        SshAccess access = new SshAccess(
                folder.resolve("known_hosts"),
                List.of(folder.resolve("user_key")),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
        ShellGuards guards =
                new ShellGuards(new Hosts(access), at.resolve("state").toString());
        NetController controller = new NetController(guards, at, Duration.ofMillis(Long.parseLong(arguments[1])));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                controller.start(new ChangeId(line), Integer.parseInt(arguments[2]));
            }
        }
        System.exit(0);
    }

    private void start(ChangeId change, int hosts) {
        current = change;
        for (int i = 1; i <= hosts; i++) {
            int number = i;
            Thread.ofVirtual().uncaughtExceptionHandler(this::dies).start(() -> drive(number, change));
        }
    }

    private void drive(int number, ChangeId change) {
        Server server = NetHost.server(at, number);
        say(number, guards.send(server, new Order.Snapshot(change)));
        out.println(number + " applying " + change);
        Digest digest = Digest.of(change.value());
        say(number, guards.send(server, new Order.Apply(change, digest, EDIT, Order.Activation.RELOAD, lease)));
        while (change.equals(current)) {
            LockSupport.parkNanos(lease.dividedBy(3).toNanos());
            say(number, guards.send(server, new Order.Renew(change, lease)));
        }
    }

    private void say(int number, Receipt receipt) {
        String words = receipt instanceof Receipt.Unreachable || receipt instanceof Receipt.Refused
                ? receipt.toString()
                : receipt.getClass().getSimpleName();
        out.println(number + " " + words);
    }

    private void dies(Thread thread, Throwable cause) {
        cause.printStackTrace(out);
    }
}
