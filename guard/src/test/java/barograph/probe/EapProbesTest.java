package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Certificates;
import barograph.servers.DebianServer;
import barograph.servers.RealFreeRadius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EAP-TTLS and PEAP by `eapol_test` against Debian's FreeRADIUS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EapProbesTest {
    private Certificates certificates;
    private RealFreeRadius radius;
    private RealFreeRadius expired;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        DebianServer.require("/usr/bin/eapol_test", "eapoltest");
        certificates = Certificates.in(folder.resolve("tls"));
        radius = RealFreeRadius.in(folder.resolve("good")).speakingEap(certificates.valid(), certificates.authority());
        Files.writeString(radius.root().resolve("mods-config/files/authorize"), """
                quoted Cleartext-Password := "say \\"#1\\" 'twice'"
                frozen Cleartext-Password := "frozen-pw", SMB-Account-Ctrl-Text := "[UL         ]"
                """, StandardOpenOption.APPEND);
        radius.started();
        expired = RealFreeRadius.in(folder.resolve("expired"))
                .speakingEap(certificates.expired(), certificates.authority())
                .started();
    }

    @AfterAll
    void stop() {
        if (radius != null) {
            radius.close();
        }
        if (expired != null) {
            expired.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"eap-ttls, pap", "eap-ttls, mschapv2", "eap-ttls, chap", "eap-peap, mschapv2", "eap-peap, gtc"})
    void the_right_password_is_accepted_with_its_attributes(String via, String inner) {
        Trial trial = login(via, "alice", "alice-pw")
                .with("inner", inner)
                .with("reply", "Filter-Id=staff")
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).as(trial.said()).isTrue();
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.TLS, Step.AUTHENTICATE);
        assertThat(trial.reply()).containsEntry("Session-Timeout", "3600").containsKeys("tls:subject", "tls:sha256");
    }

    @ParameterizedTest
    @CsvSource({"eap-ttls, pap, rejected", "eap-peap, mschapv2, bad_password"})
    void a_wrong_password_is_rejected(String via, String inner, String reason) {
        Trial trial = login(via, "alice", "not it")
                .with("inner", inner)
                .expectingReject()
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected(reason));
        assertThat(trial.asExpected()).isTrue();
    }

    @Test
    void a_locked_account_is_told_as_that() {
        Trial trial = login("eap-peap", "frozen", "frozen-pw").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected("locked"));
    }

    @Test
    void quotes_in_a_password_are_nothing_special() {
        Trial trial = login("eap-ttls", "quoted", "say \"#1\" 'twice'").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void the_servers_certificate_is_checked_for_trust_dates_and_name(@TempDir Path folder) {
        Path other = Certificates.in(folder).authority();
        Trial untrusted = login("eap-ttls", "alice", "alice-pw")
                .with("ca", other.toString())
                .run();
        Trial old = login("eap-peap", "alice", "alice-pw")
                .at("127.0.0.1", expired.port())
                .run();
        Trial elsewhere = login("eap-ttls", "alice", "alice-pw")
                .with("server-name", "radius.example.org")
                .run();

        assertThat(untrusted.outcome())
                .as(untrusted.said())
                .isEqualTo(new Outcome.Failed(Step.TLS, "certificate_not_trusted"));
        assertThat(old.outcome()).as(old.said()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_expired"));
        assertThat(elsewhere.outcome())
                .as(elsewhere.said())
                .isEqualTo(new Outcome.Failed(Step.TLS, "certificate_wrong"));
    }

    @Test
    void silence_is_no_rejection() {
        Trial trial = login("eap-ttls", "alice", "not it")
                .with("secret", "wrong")
                .within(Duration.ofSeconds(2))
                .expectingReject()
                .run();

        assertThat(trial.outcome()).as(trial.said()).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void a_closed_port_refuses() {
        Trial trial = login("eap-peap", "alice", "alice-pw")
                .at("127.0.0.1", DebianServer.freeTcpPort())
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
    }

    @Test
    void nothing_is_left_behind() throws IOException {
        Set<String> before = ownFiles();

        login("eap-ttls", "alice", "alice-pw").run();

        assertThat(ownFiles()).isEqualTo(before); // what a killed process has left there is not this one's
    }

    private static Set<String> ownFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("barograph-eap"))
                    .collect(Collectors.toSet());
        }
    }

    private Try login(String via, String user, String password) {
        return Try.of(via, radius.port(), user, password)
                .with("secret", RealFreeRadius.SECRET)
                .with("ca", certificates.authority().toString());
    }
}
