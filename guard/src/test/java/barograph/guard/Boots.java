package barograph.guard;

import barograph.host.Await;
import barograph.host.RealSshd;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// A host that can be booted and lose its power: processes, mounts and a network of its own over this machine's files.
///
/// What is on its disk stays: the den's folder, `/etc/systemd/system` and the crontabs. What is not is new at each
/// boot:
/// processes, `/run` and the kernel's boot id. There is no virtual machine, and no systemd: where the latter is wanted,
/// the test does with the units what it would.
final class Boots implements AutoCloseable {
    private final Path folder;
    private final String run;
    private Optional<Process> host = Optional.empty();

    /// @param run shell commands that put into `/run` what a boot does, and start what listens there
    Boots(Path folder, String run) throws IOException {
        this.folder = folder;
        this.run = run;
        if (!System.getProperty("user.name").equals("root")) {
            RealSshd.missing("only root can boot a host of its own");
        }
        Files.createDirectories(folder.resolve("systemd"));
        Files.createDirectories(folder.resolve("crontabs"));
        RealSshd.exec("chmod", "1730", folder.resolve("crontabs").toString());
    }

    /// @param den is driven from inside from now on
    void boot(Den den) throws IOException {
        Files.writeString(folder.resolve("boot_id"), UUID.randomUUID() + "\n");
        Path up = folder.resolve("up");
        Files.deleteIfExists(up);
        Process started = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--net",
                        "--fork",
                        "--kill-child",
                        "sh",
                        "-euc",
                        """
                        mount -t proc proc /proc
                        mount --bind "$0/boot_id" /proc/sys/kernel/random/boot_id
                        mount --bind "$0/systemd" /etc/systemd/system
                        if [ -d /var/spool/cron/crontabs ]; then mount --bind "$0/crontabs" /var/spool/cron/crontabs; fi
                        mount -t tmpfs tmpfs /run
                        ip link set lo up
                        """ + run + "\n: >\"$0/up\"\nwhile :; do sleep 1000; done",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "said")))
                .start();
        host = Optional.of(started);
        Await.that(Den.SOON, "the host is up", () -> Files.exists(up));
        den.inside("nsenter", "--target", Long.toString(init()), "--mount", "--pid", "--net", "--");
    }

    private long init() {
        return host.orElseThrow().children().findFirst().orElseThrow().pid();
    }

    /// Runs shell commands on it; their output.
    String sh(String text) throws IOException {
        return RealSshd.exec(
                "nsenter", "--target", Long.toString(init()), "--mount", "--pid", "--net", "--", "sh", "-euc", text);
    }

    /// Ends everything that runs on the host, at once.
    void losePower() {
        host.ifPresent(each -> {
            each.children().forEach(ProcessHandle::destroyForcibly);
            Await.that(Den.SOON, "the host is off", () -> !each.isAlive());
        });
    }

    @Override
    public void close() {
        losePower();
    }
}
