package barograph.toy;

import barograph.login.Trial;
import barograph.probe.Probes;
import barograph.secrets.Secrets;
import barograph.servers.DebianServer;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A toy directory in a folder, and what is done to it from outside.
final class ToyHome implements AutoCloseable {
    static final List<ToyPerson> CROWD = ToyPerson.crowd(40, 7);

    private final Path folder;
    private final int port = DebianServer.freeTcpPort();
    private final ToyDirectory server;

    ToyHome(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/people.ldif"), ToyPerson.ldif(CROWD));
        configure("staff, guests, contractors", "");
        this.server = ToyDirectory.start(folder, InstantSource.system());
    }

    /// @param more lines of `access.conf`
    void configure(String groups, String more) throws IOException {
        write("# who may log in\nallow-groups = " + groups + "\nport = " + port + "\n" + more + "\n");
    }

    void write(String access) throws IOException {
        Files.writeString(folder.resolve("etc/access.conf"), access);
    }

    static ToyPerson someone(String group) {
        return CROWD.stream()
                .filter(person -> person.group().equals(group) && !person.stale())
                .findFirst()
                .orElseThrow();
    }

    ToyDirectory server() {
        return server;
    }

    int port() {
        return port;
    }

    ToyPeople.Door door() {
        return new ToyPeople.Door(String.valueOf(folder.getFileName()), "127.0.0.1", port);
    }

    List<String> log() throws IOException {
        return Files.readAllLines(server.log());
    }

    /// What a command prints, after its status.
    String control(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(server.control().toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("toyctl hangs");
        }
        return process.exitValue() + " " + said.strip();
    }

    Trial probe(ToyPerson person, String password) {
        return probe(person, password, "127.0.0.1", port);
    }

    static Trial probe(ToyPerson person, String password, String host, int port) {
        return probe("ldap-bind", person.dn(), password, host, port, Map.of());
    }

    static Trial probe(String via, String user, String password, String host, int port, Map<String, Secret> options) {
        ProbeSpec probe = new ProbeSpec(
                new ProbeId("person"),
                via,
                user,
                Secret.of(password),
                Optional.empty(),
                ProbeSpec.Expect.ACCEPT,
                Duration.ofSeconds(10),
                options);
        Commands none = new Commands(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new BootHook.None(),
                Duration.ofSeconds(10));
        Server server = new Server(
                new ServerId("toy"),
                "files",
                new At.Local(),
                Stage.CANARY,
                host,
                port,
                new Config("/nowhere", List.of(), List.of()),
                none,
                Optional.empty(),
                List.of("ldap-*"),
                List.of());
        return new Probes(new Secrets(Path.of("")), InstantSource.system(), new SecureRandom()).probe(probe, server);
    }

    @Override
    public void close() {
        server.close();
    }
}
