package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.DebianServer;
import barograph.servers.RealKdc;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against Debian's MIT Kerberos server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KerberosProbeTest {
    private RealKdc kdc;

    @BeforeAll
    void start(@TempDir Path folder) {
        DebianServer.require("/usr/bin/kinit", "krb5-user");
        kdc = RealKdc.started(folder);
    }

    @AfterAll
    void stop() {
        if (kdc != null) {
            kdc.close();
        }
    }

    @Test
    void the_right_password_is_accepted_and_gives_a_ticket_for_a_service() {
        Trial plain = login("alice", "alice-pw").run();
        Trial service = login("alice", "alice-pw")
                .with("service", "host/www.example.org")
                .run();

        assertThat(plain.outcome()).as(plain.said()).isEqualTo(new Outcome.Accepted());
        assertThat(Try.steps(plain)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.AUTHENTICATE);
        assertThat(service.asExpected()).as(service.said()).isTrue();
        assertThat(Try.steps(service)).endsWith(Step.AUTHORIZE);
    }

    @Test
    void a_ticket_that_is_not_given_is_not_as_expected() {
        Trial trial = login("alice", "alice-pw")
                .with("service", "host/nowhere.example")
                .run();

        assertThat(trial.outcome().accepted()).isTrue();
        assertThat(trial.asExpected()).isFalse();
        assertThat(trial.said()).startsWith("accepted without a ticket for host/nowhere.example");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, not it, bad_password",
        "nobody, x, unknown_user",
        "gone, gone-pw, expired_account",
        "stale, stale-pw, expired_password",
        "frozen, frozen-pw, locked",
    })
    void every_rejection_has_its_reason(String user, String password, String reason) {
        Trial trial = login(user, password).expectingReject().run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected(reason));
        assertThat(trial.asExpected()).isTrue();
    }

    @Test
    void a_server_that_is_not_there_rejects_nobody() {
        Trial trial = login("alice", "alice-pw")
                .at("127.0.0.1", DebianServer.freeTcpPort())
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
    }

    @Test
    void a_probe_without_a_realm_is_not_set_up_well() {
        Trial trial = Try.of("kerberos", kdc.port(), "alice", "alice-pw").run();

        assertThat(trial.said()).contains("add the option 'realm'");
    }

    private Try login(String user, String password) {
        return Try.of("kerberos", kdc.port(), user, password).with("realm", RealKdc.REALM);
    }
}
