package barograph.guard;

import barograph.host.Await;
import barograph.host.RealSshd;
import barograph.record.Digest;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
    private volatile long booted;

    NetHost(Network network, int number) throws IOException {
        this.network = network;
        this.number = number;
        this.space = network.name() + "h" + number;
        this.disk = Files.createDirectories(network.folder().resolve("disk" + number));
        Files.createDirectories(disk.resolve("etc/sub/deep"));
        Files.createDirectories(disk.resolve("home")); // the machine's own has scripts for each login
        RealSshd.exec("bash", "-euc", """
                cd "$0"; echo 'timeout = 10' >conf; echo gone >gone; echo d >sub/deep/d; ln -s conf link; ln conf sub/hard
                echo locked >locked; chmod 400 locked; chown 65534 sub/deep/d; setfacl -m u:65534:r gone
                setfattr -n user.note -v x conf; echo o >$'odd\\nname'; touch -d '2001-02-03 04:05:06.123456789' conf sub .
                cat conf >../running
                """, root().toString());
    }

    /// The server as the controller knows it. What a reload takes over is what `running` has then.
    static Server server(Path at, int number) {
        return new Server(
                new ServerId("radius-" + number),
                "files",
                new At.Ssh(System.getProperty("user.name"), address(number, 2), 22),
                Stage.CANARY,
                address(number, 2),
                1812,
                new Config(at.resolve("etc").toString(), List.of(), List.of()),
                new Commands(
                        Optional.of("test -s \"$CANDIDATE/conf\""),
                        Optional.of("sleep 0.3; cat \"$ROOT/conf\" >\"$ROOT/../running\""),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.of("cmp -s \"$ROOT/conf\" \"$ROOT/../running\""),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(10)),
                Optional.empty(),
                List.of(),
                List.of());
    }

    static String address(int number, int end) {
        return "10.77." + number + "." + end;
    }

    Path root() {
        return disk.resolve("etc");
    }

    /// When its last boot began, as [NetWatch#uptime].
    long booted() {
        return booted;
    }

    String running() throws IOException {
        return Files.readString(disk.resolve("running"));
    }

    Path change(String change) {
        return disk.resolve("state/radius-" + number + "/changes/" + change);
    }

    /// Joins the network and starts sshd; what a boot hook would do first is done first.
    ///
    /// @param bootId stands for the kernel's
    void boot(String bootId) throws IOException {
        booted = NetWatch.uptime();
        RealSshd.exec("ip", "netns", "add", space);
        join();
        Path config = disk.resolve("sshd_config");
        Files.writeString(config, """
                ListenAddress %s:22
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                ClientAliveInterval 2
                SetEnv BAROGRAPH_BOOT_ID=%s
                LogLevel ERROR
                """.formatted(
                        address(number, 2), network.file("host_key"), network.file("user_key.pub"), bootId));
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
                mount --bind "$1" "$2"
                mount --bind "$1/home" "$HOME"
                if [ -e "$2/state/guard.sh" ]; then sh "$2/state/guard.sh" boot & fi
                exec /usr/sbin/sshd -D -e -f "$2/sshd_config"
                """,
                "sh",
                disk.toString(),
                network.at().toString());
        builder.environment().put("BAROGRAPH_BOOT_ID", bootId);
        builder.environment()
                .put("BAROGRAPH_STATE", network.at().resolve("state").toString());
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

    /// Drops what comes in, what goes out, or both.
    void cut(boolean in, boolean out) throws IOException {
        RealSshd.exec(
                "ip", "netns", "exec", space, "nft", """
                table inet cut {
                  chain in { type filter hook input priority 0; policy %s; }
                  chain out { type filter hook output priority 0; policy %s; }
                }""".formatted(in ? "drop" : "accept", out ? "drop" : "accept"));
    }

    void mend() throws IOException {
        RealSshd.exec("ip", "netns", "exec", space, "nft", "flush ruleset");
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
