package barograph.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.servers.DebianServer;
import barograph.site.Commands;
import barograph.site.Kind;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands of the kinds, run as the guard runs them, with the real servers' own programs.
///
/// Stand-ins for `systemctl` and `service` come first in the path, so that no server of this machine is touched.
class KindCommandsTest {
    private static final Path RADIUS = Path.of("/etc/freeradius/3.0");

    @TempDir
    private Path folder;

    private Path root;
    private Path candidate;
    private Path programs;

    @BeforeEach
    void set_up() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = folder.resolve("root");
        candidate = folder.resolve("candidate");
        programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : new String[] {"systemctl", "service"}) {
            program(name, "echo restarted >>" + folder.resolve("restarts"));
        }
    }

    @Test
    void freeradius_takes_a_good_candidate_even_where_the_live_folder_is_broken() throws IOException {
        radius();
        append(root.resolve("mods-config/files/authorize"), "bob Cleartext-Password == := \"x\"\n");

        Said said = run(kind("freeradius").validate().orElseThrow(), 1812);

        assertThat(said.code()).as(said.words()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a namespace", "without a namespace"})
    void freeradius_finds_what_is_broken_in_the_candidate(String how) throws IOException {
        radius();
        namespaces(how);
        append(candidate.resolve("mods-config/files/authorize"), "bob Cleartext-Password == := \"x\"\n");

        Said said = run(kind("freeradius").validate().orElseThrow(), 1812);

        assertThat(said.code()).isNotZero();
        assertThat(said.words()).contains("Parse error (check) for entry bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a namespace", "without a namespace"})
    void freeradius_finds_it_behind_an_absolute_path_into_the_live_folder(String how) throws IOException {
        radius();
        namespaces(how);
        for (Path each : new Path[] {root, candidate}) {
            Path module = each.resolve("mods-available/files");
            Files.writeString(
                    module,
                    Files.readString(module).replace("${moddir}/authorize", root + "/mods-config/files/authorize"));
        }
        append(candidate.resolve("mods-config/files/authorize"), "bob Cleartext-Password == := \"x\"\n");

        Said said = run(kind("freeradius").validate().orElseThrow(), 1812);

        assertThat(said.code()).isNotZero();
        assertThat(said.words()).contains("Parse error (check) for entry bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a namespace", "without a namespace"})
    void freeradius_finds_it_behind_an_absolute_link_into_the_live_folder(String how) throws IOException {
        radius();
        namespaces(how);
        for (Path each : new Path[] {root, candidate}) {
            Files.delete(each.resolve("sites-enabled/default"));
            Files.createSymbolicLink(each.resolve("sites-enabled/default"), root.resolve("sites-available/default"));
        }
        append(candidate.resolve("sites-available/default"), "server broken {\n");

        Said said = run(kind("freeradius").validate().orElseThrow(), 1812);

        assertThat(said.code()).as(said.words()).isNotZero();
    }

    @Test
    void freeradius_leaves_candidate_and_live_folder_as_they_are() throws IOException {
        radius();
        namespaces("without a namespace");
        String before = Files.readString(candidate.resolve("radiusd.conf"));

        run(kind("freeradius").validate().orElseThrow(), 1812);

        assertThat(candidate.resolve("radiusd.conf")).content().isEqualTo(before);
    }

    @Test
    void freeradius_is_restarted_after_a_trial_start() throws IOException {
        radius();

        Said said = run(kind("freeradius").restart().orElseThrow(), 1812);

        assertThat(said.code()).as(said.words()).isZero();
        assertThat(folder.resolve("restarts")).hasContent("restarted");
    }

    @Test
    void freeradius_is_left_running_where_its_directory_is_out_of_reach() throws IOException {
        radius();
        Path ldap = root.resolve("mods-available/ldap");
        Files.writeString(
                ldap, Files.readString(ldap).replace("server = 'localhost'", "server = 'ldap://127.0.0.1:1'"));
        Files.createSymbolicLink(root.resolve("mods-enabled/ldap"), Path.of("../mods-available/ldap"));

        Said said = run(kind("freeradius").restart().orElseThrow(), 1812);

        assertThat(said.code()).isNotZero();
        assertThat(said.words()).contains("It would not start again, so it is left running", "ldap");
        assertThat(folder.resolve("restarts")).doesNotExist();
    }

    @Test
    void freeradius_is_well_while_its_port_is_open() throws IOException {
        String health = kind("freeradius").health().orElseThrow();
        int port;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();

            assertThat(run(health, port).code()).isZero();
        }

        assertThat(run(health, port).code()).isNotZero();
    }

    @Test
    void slapd_is_well_while_its_port_is_open() throws IOException {
        String health = kind("slapd").health().orElseThrow();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();

            assertThat(run(health, port).code()).isZero();
        }

        assertThat(run(health, port).code()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a namespace", "without a namespace"})
    void slapd_finds_what_is_broken_in_an_include_of_the_candidate(String how) throws IOException {
        slapd();
        namespaces(how);
        String validate = kind("slapd").validate().orElseThrow();
        Said good = run(validate, 389);
        append(candidate.resolve("schema/own.schema"), "attributetype ( broken\n");

        Said bad = run(validate, 389);

        assertThat(good.code()).as(good.words()).isZero();
        assertThat(bad.code()).as(bad.words()).isNotZero();
    }

    @Test
    void slapd_with_its_configuration_in_itself_is_refused() throws IOException {
        slapd();
        Files.delete(candidate.resolve("slapd.conf"));

        Said said = run(kind("slapd").validate().orElseThrow(), 389);

        assertThat(said.code()).isNotZero();
        assertThat(said.words()).contains("cn=config");
    }

    private void radius() throws IOException {
        DebianServer.require("/usr/sbin/freeradius", "freeradius");
        copy(RADIUS, root);
        copy(RADIUS, candidate);
    }

    private void slapd() throws IOException {
        DebianServer.require("/usr/sbin/slaptest", "slapd");
        copy(Path.of("/etc/ldap/schema"), root.resolve("schema"));
        Files.writeString(root.resolve("schema/own.schema"), "# nothing yet\n");
        Files.writeString(
                root.resolve("slapd.conf"), """
                include %1$s/schema/core.schema
                include %1$s/schema/own.schema
                database ldif
                directory %2$s
                suffix dc=example
                """.formatted(root, Files.createDirectory(folder.resolve("data"))));
        copy(root, candidate);
    }

    private void namespaces(String how) throws IOException {
        if (how.equals("without a namespace")) {
            program("unshare", "exit 1");
        }
    }

    private void program(String name, String line) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int code, String words) {}

    private Said run(String command, int port) throws IOException {
        Path words = folder.resolve("words");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", Kinds.prelude() + command);
        builder.environment().put("ROOT", root.toString());
        builder.environment().put("CANDIDATE", candidate.toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.redirectErrorStream(true).redirectOutput(words.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it comes to an end")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Said(process.exitValue(), Files.readString(words));
    }

    private static Commands kind(String name) {
        Kind kind = Objects.requireNonNull(Kinds.builtIn().get(name));
        return kind.commands();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    /// With owners where that is allowed, so that the server's own user may read the copy.
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
