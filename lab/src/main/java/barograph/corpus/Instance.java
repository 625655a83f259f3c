package barograph.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One real server of a stand, in a folder of its own, on loopback.
///
/// The script `server` in its folder is what a host's service manager would be: `start`, `stop`, `restart`. It knows
/// that a process which has ended may stay a zombie for long.
final class Instance implements AutoCloseable {
    private static final long SCRIPT_SECONDS = 60;

    private final Stand stand;
    private final Path folder;
    private final int port;
    private final int more;

    private Instance(Stand stand, Path folder) {
        this.stand = stand;
        this.folder = folder;
        this.port = freePort();
        this.more = freePort();
    }

    /// Lays a server out and starts it.
    ///
    /// @param folder its own; servers that run as other users can look into it
    /// @param share a folder that the servers of a stand have in common, for keys and certificates
    /// @throws IOException with what the server says, when it does not start
    static Instance start(Stand stand, Path folder, Path share) throws IOException {
        Instance instance = new Instance(stand, folder);
        for (String each : List.of("log", "run")) {
            Files.createDirectories(folder.resolve(each));
        }
        Files.createDirectories(share);
        instance.write(folder.resolve(stand.root()), stand.files());
        instance.write(folder.resolve("local"), stand.local());
        Files.writeString(folder.resolve("server"), instance.script());
        Files.setPosixFilePermissions(folder.resolve("server"), PosixFilePermissions.fromString("rwxr-xr-x"));
        instance.run(List.of("sh", "-ec", instance.filled(stand.prepare())), share);
        instance.run(List.of(folder.resolve("server").toString(), "start"), share);
        return instance;
    }

    private void write(Path below, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = below.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, expanded(filled(file.getValue())));
        }
    }

    /// A line with `{n}` stands for one line for each person.
    private static String expanded(String text) {
        return text.lines()
                .flatMap(line -> line.contains("{n}")
                        ? java.util.stream.IntStream.rangeClosed(0, Crowd.PEOPLE)
                                .mapToObj(n -> line.replace("{n}", Integer.toString(n)))
                        : java.util.stream.Stream.of(line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// A text of the stand with this server's own folder and ports in it.
    String filled(String text) {
        return text.replace("@HERE@", folder.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@MORE@", Integer.toString(more));
    }

    private String script() {
        return """
                #!/bin/sh
                cd '%s' || exit 1
                pid() { cat run/pid 2>/dev/null; }
                lives() {
                    p=$(pid) && [ -n "$p" ] && [ -d "/proc/$p" ] && ! grep -q ') Z ' "/proc/$p/stat" 2>/dev/null
                }
                serves() {
                    port=$(printf ':%%04X' %d)
                    awk -v port="$port" 'substr($2, length($2) - 4) == port && ($4 == "0A" || $4 == "07") { up = 1 }
                        END { exit !up }' /proc/net/tcp /proc/net/udp
                }
                start() {
                    lives && return 0
                    rm -f run/pid
                %s
                    tries=0
                    until lives && serves; do
                        tries=$((tries + 1))
                        if [ "$tries" -ge 200 ]; then
                            echo "it did not start"
                            tail -n 5 log/* 2>/dev/null
                            exit 1
                        fi
                        sleep 0.05
                    done
                }
                stop() {
                    lives || return 0
                    kill "$(pid)"
                    tries=0
                    while lives || serves; do
                        tries=$((tries + 1))
                        [ "$tries" -lt 100 ] || { kill -9 "$(pid)" 2>/dev/null; break; }
                        sleep 0.05
                    done
                }
                case $1 in
                    start) start ;;
                    stop) stop ;;
                    restart) stop; start ;;
                esac
                """.formatted(
                folder, port, filled(stand.start()).stripTrailing().indent(4).stripTrailing());
    }

    private void run(List<String> command, Path share) throws IOException {
        Path output = Files.createTempFile(folder, "said", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HERE", folder.toString(),
                        "PORT", Integer.toString(port),
                        "MORE", Integer.toString(more),
                        "SHARE", share.toString()));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        stand.kind() + (ended ? " failed" : " hangs") + ": " + command.getLast() + "\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Outside of the range that outgoing connections take theirs from, and free for TCP and UDP alike.
    private static int freePort() {
        for (int tries = 0; tries < 200; tries++) {
            int port = ThreadLocalRandom.current().nextInt(18_000, 31_000);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (ServerSocket tcp = new ServerSocket();
                    DatagramSocket udp = new DatagramSocket(address)) {
                tcp.bind(address);
                return udp.getLocalPort();
            } catch (IOException e) {
                // Somebody has it; another one will do.
            }
        }
        throw new UncheckedIOException(new IOException("no port between 18000 and 31000 is free"));
    }

    Path folder() {
        return folder;
    }

    /// What a person configures.
    Path root() {
        return folder.resolve(stand.root());
    }

    Path log() {
        return folder.resolve(stand.log());
    }

    int port() {
        return port;
    }

    /// What its configuration looks like from outside: names, kinds, modes, owners, times, contents.
    String look() throws IOException {
        String look = """
                cd "$1" && export LC_ALL=C
                find . -exec stat -c '%n %F %a %U:%G %s %y %h' {} + | sort
                find . -type f -exec sha256sum {} + | sort
                find . -type l -exec readlink {} + | sort
                """;
        Process process = new ProcessBuilder("sh", "-c", look, "look", root().toString())
                .redirectErrorStream(true)
                .start();
        String seen = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.onExit().join();
        return seen;
    }

    @Override
    public void close() throws IOException {
        List<String> stop = new ArrayList<>(List.of(folder.resolve("server").toString(), "stop"));
        run(stop, folder);
    }
}
