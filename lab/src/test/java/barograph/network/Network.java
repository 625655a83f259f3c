package barograph.network;

import barograph.host.RealSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A controller's network namespace and those of its hosts, each joined to it by a cable (veth) of its own; another
/// cable
/// leads to this process, where the mail server is. Needs root.
final class Network implements AutoCloseable {
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private final int number = NETWORKS.incrementAndGet();
    private final String name = "bg" + ProcessHandle.current().pid() + "n" + number;
    private final Path folder;
    private final List<NetHost> hosts = new ArrayList<>();
    private final List<Process> controllers = new ArrayList<>();

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
        Path ssh = Files.createDirectories(folder.resolve("home/.ssh"));
        RealSshd.key(folder.resolve("host_key"));
        RealSshd.key(ssh.resolve("id_ed25519"));
        String mail = "m" + ProcessHandle.current().pid() + "n" + number;
        ip("link add " + mail + " type veth peer name mail netns " + controller());
        ip("address add " + mailAddress(1) + "/30 dev " + mail);
        ip("link set " + mail + " up");
        ip("-n " + controller() + " address add " + mailAddress(2) + "/30 dev mail");
        ip("-n " + controller() + " link set mail up");
        ip("-n " + controller() + " link set lo up");
        StringBuilder known = new StringBuilder();
        for (int each = 1; each <= count; each++) {
            known.append(NetHost.address(each, 2)).append(' ').append(Files.readString(folder.resolve("host_key.pub")));
            NetHost host = new NetHost(this, each);
            hosts.add(host);
            host.boot();
        }
        Files.writeString(ssh.resolve("known_hosts"), known);
        hosts.forEach(NetHost::awaitUp);
    }

    private static void ip(String words) throws IOException {
        RealSshd.exec(("ip " + words).split(" "));
    }

    /// @param end 1 is this process's, 2 the controller's
    String mailAddress(int end) {
        return "10." + (128 + ProcessHandle.current().pid() % 100) + "." + number + "." + end;
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
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

    /// Starts the program as it is shipped, on the controller's side of the network.
    ///
    /// @param words of `barograph`
    Process barograph(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                controller(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                "barograph.demo.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("controller.log").toFile()));
        builder.environment()
                .put("BAROGRAPH_GUARD_FOLDER", at().resolve("state").toString());
        builder.environment().remove("SSH_AUTH_SOCK");
        Process started = builder.start();
        controllers.add(started);
        return started;
    }

    /// With SIGKILL.
    void killController() {
        for (Process each : controllers) {
            each.destroyForcibly().onExit().join();
        }
        controllers.clear();
    }

    @Override
    public void close() throws IOException {
        killController();
        for (NetHost host : hosts) {
            host.powerOff();
        }
        ip("netns delete " + controller());
    }
}
