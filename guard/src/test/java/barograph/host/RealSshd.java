package barograph.host;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import barograph.site.At;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Debian's own sshd on an ephemeral loopback port, with keys of its own in a folder that is thrown away.
public final class RealSshd implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final List<String> around;
    private Process process;

    private RealSshd(Path folder, int port, List<String> around) throws IOException {
        this.folder = folder;
        this.port = port;
        this.around = around;
        this.process = launch();
    }

    /// Skips the test where sshd is missing, unless `BAROGRAPH_ALL_SERVERS=1` is set: then it fails.
    public static RealSshd start(Path folder) throws IOException {
        return start(folder, "PasswordAuthentication no\n", List.of());
    }

    /// Lets people in by password who are on this server only: it runs with account files of its own.
    ///
    /// @param shadow lines of shadow(5), with `PASSWORD` for the digest of the name and `-pw`
    public static RealSshd withAccounts(Path folder, List<String> shadow) throws IOException {
        return withAccounts(folder, shadow, "true");
    }

    /// @param more a shell command that prepares its mount namespace further
    public static RealSshd withAccounts(Path folder, List<String> shadow, String more) throws IOException {
        Path passwd = folder.resolve("passwd");
        Path digests = folder.resolve("shadow");
        Files.copy(Path.of("/etc/passwd"), passwd);
        Files.copy(Path.of("/etc/shadow"), digests);
        int id = 30_000;
        for (String line : shadow) {
            String name = line.substring(0, line.indexOf(':'));
            String account = name + ":x:" + id + ":" + id++ + "::/:/bin/sh\n";
            Files.writeString(passwd, account, StandardOpenOption.APPEND);
            String digest = exec("openssl", "passwd", "-6", name + "-pw").strip();
            Files.writeString(digests, line.replace("PASSWORD", digest) + "\n", StandardOpenOption.APPEND);
        }
        String bound = "mount --bind '%s' /etc/passwd && mount --bind '%s' /etc/shadow && %s && exec \"$@\""
                .formatted(passwd, digests, more);
        return start(folder, "PasswordAuthentication yes\n", List.of("unshare", "--mount", "sh", "-c", bound, "sh"));
    }

    private static RealSshd start(Path folder, String more, List<String> around) throws IOException {
        if (!Files.isExecutable(BINARY)) {
            missing(BINARY + " is not installed (Debian: openssh-server)");
        }
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        key(folder.resolve("host_key"));
        key(folder.resolve("user_key"));
        Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
        int port = freePort();
        Files.writeString(folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %s/host_key
                AuthorizedKeysFile %s/authorized_keys
                PidFile none
                StrictModes no
                UsePAM no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                # What the user's login scripts do is not what is tested: bash reads none in a shell below another.
                SetEnv SHLVL=2
                LogLevel ERROR
                """.formatted(port, folder, folder) + more);
        RealSshd sshd = new RealSshd(folder, port, around);
        sshd.pin(folder.resolve("host_key.pub"));
        return sshd;
    }

    /// Says loudly that something is missing on this machine.
    public static void missing(String what) {
        if ("1".equals(System.getenv("BAROGRAPH_ALL_SERVERS"))) {
            fail(what);
        }
        abort("SKIPPED, this promise is not tested here: " + what);
    }

    public At.Ssh at() {
        return at(System.getProperty("user.name"));
    }

    public At.Ssh at(String user) {
        return new At.Ssh(user, "127.0.0.1", port);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public SshAccess access() {
        return access(List.of(file("user_key")), Optional.empty());
    }

    public SshAccess access(List<Path> keys, Optional<Path> agent) {
        return new SshAccess(file("known_hosts"), keys, agent, Duration.ofSeconds(10), Duration.ofSeconds(1));
    }

    /// Makes `known_hosts` say that the host has this key, and no other.
    public void pin(Path publicKey) throws IOException {
        Files.writeString(file("known_hosts"), "[127.0.0.1]:" + port + " " + Files.readString(publicKey));
    }

    /// Cuts every connection, and goes on listening.
    public void cutConnections() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /// Stops every process of it where it stands, as a network that swallows everything would.
    public void freeze() throws IOException {
        signal("-STOP");
    }

    public void thaw() throws IOException {
        signal("-CONT");
    }

    private void signal(String which) throws IOException {
        for (ProcessHandle each : process.descendants().toList()) {
            exec("kill", which, Long.toString(each.pid()));
        }
    }

    public void stop() {
        cutConnections();
        process.destroyForcibly().onExit().join();
    }

    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of(
                BINARY.toString(),
                "-D",
                "-e",
                "-f",
                folder.resolve("sshd_config").toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Await.that(Duration.ofSeconds(10), "sshd listens", this::listens);
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Makes an Ed25519 key pair without a passphrase.
    public static void key(Path file) throws IOException {
        exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.toString());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Runs a command that must succeed, and returns what it wrote.
    public static String exec(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + ": " + words);
        }
        return words;
    }
}
