package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a small issuer that speaks real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcProbesTest {
    private Issuer issuer;

    @BeforeAll
    void start() throws IOException {
        issuer = new Issuer();
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({"oidc-password, AUTHENTICATE", "oidc-code, AUTHORIZE", "oidc-refresh, AUTHORIZE"})
    void the_right_password_brings_tokens(String via, Step last) {
        Trial trial = login(via, "alice", "alice-pw")
                .with("claim", "department=sales")
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(Try.steps(trial))
                .startsWith(Step.RESOLVE, Step.CONNECT, Step.GREET)
                .endsWith(last);
        assertThat(trial.reply()).containsEntry("department", "sales");
    }

    @ParameterizedTest
    @CsvSource({"oidc-password, bad_password", "oidc-code, rejected", "oidc-refresh, bad_password"})
    void a_wrong_password_is_rejected_and_sent_once(String via, String reason) {
        String user = "dora-" + via;
        Trial trial = login(via, user, "not it").expectingReject().run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected(reason));
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.said()).contains("Invalid username or password.");
        assertThat(issuer.wrongPasswords()).filteredOn(user::equals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc-password", "oidc-code"})
    void an_account_that_cannot_be_used_is_told_as_that(String via) {
        assertThat(login(via, "lena", "lena-pw").run().outcome()).isEqualTo(new Outcome.Rejected("disabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc-password", "oidc-code"})
    void a_client_that_is_refused_is_no_rejected_user(String via) {
        Trial trial = login(via, "alice", "alice-pw")
                .with("client-secret", "not it")
                .expectingReject()
                .run();

        assertThat(trial.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(trial.outcome().reason()).isEqualTo("client_rejected");
    }

    @Test
    void a_client_that_may_not_ask_ends_before_the_form() {
        Trial trial = login("oidc-code", "alice", "alice-pw")
                .with("client-id", "other")
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.GREET, "client_rejected"));
    }

    @Test
    void a_token_for_another_login_is_refused() {
        Trial trial = login("oidc-code", "wrong", "wrong-pw").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHORIZE, "token_wrong"));
        assertThat(trial.said()).contains("nonce");
    }

    @Test
    void a_claim_may_be_one_of_several_and_must_be_there() {
        Trial there = login("oidc-password", "alice", "alice-pw")
                .with("claim", "groups=mail")
                .run();
        Trial missing = login("oidc-password", "alice", "alice-pw")
                .with("claim", "groups=root")
                .run();

        assertThat(there.asExpected()).isTrue();
        assertThat(missing.outcome().accepted()).isTrue();
        assertThat(missing.asExpected()).isFalse();
        assertThat(missing.said()).startsWith("accepted without groups=root");
    }

    @Test
    void a_path_without_an_issuer_is_told() {
        Trial trial = login("oidc-code", "alice", "alice-pw")
                .with("issuer", "/realms/none")
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.GREET, "no_issuer"));
    }

    private Try login(String via, String user, String password) {
        Try login = Try.of(via, issuer.port(), user, password)
                .with("tls", "none")
                .with("issuer", "/realms/acme")
                .with("client-id", "app")
                .with("client-secret", "app-secret");
        return via.equals("oidc-code") ? login.with("redirect-uri", Issuer.BACK) : login;
    }
}
