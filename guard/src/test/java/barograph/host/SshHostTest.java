package barograph.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.site.At;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a host over SSH has to promise: whom it trusts, how it logs in, and that a lost line is noticed.
final class SshHostTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Result HELLO = new Result.Ran(0, "hello\n".getBytes(UTF_8), "", false);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    RealSshd sshd;

    @BeforeEach
    void start() throws IOException {
        sshd = RealSshd.start(folder);
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    private static Result hello(Host host) {
        return host.run("echo hello", new byte[0], SOON);
    }

    private Result helloWith(SshAccess access) {
        try (Host host = new SshHost(sshd.at(), access)) {
            return hello(host);
        }
    }

    private String refused() {
        Result result = helloWith(sshd.access());
        assertThat(result).isInstanceOf(Result.Unreachable.class);
        return ((Result.Unreachable) result).why();
    }

    private static String fingerprint(Path publicKey) throws IOException {
        return RealSshd.exec("ssh-keygen", "-lf", publicKey.toString()).split(" ", -1)[1];
    }

    @Test
    void an_unknown_host_is_refused_and_the_message_says_how_to_pin_it() throws IOException {
        Files.delete(sshd.file("known_hosts"));

        assertThat(refused())
                .contains("127.0.0.1 port " + sshd.at().port(), "is not a known host")
                .contains(fingerprint(sshd.file("host_key.pub")))
                .contains(sshd.file("known_hosts").toString())
                .contains("ssh-keyscan -p " + sshd.at().port() + " 127.0.0.1");
        assertThat(sshd.file("known_hosts")).doesNotExist();
    }

    @Test
    void a_changed_host_key_is_refused_and_the_message_names_both() throws IOException {
        RealSshd.key(sshd.file("other_key"));
        sshd.pin(sshd.file("other_key.pub"));

        assertThat(refused())
                .contains("another host key than the pinned one")
                .contains(fingerprint(sshd.file("host_key.pub")), fingerprint(sshd.file("other_key.pub")))
                .contains(sshd.file("known_hosts") + " has", "line 1", "ssh-keygen -f");
    }

    @Test
    void a_revoked_host_key_is_refused() throws IOException {
        Path known = sshd.file("known_hosts");
        Files.writeString(known, Files.readString(known) + "@revoked * " + Files.readString(sshd.file("host_key.pub")));

        assertThat(refused()).contains("revoked", "line 2");
    }

    @Test
    void hashed_names_and_unreadable_lines_in_known_hosts_are_fine() throws IOException {
        Path known = sshd.file("known_hosts");
        RealSshd.exec("ssh-keygen", "-H", "-f", known.toString());
        Files.writeString(known, "# a comment\n\nnonsense\n" + Files.readString(known));
        assertThat(Files.readString(known)).contains("|1|").doesNotContain("127.0.0.1");

        assertThat(helloWith(sshd.access())).isEqualTo(HELLO);
    }

    @Test
    void a_host_with_several_keys_is_asked_for_the_pinned_one() throws IOException {
        RealSshd.exec(
                "ssh-keygen",
                "-q",
                "-t",
                "rsa",
                "-b",
                "2048",
                "-N",
                "",
                "-f",
                sshd.file("rsa_key").toString());
        Path config = sshd.file("sshd_config");
        Files.writeString(config, "HostKey " + sshd.file("rsa_key") + "\n" + Files.readString(config));
        sshd.stop();
        sshd.startAgain();
        sshd.pin(sshd.file("rsa_key.pub"));

        assertThat(helloWith(sshd.access())).isEqualTo(HELLO);
    }

    @Test
    void a_key_held_by_an_ssh_agent_logs_in() throws IOException {
        Path socket = sshd.file("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(sshd.file("agent.log").toFile())
                .start();
        try {
            Await.that(SOON, "the agent listens", () -> Files.exists(socket));
            RealSshd.exec("sh", "-c", "SSH_AUTH_SOCK=" + socket + " ssh-add " + sshd.file("user_key"));

            assertThat(helloWith(sshd.access(List.of(), Optional.of(socket)))).isEqualTo(HELLO);
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void a_login_that_fails_says_which_keys_were_tried() throws IOException {
        RealSshd.key(sshd.file("stranger"));
        Path locked = sshd.file("locked");
        RealSshd.exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "open sesame", "-f", locked.toString());

        Result result = helloWith(sshd.access(List.of(sshd.file("stranger"), locked), Optional.empty()));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Unreachable.class,
                        unreachable -> assertThat(unreachable.why())
                                .contains(
                                        "Could not log in",
                                        sshd.file("stranger").toString(),
                                        "ssh-add " + locked));
    }

    @Test
    void a_host_that_is_down_is_unreachable_and_reached_again_once_it_is_up() throws IOException {
        try (Host host = new SshHost(sshd.at(), sshd.access())) {
            sshd.stop();
            assertThat(hello(host))
                    .isInstanceOfSatisfying(
                            Result.Unreachable.class,
                            unreachable -> assertThat(unreachable.why()).contains("Could not connect to " + sshd.at()));

            sshd.startAgain();
            assertThat(hello(host)).isEqualTo(HELLO);
        }
    }

    @Test
    void one_connection_serves_many_commands_and_a_cut_one_is_replaced() {
        try (Host host = new SshHost(sshd.at(), sshd.access())) {
            Result first = host.run("echo $SSH_CONNECTION", new byte[0], SOON);
            assertThat(host.run("echo $SSH_CONNECTION", new byte[0], SOON)).isEqualTo(first);

            sshd.cutConnections();

            assertThat(hello(host)).isEqualTo(HELLO);
        }
    }

    @Test
    void a_line_cut_while_a_command_runs_is_told() throws IOException {
        try (Host host = new SshHost(sshd.at(), sshd.access());
                InputStream followed = host.follow("echo on; exec sleep 60")) {
            assertThat(followed.read()).isEqualTo('o');

            sshd.cutConnections();

            assertThatThrownBy(followed::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("connection to " + sshd.at() + " was lost");
        }
    }

    @Test
    void a_line_that_goes_silent_is_noticed() throws IOException {
        try (Host host = new SshHost(sshd.at(), sshd.access());
                InputStream followed = host.follow("echo on; exec sleep 60")) {
            assertThat(followed.read()).isEqualTo('o');

            sshd.freeze();

            assertThatThrownBy(followed::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_place_has_one_host() {
        try (Hosts hosts = new Hosts(sshd.access())) {
            assertThat(hosts.at(sshd.at())).isSameAs(hosts.at(sshd.at()));
            assertThat(hosts.at(new At.Local())).isSameAs(hosts.at(new At.Local()));
        }
    }
}
