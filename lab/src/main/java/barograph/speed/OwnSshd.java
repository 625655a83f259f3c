package barograph.speed;

import barograph.host.SshAccess;
import barograph.site.At;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The machine's own sshd on a free loopback port, with keys of its own in a folder, and a log that says how many
/// commands it was asked to run.
final class OwnSshd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final Process process;

    private OwnSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// @throws IOException when there is no sshd on this machine, or it does not start
    static OwnSshd start(Path folder) throws IOException {
        Files.createDirectories(folder);
        key(folder.resolve("host_key"));
        key(folder.resolve("user_key"));
        int port = freePort();
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_key.pub")));
        Path config = Files.writeString(folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %s/host_key
                AuthorizedKeysFile %s/user_key.pub
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                # What the user's shell does at each login is not what is measured.
                SetEnv SHLVL=2
                LogLevel VERBOSE
                """.formatted(port, folder, folder));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        OwnSshd sshd = new OwnSshd(folder, port, process);
        sshd.awaitUp();
        return sshd;
    }

    At.Ssh at() {
        return new At.Ssh(System.getProperty("user.name"), "127.0.0.1", port);
    }

    SshAccess access() {
        return new SshAccess(
                folder.resolve("known_hosts"),
                List.of(folder.resolve("user_key")),
                Optional.empty(),
                PATIENCE,
                PATIENCE);
    }

    /// The `ssh` command that rsync is to use.
    String client() {
        return "ssh -p " + port + " -i " + folder.resolve("user_key") + " -o BatchMode=yes -o UserKnownHostsFile="
                + folder.resolve("known_hosts");
    }

    /// How many commands it has been asked to run since it was started.
    long commands() throws IOException {
        try (var lines = Files.lines(folder.resolve("log"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("Starting session: command"))
                    .count();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitUp() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("sshd does not start: " + Files.readString(folder.resolve("log")));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void key(Path file) throws IOException {
        exec(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", file.toString()));
    }

    /// Runs a command that must succeed.
    static void exec(List<String> command) throws IOException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + words);
        }
    }
}
