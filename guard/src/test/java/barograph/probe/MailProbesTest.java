package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Certificates;
import barograph.servers.DebianServer;
import barograph.servers.RealDovecot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// IMAP and SMTP against Debian's Dovecot.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailProbesTest {
    private Certificates certificates;
    private RealDovecot dovecot;

    @BeforeAll
    void start(@TempDir Path folder) {
        certificates = Certificates.in(folder.resolve("tls"));
        dovecot = RealDovecot.started(folder.resolve("dovecot"), certificates.valid());
    }

    @AfterAll
    void stop() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"imap, none", "imap, starttls", "imap, imaps", "smtp, none", "smtp, starttls", "smtp, smtps"})
    void the_right_password_is_accepted_and_the_steps_are_told(String via, String tls) {
        Trial trial = login(via, tls, "alice-pw").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(Try.steps(trial)).startsWith(Step.RESOLVE, Step.CONNECT).endsWith(Step.AUTHENTICATE);
        assertThat(Try.steps(trial)).contains(Step.GREET);
        assertThat(Try.steps(trial).contains(Step.TLS)).isEqualTo(!tls.equals("none"));
    }

    @ParameterizedTest
    @CsvSource({"imap, starttls", "imap, imaps", "smtp, starttls", "smtp, smtps"})
    void a_wrong_password_is_rejected_once_in_the_servers_own_words(String via, String tls) throws IOException {
        String user = "carol-" + via + "-" + tls;
        Trial trial = login(via, tls, user, "not it").expectingReject().run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected("bad_password"));
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.said()).containsIgnoringCase("authentication failed");
        assertThat(Files.readAllLines(dovecot.log()))
                .filteredOn(line -> line.contains("passwd-file(" + user + ","))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "smtp"})
    void a_server_that_cannot_judge_rejects_nobody(String via) {
        Trial trial =
                login(via, "starttls", "broken", "not it").expectingReject().run();

        assertThat(trial.outcome())
                .as(trial.said())
                .isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "backend_unreachable"));
        assertThat(trial.asExpected()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"imap, starttls", "imap, imaps", "smtp, starttls", "smtp, smtps"})
    void a_certificate_that_nobody_trusts_ends_at_tls(String via, String tls) {
        Trial trial = Try.of(via, port(via, tls), "alice", "alice-pw")
                .with("tls", tls)
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_not_trusted"));
    }

    @ParameterizedTest
    @CsvSource({"imap, starttls", "imap, imaps", "smtp, starttls", "smtp, smtps"})
    void a_certificate_for_another_name_ends_at_tls(String via, String tls) {
        Trial trial =
                login(via, tls, "alice-pw").at("localhost", port(via, tls)).run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_wrong"));
    }

    @Test
    void a_mailbox_that_is_asked_for_must_open() {
        Trial there =
                login("imap", "imaps", "alice-pw").with("mailbox", "INBOX").run();
        Trial missing =
                login("imap", "imaps", "alice-pw").with("mailbox", "Orders").run();

        assertThat(there.asExpected()).as(there.said()).isTrue();
        assertThat(Try.steps(there)).endsWith(Step.AUTHORIZE);
        assertThat(missing.outcome().accepted()).isTrue();
        assertThat(missing.asExpected()).isFalse();
        assertThat(missing.said()).startsWith("accepted without mailbox Orders");
    }

    @ParameterizedTest
    @CsvSource({"imap, imaps", "smtp, smtps"})
    void a_plain_line_is_no_tls(String via, String tls) {
        Trial trial =
                login(via, tls, "alice-pw").at("127.0.0.1", port(via, "none")).run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "no_tls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "smtp"})
    void a_server_that_never_greets_is_given_up_in_time(String via) throws IOException {
        Duration limit = Duration.ofMillis(700);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Trial trial = login(via, "starttls", "alice-pw")
                    .at("127.0.0.1", silent.getLocalPort())
                    .within(limit)
                    .run();

            assertThat(trial.outcome()).as(trial.said()).isInstanceOf(Outcome.Unanswered.class);
            assertThat(Try.steps(trial)).endsWith(Step.GREET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "smtp"})
    void a_closed_port_refuses(String via) {
        Trial trial = login(via, "starttls", "alice-pw")
                .at("127.0.0.1", DebianServer.freeTcpPort())
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
    }

    private Try login(String via, String tls, String password) {
        return login(via, tls, "alice", password);
    }

    private Try login(String via, String tls, String user, String password) {
        return Try.of(via, port(via, tls), user, password)
                .with("tls", tls)
                .with("ca", certificates.authority().toString());
    }

    private int port(String via, String tls) {
        return switch (via + " " + tls) {
            case "imap imaps" -> dovecot.imaps();
            case "smtp smtps" -> dovecot.submissions();
            case "imap none", "imap starttls" -> dovecot.imap();
            default -> dovecot.submission();
        };
    }
}
