package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Await;
import barograph.servers.Certificates;
import barograph.servers.DebianServer;
import barograph.servers.RealNginx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `http-basic` against Debian's nginx, `http-form` against a small site that speaks real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProbesTest {
    private Certificates certificates;
    private RealNginx nginx;
    private FormSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        certificates = Certificates.in(folder.resolve("tls"));
        nginx = RealNginx.started(folder.resolve("nginx"), certificates.valid());
        site = new FormSite();
    }

    @AfterAll
    void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void basic_the_right_password_opens_the_page() {
        Trial trial = basic("alice-pw").with("expect-text", "the inside").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.reply()).containsEntry("status", "200");
        assertThat(Try.steps(trial))
                .containsExactly(Step.RESOLVE, Step.CONNECT, Step.TLS, Step.GREET, Step.AUTHENTICATE);
    }

    @Test
    void basic_a_wrong_password_is_rejected_and_sent_once() {
        Trial trial = Try.of("http-basic", nginx.plainPort(), "mallory", "not it")
                .with("tls", "none")
                .expectingReject()
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("rejected"));
        assertThat(trial.asExpected()).isTrue();
        assertThat(trial.said()).contains("HTTP status 401");
        Await.until("nginx has written it down", Duration.ofSeconds(5), () -> logins("mallory") > 0);
        assertThat(logins("mallory")).isEqualTo(1);
    }

    @Test
    void basic_an_acceptance_without_its_text_is_not_as_expected() {
        Trial trial = basic("alice-pw").with("expect-text", "the cellar").run();

        assertThat(trial.outcome().accepted()).isTrue();
        assertThat(trial.asExpected()).isFalse();
        assertThat(trial.said()).isEqualTo("accepted without the text 'the cellar'");
    }

    @ParameterizedTest
    @CsvSource({"/broken/, internal_error", "/away/, backend_unreachable", "/nothing, no_such_page"})
    void basic_a_server_in_trouble_rejects_nobody(String path, String reason) {
        Trial trial = basic("alice-pw").with("path", path).run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, reason));
    }

    @Test
    void basic_a_page_that_is_open_to_everybody_proves_no_login() {
        Trial trial = basic("alice-pw").with("path", "/open/").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.GREET, "no_login"));
    }

    @Test
    void a_certificate_is_checked_for_trust_and_name() {
        Trial untrusted =
                Try.of("http-basic", nginx.tlsPort(), "alice", "alice-pw").run();
        Trial other = basic("alice-pw").at("localhost", nginx.tlsPort()).run();
        Trial plain = basic("alice-pw").at("127.0.0.1", nginx.plainPort()).run();

        assertThat(untrusted.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_not_trusted"));
        assertThat(other.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_wrong"));
        assertThat(plain.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "no_tls"));
    }

    @Test
    void a_server_that_never_answers_is_given_up_in_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Trial trial = Try.of("http-form", silent.getLocalPort(), "alice", "alice-pw")
                    .with("tls", "none")
                    .within(Duration.ofMillis(700))
                    .run();

            assertThat(trial.outcome()).isInstanceOf(Outcome.Unanswered.class);
            assertThat(Try.steps(trial)).endsWith(Step.GREET);
        }
    }

    @Test
    void a_closed_port_refuses() {
        Trial trial = Try.of("http-form", DebianServer.freeTcpPort(), "alice", "alice-pw")
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
    }

    @Test
    void form_fields_cookies_and_redirects_are_kept_as_a_browser_does() {
        Trial trial = form("alice", "alice-pw")
                .with("expect-text", "Hello Alice")
                .with("expect-url", "/app/home")
                .with("expect-cookie", "session")
                .run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.said()).endsWith("/app/home");
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.GREET, Step.AUTHENTICATE);
    }

    @Test
    void form_without_any_expectation_a_page_without_the_form_is_an_acceptance() {
        assertThat(form("alice", "alice-pw").run().asExpected()).isTrue();
    }

    @Test
    void form_the_form_again_is_a_rejection_in_the_sites_own_words() {
        Trial trial = form("dora", "not it").with("expect-status", "200").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("rejected"));
        assertThat(trial.said()).isEqualTo("rejected: the login form again: Wrong name or password.");
        assertThat(site.sent()).filteredOn(body -> body.contains("dora")).hasSize(1);
    }

    @Test
    void form_a_locked_account_is_told_as_that() {
        assertThat(form("lena", "lena-pw").run().outcome()).isEqualTo(new Outcome.Rejected("locked"));
    }

    @Test
    void form_a_server_in_trouble_rejects_nobody() {
        assertThat(form("bruno", "bruno-pw").run().outcome())
                .isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "backend_unreachable"));
    }

    @Test
    void form_a_page_that_is_not_the_expected_one_is_neither() {
        Trial trial = form("alice", "alice-pw").with("expect-text", "Hello Bob").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "unexpected_page"));
        assertThat(trial.said()).contains("the text 'Hello Bob'");
    }

    @ParameterizedTest
    @CsvSource({
        "/none, GREET, no_login_form",
        "/get, AUTHENTICATE, form_unsafe",
        "/round, GREET, redirect_loop",
        "/away, GREET, unknown_host",
    })
    void form_what_cannot_be_filled_in_is_told(String path, Step step, String reason) {
        Trial trial = form("alice", "alice-pw").with("path", path).run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Failed(step, reason));
    }

    private long logins(String user) {
        try (Stream<String> lines = Files.lines(nginx.accessLog())) {
            return lines.filter(line -> line.contains(user)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Try basic(String password) {
        return Try.of("http-basic", nginx.tlsPort(), "alice", password)
                .with("ca", certificates.authority().toString());
    }

    private Try form(String user, String password) {
        return Try.of("http-form", site.port(), user, password).with("tls", "none");
    }
}
