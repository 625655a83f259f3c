package barograph.guard;

import barograph.host.RealSshd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A controller's network namespace and those of its hosts, each joined to it by a cable (veth) of its own. Needs root.
final class Network implements AutoCloseable {
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private final String name = "bg" + ProcessHandle.current().pid() + "n" + NETWORKS.incrementAndGet();
    private final Path folder;
    private final List<NetHost> hosts = new ArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private Optional<Process> control = Optional.empty();

    private Network(Path folder) {
        this.folder = folder;
    }

    /// Skips the test where namespaces cannot be made, unless `BAROGRAPH_ALL_SERVERS=1` is set: then it fails.
    static Network open(Path folder, int hosts) throws IOException {
        Network network = new Network(folder);
        try {
            RealSshd.exec("nft", "--version");
            RealSshd.exec("ip", "netns", "add", network.controller());
        } catch (IOException e) {
            RealSshd.missing("network namespaces (root, iproute2, nftables): " + e.getMessage());
        }
        try {
            network.wire(hosts);
            return network;
        } catch (IOException e) {
            network.close();
            throw e;
        }
    }

    private void wire(int count) throws IOException {
        Files.createDirectories(Path.of("/run/sshd"));
        Files.createDirectories(at());
        RealSshd.key(file("host_key"));
        RealSshd.key(file("user_key"));
        StringBuilder known = new StringBuilder();
        for (int number = 1; number <= count; number++) {
            known.append(NetHost.address(number, 2)).append(' ').append(Files.readString(file("host_key.pub")));
            NetHost host = new NetHost(this, number);
            hosts.add(host);
            host.boot("boot-0");
        }
        Files.writeString(file("known_hosts"), known);
        hosts.forEach(NetHost::awaitUp);
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    Path file(String named) {
        return folder.resolve(named);
    }

    /// Where each host sees its own disk.
    Path at() {
        return folder.resolve("at");
    }

    String controller() {
        return name + "c";
    }

    List<NetHost> hosts() {
        return hosts;
    }

    /// Has the controller, which is started when none is alive, send a change to all hosts and renew its lease.
    ///
    /// @param lease in hundredths of a second
    void control(String change, long lease) throws IOException {
        if (control.isEmpty() || !control.get().isAlive()) {
            Process started = new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            controller(),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NetController.class.getName(),
                            folder.toString(),
                            Long.toString(lease * 10),
                            Integer.toString(hosts.size()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            file("controller.err").toFile()))
                    .start();
            Thread.startVirtualThread(() -> listen(started));
            control = Optional.of(started);
        }
        Process controlling = control.get();
        said.clear();
        controlling.outputWriter().write(change + "\n");
        controlling.outputWriter().flush();
    }

    private void listen(Process controller) {
        try (BufferedReader out = controller.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
    }

    /// What the controller has said since it was given its change.
    List<String> said() {
        return said;
    }

    /// With SIGKILL.
    void killController() {
        control.ifPresent(each -> each.toHandle().destroyForcibly());
        control.ifPresent(each -> each.onExit().join());
    }

    @Override
    public void close() throws IOException {
        killController();
        for (NetHost host : hosts) {
            host.powerOff();
        }
        RealSshd.exec("ip", "netns", "delete", controller());
    }
}
