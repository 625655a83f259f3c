package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.host.RealSshd;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.DebianServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's sshd, with accounts of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshProbesTest {
    private RealSshd sshd;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        DebianServer.require("/usr/sbin/sshd", "openssh-server");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "account files of its own need root");
        sshd = RealSshd.withAccounts(
                folder,
                List.of(
                        "anna:PASSWORD:19000:0:99999:7:::",
                        "lena:!PASSWORD:19000:0:99999:7:::",
                        "gone:PASSWORD:19000:0:99999:7::10000:"));
    }

    @AfterAll
    void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void the_right_password_is_accepted() {
        Trial trial = password("anna", "anna-pw").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.GREET, Step.AUTHENTICATE);
    }

    @Test
    void a_wrong_password_is_rejected_and_offered_once() throws IOException {
        Trial trial = password("anna", "not it").expectingReject().run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected("rejected"));
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.said()).contains("password");
    }

    @Test
    void accounts_that_cannot_be_used_are_rejected() {
        assertThat(password("lena", "lena-pw").run().outcome()).isInstanceOf(Outcome.Rejected.class);
        assertThat(password("gone", "gone-pw").run().outcome()).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void a_key_that_the_server_knows_is_accepted_and_another_is_not(@TempDir Path folder) throws IOException {
        RealSshd.key(folder.resolve("other"));
        Trial known = key("root", sshd.file("user_key")).run();
        Trial other = key("root", folder.resolve("other")).expectingReject().run();

        assertThat(known.outcome()).as(known.said()).isEqualTo(new Outcome.Accepted());
        assertThat(other.outcome()).as(other.said()).isEqualTo(new Outcome.Rejected("rejected"));
    }

    @Test
    void a_way_that_the_server_does_not_offer_is_no_rejection() {
        Trial trial = password("anna", "not it")
                .with("method", "keyboard-interactive")
                .expectingReject()
                .run();

        assertThat(trial.outcome())
                .as(trial.said())
                .isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "method_not_allowed"));
    }

    @Test
    void a_server_with_another_key_gets_nothing_to_see(@TempDir Path folder) throws IOException {
        RealSshd.key(folder.resolve("other"));
        Path wrong = folder.resolve("known_hosts");
        Files.writeString(
                wrong, "[127.0.0.1]:" + sshd.at().port() + " " + Files.readString(folder.resolve("other.pub")));
        Trial trial = password("anna", "anna-pw")
                .with("known-hosts", wrong.toString())
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.GREET, "host_key_not_trusted"));
        assertThat(trial.said()).contains("shows another host key than the pinned one");
    }

    @Test
    void a_closed_port_refuses_and_a_silent_one_is_given_up_in_time() throws IOException {
        Trial closed = password("anna", "anna-pw")
                .at("127.0.0.1", DebianServer.freeTcpPort())
                .run();
        assertThat(closed.outcome()).as(closed.said()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));

        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Trial trial = password("anna", "anna-pw")
                    .at("127.0.0.1", silent.getLocalPort())
                    .within(Duration.ofMillis(700))
                    .run();
            assertThat(trial.outcome()).as(trial.said()).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @Test
    void a_key_that_is_none_is_not_set_up_well() {
        Trial trial = Try.of("ssh-key", sshd.at().port(), "root", "x")
                .with("key", "no key at all")
                .run();

        assertThat(trial.outcome().reason()).isEqualTo("probe_misconfigured");
    }

    private Try password(String user, String password) {
        return Try.of("ssh-password", sshd.at().port(), user, password)
                .with("known-hosts", sshd.file("known_hosts").toString());
    }

    private Try key(String user, Path file) {
        return Try.of("ssh-key", sshd.at().port(), user, "no passphrase")
                .with("key", "file:" + file)
                .with("known-hosts", sshd.file("known_hosts").toString());
    }
}
