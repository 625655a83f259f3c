package barograph.network;

import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.record.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// A host of its own in network, mount and process namespaces: it has an address, an sshd, a folder that all hosts see
/// at the same place, and a power switch that ends every process on it at once.
///
/// Its clock is the machine's: `/proc/uptime` is the same in all namespaces.
final class NetHost {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Network network;
    private final int number;
    private final String space;
    private final Path disk;
    private Optional<Process> power = Optional.empty();

    NetHost(Network network, int number) throws IOException {
        this.network = network;
        this.number = number;
        this.space = network.name() + "h" + number;
        this.disk = Files.createDirectories(network.folder().resolve("disk" + number));
        Files.createDirectories(disk.resolve("etc/sub/deep"));
        Files.createDirectories(disk.resolve("home")); // the machine's own has scripts for each login
        Files.createFile(log());
        RealSshd.exec("bash", "-euc", """
                cd "$0"; echo 'timeout = 10' >conf; echo gone >gone; echo d >sub/deep/d; ln -s conf link; ln conf sub/hard
                echo locked >locked; chmod 400 locked; chown 65534 sub/deep/d; setfacl -m u:65534:r gone
                setfattr -n user.note -v x conf; echo o >$'odd\\nname'; touch -d '2001-02-03 04:05:06.123456789' conf sub .
                cat conf >../running
                """, root().toString());
    }

    static String address(int number, int end) {
        return "10.77." + number + "." + end;
    }

    Path root() {
        return disk.resolve("etc");
    }

    /// When its last boot began, as [NetWatch#uptime].
    long booted() throws IOException {
        return NetWatch.uptime(disk.resolve("booted"));
    }

    String running() throws IOException {
        return Files.readString(disk.resolve("running"));
    }

    /// The log of its logins.
    Path log() {
        return disk.resolve("log");
    }

    Path change(String change) {
        return disk.resolve("state/radius-" + number + "/changes/" + change);
    }

    /// Joins the network, starts what the guard has left to be called at boot, and sshd. The kernel has another boot
    /// id.
    void boot() throws IOException {
        RealSshd.exec("ip", "netns", "add", space);
        join();
        Files.writeString(disk.resolve("boot_id"), UUID.randomUUID() + "\n");
        Files.writeString(disk.resolve("sshd_config"), """
                ListenAddress %s:22
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                ClientAliveInterval 2
                LogLevel ERROR
                """.formatted(
                        address(number, 2),
                        network.folder().resolve("host_key"),
                        network.folder().resolve("home/.ssh/id_ed25519.pub")));
        ProcessBuilder builder = new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                space,
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-euc",
                """
                cat /proc/uptime >"$1/booted"
                mount --bind "$1/boot_id" /proc/sys/kernel/random/boot_id
                mount --bind "$1" "$2"
                mount --bind "$1/home" "$HOME"
                if [ -e "$2/at-boot" ]; then sh "$2/at-boot" & fi
                exec /usr/sbin/sshd -D -e -f "$2/sshd_config"
                """,
                "sh",
                disk.toString(),
                network.at().toString());
        power = Optional.of(builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(disk.resolve("console").toFile()))
                .start());
    }

    private void join() throws IOException {
        String here = "h" + number;
        String there = "c" + number;
        RealSshd.exec(
                "ip",
                "link",
                "add",
                here,
                "netns",
                space,
                "type",
                "veth",
                "peer",
                "name",
                there,
                "netns",
                network.controller());
        up(space, "lo");
        up(space, here);
        up(network.controller(), there);
        RealSshd.exec("ip", "-n", space, "address", "add", address(number, 2) + "/24", "dev", here);
        RealSshd.exec("ip", "-n", network.controller(), "address", "add", address(number, 1) + "/24", "dev", there);
    }

    private static void up(String space, String device) throws IOException {
        RealSshd.exec("ip", "-n", space, "link", "set", device, "up");
    }

    /// Waits until sshd greets whoever comes from the controller's side.
    void awaitUp() {
        Await.that(SOON, "sshd of host " + number + " is up", () -> {
            String command = "exec 3<>/dev/tcp/" + address(number, 2) + "/22; read -t 2 -r line <&3; echo \"$line\"";
            return RealSshd.exec("ip", "netns", "exec", network.controller(), "bash", "-c", command)
                    .startsWith("SSH-2.0");
        });
    }

    /// Ends every process on the host with SIGKILL, and takes its network away.
    void powerOff() throws IOException {
        if (power.isPresent()) {
            power.get().toHandle().destroyForcibly();
            power = Optional.empty();
            Await.that(
                    SOON,
                    "all of host " + number + " is dead",
                    () -> RealSshd.exec("ip", "netns", "pids", space).isBlank());
        }
        RealSshd.exec("ip", "netns", "delete", space);
        Await.that(
                SOON,
                "its cable is gone",
                () -> !RealSshd.exec("ip", "-n", network.controller(), "link").contains(" c" + number + "@"));
    }

    /// Drops packets by chance.
    ///
    /// @param in how many of a hundred that come in
    /// @param out how many of a hundred that go out
    void lose(int in, int out) throws IOException {
        RealSshd.exec("ip", "netns", "exec", space, "nft", """
                table inet lost {
                  chain in { type filter hook input priority 0; %s }
                  chain out { type filter hook output priority 0; %s }
                }""".formatted(dropping(in), dropping(out)));
    }

    private static String dropping(int percent) {
        return percent == 100 ? "drop;" : "numgen random mod 100 < " + percent + " drop;";
    }

    /// Lets only little through at a time; packets wait, and are dropped when there are too many.
    void narrow() throws IOException {
        for (String[] end : new String[][] {{space, "h" + number}, {network.controller(), "c" + number}}) {
            RealSshd.exec(
                    ("tc -n " + end[0] + " qdisc add dev " + end[1] + " root tbf rate 64kbit burst 1600 latency 4s")
                            .split(" "));
        }
    }

    void mend() throws IOException {
        RealSshd.exec("ip", "netns", "exec", space, "nft", "flush ruleset");
        for (String[] end : new String[][] {{space, "h" + number}, {network.controller(), "c" + number}}) {
            if (RealSshd.exec("tc", "-n", end[0], "qdisc", "show", "dev", end[1])
                    .contains("tbf")) {
                RealSshd.exec("tc", "-n", end[0], "qdisc", "del", "dev", end[1], "root");
            }
        }
    }

    /// A quick look at the folder: names, kinds, modes, times and contents.
    Digest glance() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(root())) {
            for (Path each : files.sorted().toList()) {
                var facts = Files.readAttributes(
                        each, "unix:mode,uid,gid,lastModifiedTime,nlink", LinkOption.NOFOLLOW_LINKS);
                all.append(each).append(new TreeMap<>(facts));
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    all.append(Digest.of(Files.readAllBytes(each)).hex());
                }
            }
        }
        return Digest.of(all.toString());
    }
}
