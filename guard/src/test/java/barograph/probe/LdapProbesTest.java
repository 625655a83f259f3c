package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Certificates;
import barograph.servers.DebianServer;
import barograph.servers.RealSlapd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's slapd.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LdapProbesTest {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final String PEOPLE = "ou=people," + RealSlapd.SUFFIX;

    private RealSlapd slapd;
    private Certificates certificates;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        slapd = RealSlapd.in(folder.resolve("slapd"));
        certificates = Certificates.in(folder.resolve("certificates"));
        slapd.withTls(certificates.valid());
        withPolicy();
        slapd.started();
    }

    /// A policy that locks accounts and says so, and an account that it has locked.
    private void withPolicy() throws IOException {
        append(slapd.root().resolve("tls.conf"), "moduleload ppolicy\n");
        append(
                slapd.root().resolve("access.conf"),
                "overlay ppolicy\nppolicy_default \"cn=policy," + RealSlapd.SUFFIX + "\"\nppolicy_use_lockout\n");
        append(
                slapd.root().resolveSibling("data.ldif"),
                "dn: cn=policy," + RealSlapd.SUFFIX + """

                objectClass: device
                objectClass: pwdPolicy
                cn: policy
                pwdAttribute: userPassword
                pwdLockout: TRUE
                pwdMaxFailure: 50

                """
                        + RealSlapd.person("frozen", "staff").stripTrailing()
                        + "\npwdAccountLockedTime: 000001010000Z\n\n");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void a_locked_account_is_told_from_a_wrong_password_and_tells_nothing_of_the_server() {
        Trial trial = bind("frozen", "frozen-pw").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("locked"));
        assertThat(trial.silence()).hasValue("its account is locked");
        assertThat(bind("alice", "not it").run().tells()).isTrue();
    }

    @AfterAll
    void stop() {
        if (slapd != null) {
            slapd.close();
        }
    }

    @Test
    void a_bind_tells_its_steps() {
        Trial trial = bind("alice", "alice-pw").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.AUTHENTICATE);
    }

    @Test
    void a_wrong_password_is_rejected_once_in_the_servers_own_words() throws IOException {
        Trial trial = bind("wrong-once", "not it").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("bad_password"));
        assertThat(trial.said()).isEqualTo("rejected: invalid credentials (49)");
        assertThat(Files.readAllLines(slapd.log()))
                .filteredOn(line -> line.contains("BIND dn=\"uid=wrong-once,"))
                .hasSize(1);
    }

    @Test
    void an_expected_rejection_is_met_only_by_a_rejection() {
        assertThat(bind("alice", "not it").expectingReject().run().asExpected()).isTrue();
        assertThat(bind("alice", "alice-pw").expectingReject().run().doorLeftOpen())
                .isTrue();
        assertThat(bind("alice", "not it")
                        .at("127.0.0.1", DebianServer.freeTcpPort())
                        .expectingReject()
                        .run()
                        .asExpected())
                .isFalse();
    }

    @Test
    void an_empty_password_is_really_tried() {
        Trial trial = bind("alice", "").expectingReject().run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("policy_denied"));
        assertThat(trial.asExpected()).isTrue();
    }

    @Test
    void a_login_searches_and_then_binds_as_what_it_found() {
        Trial trial = login("alice", "alice-pw").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.reply()).containsEntry("dn", "uid=alice," + PEOPLE);
    }

    @Test
    void a_login_tells_what_went_wrong_with_the_search_and_with_the_bind() {
        assertThat(login("nobody", "x").run().outcome()).isEqualTo(new Outcome.Rejected("unknown_user"));
        assertThat(login("alice", "not it").run().outcome()).isEqualTo(new Outcome.Rejected("bad_password"));
        assertThat(login("alice", "alice-pw")
                        .with("filter", "(objectClass=inetOrgPerson)")
                        .run()
                        .outcome())
                .isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "ambiguous_user"));
        assertThat(login("alice", "alice-pw")
                        .with("base", "ou=gone," + RealSlapd.SUFFIX)
                        .run()
                        .outcome())
                .isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "no_such_entry"));
        assertThat(login("alice", "alice-pw")
                        .with("filter", "(uid={user}")
                        .run()
                        .outcome()
                        .reason())
                .isEqualTo("probe_misconfigured");
    }

    @Test
    void a_user_name_cannot_widen_the_search() {
        Trial trial = login("*", "alice-pw").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("unknown_user"));
    }

    @Test
    void a_rejected_service_account_is_not_the_users_fault() {
        Trial trial = login("alice", "alice-pw")
                .with("bind-password", "wrong")
                .expectingReject()
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "service_account_rejected"));
        assertThat(trial.asExpected()).isFalse();
    }

    @Test
    void the_group_must_hold_after_the_login() {
        Trial right =
                login("alice", "alice-pw").with("member-of", RealSlapd.STAFF).run();
        Trial wrong = login("bob", "bob-pw").with("member-of", RealSlapd.STAFF).run();

        assertThat(right.asExpected()).isTrue();
        assertThat(Try.steps(right)).endsWith(Step.AUTHENTICATE, Step.AUTHORIZE);
        assertThat(wrong.outcome().accepted()).isTrue();
        assertThat(wrong.asExpected()).isFalse();
        assertThat(wrong.said()).isEqualTo("accepted without group staff");
    }

    @Test
    void an_attribute_must_hold_after_the_login() {
        Try alice = login("alice", "alice-pw");

        assertThat(alice.with("member-of", "employeeType=staff").run().asExpected())
                .isTrue();
        assertThat(alice.with("member-of", "employeeType=guests").run().asExpected())
                .isFalse();
        assertThat(alice.with("member-of", "manager=cn=boss,dc=example,dc=org")
                        .run()
                        .asExpected())
                .isFalse();
        assertThat(bind("alice", "alice-pw")
                        .with("member-of", "employeeType=staff")
                        .run()
                        .asExpected())
                .isTrue();
    }

    @Test
    void a_group_that_cannot_be_looked_up_is_a_failure_to_authorize() {
        Trial trial = login("alice", "alice-pw")
                .with("member-of", "cn=gone,ou=groups," + RealSlapd.SUFFIX)
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHORIZE, "no_such_entry"));
    }

    @Test
    void tls_is_a_step_of_its_own_and_its_certificate_is_checked() {
        String ca = certificates.authority().toString();
        Trial starttls =
                bind("alice", "alice-pw").with("tls", "starttls").with("ca", ca).run();
        Trial ldaps = overTls().with("ca", ca).run();
        Trial untrusted = overTls().run();
        Trial plain = bind("alice", "alice-pw")
                .with("tls", "ldaps")
                .with("ca", ca)
                .within(SHORT)
                .run();

        assertThat(starttls.said()).isEqualTo("accepted");
        assertThat(Try.steps(starttls)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.TLS, Step.AUTHENTICATE);
        assertThat(ldaps.said()).isEqualTo("accepted");
        assertThat(untrusted.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_not_trusted"));
        assertThat(Try.steps(plain)).endsWith(Step.TLS);
        assertThat(plain.outcome().accepted()).isFalse();
    }

    @Test
    void a_certificate_that_is_over_or_for_another_server_is_told(@TempDir Path folder) {
        String ca = certificates.authority().toString();
        try (RealSlapd other = RealSlapd.in(folder)) {
            other.withTls(certificates.expired()).started();
            Try login = overTls().with("ca", ca).with("port", String.valueOf(other.tlsPort()));

            Trial expired = login.run();
            Trial expiredStartTls = login.with("tls", "starttls")
                    .with("port", String.valueOf(other.port()))
                    .run();
            other.withTls(certificates.forSomebodyElse()).control("restart");
            Trial elsewhere = login.run();

            assertThat(expired.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_expired"));
            assertThat(expired.said()).startsWith("certificate expired: CN=expired by CN=Test authority");
            assertThat(expiredStartTls.outcome()).isEqualTo(expired.outcome());
            assertThat(elsewhere.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_wrong"));
            assertThat(elsewhere.said()).contains("127.0.0.1");
        }
    }

    @Test
    void an_expired_certificate_that_is_itself_trusted_is_expired_all_the_same(@TempDir Path folder) {
        Certificates.Pair pair = certificates.expired();
        try (RealSlapd other = RealSlapd.in(folder)) {
            other.withTls(pair).started();

            Trial trial = overTls()
                    .with("ca", pair.certificate().toString())
                    .with("port", String.valueOf(other.tlsPort()))
                    .run();

            assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.TLS, "certificate_expired"));
        }
    }

    @Test
    void a_closed_port_refuses() {
        Trial trial = bind("alice", "alice-pw")
                .at("127.0.0.1", DebianServer.freeTcpPort())
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT);
    }

    @Test
    void a_silent_port_is_given_up_in_time_at_whatever_step() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Try login = bind("alice", "alice-pw")
                    .at("127.0.0.1", silent.getLocalPort())
                    .within(SHORT);

            assertGivenUp(login, Step.AUTHENTICATE);
            assertGivenUp(login.with("tls", "starttls"), Step.TLS);
            assertGivenUp(login.with("tls", "ldaps"), Step.TLS);
        }
    }

    private static void assertGivenUp(Try login, Step step) {
        long began = System.nanoTime();

        Trial trial = login.run();

        assertThat(trial.outcome()).as(trial.said()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(trial.said()).startsWith("timed out");
        assertThat(Try.steps(trial)).endsWith(step);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT.minusMillis(50), SHORT.plusSeconds(2));
    }

    @Test
    void a_server_that_hangs_up_is_told_apart_from_a_silent_one() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpForever(rude));

            Trial trial = bind("alice", "alice-pw")
                    .at("127.0.0.1", rude.getLocalPort())
                    .run();

            assertThat(trial.outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(trial.outcome().reason()).startsWith("connection_");
        }
    }

    private static void hangUpForever(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    @Test
    void a_probe_comes_from_the_address_that_it_is_told() throws IOException {
        Trial trial = bind("alice", "alice-pw").with("from", "127.3.2.1").run();

        assertThat(trial.asExpected()).isTrue();
        assertThat(Files.readString(slapd.log())).contains("ACCEPT from IP=127.3.2.1:");
    }

    @Test
    void a_probe_that_is_not_set_up_well_says_what_is_missing(@TempDir Path folder) throws IOException {
        Path noCertificate = Files.writeString(folder.resolve("ca"), "nothing");

        assertThat(Try.of("ldap-login", slapd.port(), "alice", "x").run().said())
                .contains("needs the option 'base'");
        assertThat(bind("alice", "x").with("tls", "yes").run().said()).contains("none, starttls, ldaps");
        assertThat(overTls().with("ca", noCertificate.toString()).run().said()).contains("'ca' cannot be used");
        assertThat(overTls().with("ca", "/nowhere/ca.pem").run().outcome().reason())
                .isEqualTo("secret_unreadable");
    }

    private Try bind(String user, String password) {
        return Try.of("ldap-bind", slapd.port(), user, password).with("dn", "uid={user}," + PEOPLE);
    }

    private Try login(String user, String password) {
        return Try.of("ldap-login", slapd.port(), user, password)
                .with("base", PEOPLE)
                .with("bind-dn", RealSlapd.SERVICE_DN)
                .with("bind-password", RealSlapd.SERVICE_PASSWORD);
    }

    private Try overTls() {
        return bind("alice", "alice-pw").with("tls", "ldaps").with("port", String.valueOf(slapd.tlsPort()));
    }
}
