package barograph.vantage;

import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.servers.Certificates;
import barograph.servers.RealFreeRadius;
import barograph.servers.RealSlapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Real servers in network namespaces, joined by a router on which faults are made: the controller, two FreeRADIUS
/// servers, and the slapd that both ask. Needs root.
///
/// The router's side towards the first RADIUS server is like a tunnel's: its packets are at most 600 bytes, so that the
/// certificate of a TLS tunnel comes in fragments.
final class NetLab implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> ENDS = List.of("c", "a", "b", "d");

    private final String name = "bgd" + ProcessHandle.current().pid();
    private final Path folder;
    private final Map<Path, String> originals = new TreeMap<>();
    final RealFreeRadius changed;
    final RealFreeRadius unchanged;
    final RealSlapd directory;
    final Certificates certificates;
    private Optional<Process> controller = Optional.empty();

    private NetLab(Path folder) throws IOException {
        this.folder = folder;
        certificates = Certificates.in(folder.resolve("certificates"));
        directory = RealSlapd.in(folder.resolve("directory")).withTls(certificates.forAddress(NetSite.DIRECTORY_AT));
        changed = radius("radius-1");
        unchanged = radius("radius-2");
        edit(folder.resolve("directory/slapd"), "127\\.0\\.0\\.1", "0.0.0.0");
    }

    private void start() throws IOException {
        wire();
        run("d", folder.resolve("directory/slapd").toString(), "start");
        run("a", folder.resolve("radius-1/radius").toString(), "start");
        run("b", folder.resolve("radius-2/radius").toString(), "start");
        controller = Optional.of(controller());
        try (Stream<Path> files = Files.walk(changed.root())) {
            files.filter(Files::isRegularFile).forEach(file -> originals.put(file, read(file)));
        }
    }

    static NetLab in(Path folder) throws IOException {
        try {
            RealSshd.exec("nft", "--version");
            RealSshd.exec("unshare", "--net", "true");
        } catch (IOException e) {
            RealSshd.missing("network namespaces (root, iproute2, nftables): " + e.getMessage());
        }
        NetLab lab = new NetLab(folder);
        try {
            lab.start();
            return lab;
        } catch (IOException | AssertionError e) {
            lab.close();
            throw e;
        }
    }

    /// Asks the directory by its name, speaks EAP too, and takes everybody in 10.77/16 as a client.
    private RealFreeRadius radius(String id) throws IOException {
        RealFreeRadius radius = RealFreeRadius.in(folder.resolve(id))
                .speakingEap(chain(), certificates.authority())
                .authenticatingAgainst(directory);
        edit(radius.root().resolve("sites-available/default"), "ipaddr = 127\\.0\\.0\\.1", "ipaddr = *");
        edit(
                radius.root().resolve("sites-available/default"),
                "(?m)^(\\s*)preprocess$",
                "$1preprocess\n$1eap {\n$1 ok = return\n$1}");
        edit(
                radius.root().resolve("sites-available/default"),
                "authenticate \\{",
                "authenticate {\n eap\n Auth-Type PAP {\n pap\n }\n Auth-Type MS-CHAP {\n mschap\n }");
        edit(
                radius.root().resolve("mods-available/ldap"),
                "server = '127\\.0\\.0\\.1'",
                "server = '" + NetSite.DIRECTORY_NAME + "'");
        edit(radius.root().resolve("mods-available/ldap"), "start = 1", "start = 0");
        edit(radius.root().resolve("mods-available/ldap"), "(?m)^(\\s*)min = 1", "$1min = 0");
        edit(radius.root().resolve("mods-available/ldap"), "(?m)^(\\s*)spare = 1", "$1spare = 0");
        edit(radius.root().resolve("mods-available/ldap"), "(res_timeout|srv_timelimit) = 2", "$1 = 5");
        edit(radius.root().resolve("mods-available/ldap"), "net_timeout = 1", "net_timeout = 3");
        edit(radius.root().resolve("clients.conf"), "127\\.0\\.0\\.0/8", "10.77.0.0/16");
        return radius;
    }

    /// With the authority behind it, so that it is long.
    private Certificates.Pair chain() throws IOException {
        Certificates.Pair pair = certificates.valid();
        Path chain = folder.resolve("certificates/chain.pem");
        Files.writeString(chain, Files.readString(pair.certificate()) + Files.readString(certificates.authority()));
        return new Certificates.Pair(chain, pair.key());
    }

    private void wire() throws IOException {
        RealSshd.exec("ip", "netns", "add", name + "f");
        RealSshd.exec("ip", "netns", "exec", name + "f", "sysctl", "-qw", "net.ipv4.ip_forward=1");
        for (int number = 1; number <= ENDS.size(); number++) {
            String space = name + ENDS.get(number - 1);
            String net = "10.77." + number + ".";
            RealSshd.exec("ip", "netns", "add", space);
            RealSshd.exec(
                    "ip",
                    "link",
                    "add",
                    "e0",
                    "netns",
                    space,
                    "type",
                    "veth",
                    "peer",
                    "name",
                    "r" + number,
                    "netns",
                    name + "f");
            RealSshd.exec("ip", "-n", space, "link", "set", "lo", "up");
            RealSshd.exec("ip", "-n", space, "link", "set", "e0", "up");
            RealSshd.exec("ip", "-n", name + "f", "link", "set", "r" + number, "up");
            RealSshd.exec("ip", "-n", space, "address", "add", net + "2/24", "dev", "e0");
            RealSshd.exec("ip", "-n", name + "f", "address", "add", net + "1/24", "dev", "r" + number);
            RealSshd.exec("ip", "-n", space, "route", "add", "default", "via", net + "1");
            Path resolver =
                    Files.createDirectories(Path.of("/etc/netns", space)).resolve("resolv.conf");
            Files.writeString(resolver, "nameserver " + NetSite.CONTROLLER_AT + "\noptions timeout:3 attempts:2\n");
        }
        RealSshd.exec("ip", "-n", name + "f", "link", "set", "lo", "up");
        RealSshd.exec("ip", "-n", name + "a", "link", "set", "e0", "mtu", "600");
        RealSshd.exec("ip", "-n", name + "f", "link", "set", "r2", "mtu", "600");
    }

    private Process controller() throws IOException {
        return new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        name + "c",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NetController.class.getName(),
                        folder.toString(),
                        changed.port() + "," + unchanged.port() + "," + directory.tlsPort(),
                        name + "a",
                        name + "b",
                        name + "d")
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("controller.err").toFile()))
                .start();
    }

    /// Runs a command on one of the hosts: `c`, `a`, `b`, `d`, or the router `f`.
    String run(String end, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name + end));
        all.addAll(List.of(command));
        return RealSshd.exec(all.toArray(String[]::new));
    }

    /// Rules for what the router carries.
    void rules(String... rules) throws IOException {
        run("f", "nft", """
                table inet fw {
                  chain forward {
                    type filter hook forward priority 0
                    %s
                  }
                }
                """.formatted(String.join("\n", rules)));
    }

    /// Changes a file of the first RADIUS server, which takes it over when it is restarted.
    void edit(String path, String pattern, String replacement) throws IOException {
        edit(changed.root().resolve(path), pattern, replacement);
    }

    /// The same, and restarts it.
    void change(String path, String pattern, String replacement) throws IOException {
        edit(path, pattern, replacement);
        restart();
    }

    void restart() throws IOException {
        run("a", folder.resolve("radius-1/radius").toString(), "restart");
    }

    /// Takes every fault and every change back.
    void mend() throws IOException {
        run("f", "nft", "flush ruleset");
        for (Map.Entry<Path, String> file : originals.entrySet()) {
            if (!read(file.getKey()).equals(file.getValue())) {
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        restart();
    }

    /// What the controller says about a server: one line of JSON.
    ///
    /// @param path the file that the change touched; `-` while all is well, to remember how the probes end then
    String diagnose(String server, String path, String line) throws IOException {
        Process asked = controller.orElseThrow();
        asked.outputWriter().write(server + " " + path + " " + line + "\n");
        asked.outputWriter().flush();
        String said = asked.inputReader().readLine();
        if (said == null) {
            throw new IOException("the controller has gone: " + Files.readString(folder.resolve("controller.err")));
        }
        return said;
    }

    private static void edit(Path file, String pattern, String replacement) throws IOException {
        String text = Files.readString(file);
        String edited = text.replaceAll(pattern, replacement);
        if (edited.equals(text)) {
            throw new IOException("nothing in " + file + " is " + pattern);
        }
        Files.writeString(file, edited);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        controller.ifPresent(each -> each.toHandle().destroyForcibly());
        controller.ifPresent(each -> each.onExit().join());
        for (String end : List.of("c", "a", "b", "d", "f")) {
            for (String process :
                    RealSshd.exec("ip", "netns", "pids", name + end).split("\\s+", -1)) {
                if (!process.isEmpty()) {
                    ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
            Await.that(
                    SOON,
                    "all of " + end + " is dead",
                    () -> RealSshd.exec("ip", "netns", "pids", name + end).isBlank());
            RealSshd.exec("ip", "netns", "delete", name + end);
            if (!end.equals("f")) {
                Files.deleteIfExists(Path.of("/etc/netns", name + end, "resolv.conf"));
                Files.deleteIfExists(Path.of("/etc/netns", name + end));
            }
        }
    }
}
