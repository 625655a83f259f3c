package barograph.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// What the real servers of Debian have in common: they may be missing, and a shell script in their folder runs them.
///
/// The script is what a host's own service manager would be, so that commands of a site file can use it too: `start`,
/// `stop`, `restart`, `reload`, `health`. It knows that a process which ended may stay a zombie for long.
public final class DebianServer {
    private static final long SCRIPT_SECONDS =
            120; // a program of the JDK alone can take half a minute where all processors are busy

    private DebianServer() {}

    /// Skips the test when a program is missing; fails it where every server is promised to be there.
    ///
    /// @param program absolute path of it, or of a file that comes with it
    public static void require(String program, String debianPackage) {
        if (Files.exists(Path.of(program))) {
            return;
        }
        String reason = program + " is missing, so that nothing was tested here: apt-get install " + debianPackage;
        if ("1".equals(System.getenv("BAROGRAPH_ALL_SERVERS"))) {
            throw new AssertionError(reason);
        }
        System.err.println("SKIPPED: " + reason);
        Assumptions.abort(reason);
    }

    /// A UDP port on loopback that nobody uses at the moment.
    static int freeUdpPort() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A TCP port on loopback that nobody uses at the moment.
    public static int freeTcpPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a process runs; one that ended and that nobody has asked about yet does not.
    public static boolean lives(String process) {
        Path stat = Path.of("/proc", process, "stat");
        try {
            return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
        } catch (IOException e) {
            return Files.exists(stat); // it may have gone between the two lines
        }
    }

    /// Writes the script that runs a server.
    ///
    /// @param start shell commands that start it in the background; its process id comes into `$here/run/pid`
    /// @param ready a shell command that succeeds once it answers
    static Path script(Path file, String start, String ready) {
        String text = """
                #!/bin/sh
                # Runs the server of this folder: start, stop, restart, reload, health.
                here=%1$s
                pid() { cat "$here/run/pid" 2>/dev/null; }
                lives() {
                    p=$(pid) && [ -n "$p" ] && [ -d "/proc/$p" ] && ! grep -q ') Z ' "/proc/$p/stat" 2>/dev/null
                }
                ready() { lives && %2$s; }
                start() {
                    rm -f "$here/run/pid"
                %3$s
                    tries=0
                    until ready; do
                        tries=$((tries + 1))
                        [ "$tries" -lt 200 ] || { echo "it did not start" >&2; exit 1; }
                        sleep 0.05
                    done
                }
                stop() {
                    lives || return 0
                    kill "$(pid)"
                    tries=0
                    while lives; do
                        tries=$((tries + 1))
                        [ "$tries" -lt 100 ] || kill -9 "$(pid)"
                        sleep 0.05
                    done
                }
                case $1 in
                    start) lives || start ;;
                    stop) stop ;;
                    restart) stop; start ;;
                    reload) lives && kill -HUP "$(pid)" ;;
                    health) ready || { echo "it does not answer" >&2; exit 1; } ;;
                    *) echo "usage: $0 start|stop|restart|reload|health" >&2; exit 2 ;;
                esac
                """.formatted(
                        file.getParent(), ready, start.stripTrailing().indent(4).stripTrailing());
        write(file, text);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /// Runs a command and fails the test, with all that it said, when it fails.
    static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("server", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + (ended ? " failed" : " hangs") + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
