package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.Await;
import barograph.servers.RealFreeRadius;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's FreeRADIUS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RadiusPapProbeTest {
    private static final Duration SHORT = Duration.ofMillis(900);

    private RealFreeRadius radius;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        radius = RealFreeRadius.in(folder);
        append("mods-config/files/authorize", """
                vlan Cleartext-Password := "vlan-pw"
                    Tunnel-Type := VLAN, Tunnel-Medium-Type := IEEE-802, Tunnel-Private-Group-Id := "20",
                    Tunnel-Private-Group-Id:1 += "guest-net", Framed-IP-Address := 10.1.2.3, Class := 0xdeadbeef,
                    Cisco-AVPair := "shell:priv-lvl=15", Login-LAT-Service := "odd"
                echo Cleartext-Password := "echo-pw"
                    Reply-Message := "your password is echo-pw"
                otp Cleartext-Password := "otp-pw", Response-Packet-Type := Access-Challenge
                    Reply-Message := "Your code?"
                signed Cleartext-Password := "signed-pw"
                    Message-Authenticator := 0x00
                """);
        append("clients.conf", """
                client odd {
                    ipaddr = 127.0.0.9
                    secret = another-secret
                }
                """);
        radius.started();
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(radius.root().resolve(file), text, StandardOpenOption.APPEND);
    }

    @AfterAll
    void stop() {
        if (radius != null) {
            radius.close();
        }
    }

    @Test
    void an_acceptance_tells_its_steps_and_its_attributes() {
        Trial trial = login("alice").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.AUTHENTICATE);
        assertThat(trial.reply()).containsEntry("Session-Timeout", "3600").containsEntry("Filter-Id", "staff");
    }

    @Test
    void attributes_of_many_forms_are_told_by_name() {
        Trial trial = login("vlan").run();

        assertThat(trial.reply())
                .containsEntry("Tunnel-Type", "VLAN")
                .containsEntry("Tunnel-Medium-Type", "IEEE-802")
                .containsEntry("Tunnel-Private-Group-Id", "20")
                .containsEntry("Tunnel-Private-Group-Id:1", "guest-net")
                .containsEntry("Framed-IP-Address", "10.1.2.3")
                .containsEntry("Class", "0xdeadbeef")
                .containsEntry("Attr-26.9.1", "shell:priv-lvl=15")
                .containsEntry("Attr-34", "odd");
    }

    @Test
    void a_signed_answer_is_accepted_when_its_signature_is_right() {
        Trial trial = login("signed").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.reply()).isEmpty();
    }

    @Test
    void a_wrong_password_is_rejected_in_the_servers_own_words() {
        Trial trial = login("alice", "not it").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("rejected"));
        assertThat(trial.asExpected()).isFalse();
        assertThat(trial.said()).startsWith("rejected: Access-Reject");
    }

    @Test
    void an_expected_rejection_is_as_expected_and_an_acceptance_is_a_door_left_open() {
        Trial rejected = login("alice", "not it").expectingReject().run();
        Trial accepted = login("alice").expectingReject().run();

        assertThat(rejected.asExpected()).isTrue();
        assertThat(accepted.asExpected()).isFalse();
        assertThat(accepted.doorLeftOpen()).isTrue();
    }

    @Test
    void silence_is_no_rejection() {
        Trial trial = login("alice", "not it")
                .with("secret", "wrong")
                .within(SHORT)
                .expectingReject()
                .run();

        assertThat(trial.asExpected()).isFalse();
    }

    @Test
    void an_acceptance_without_its_attributes_is_not_as_expected() {
        Trial right = login("alice")
                .with("reply", "Filter-Id=staff, Session-Timeout=3600")
                .run();
        Trial wrong = login("alice")
                .with("reply", "Filter-Id=guests, Framed-MTU=1400")
                .run();

        assertThat(right.asExpected()).isTrue();
        assertThat(wrong.outcome().accepted()).isTrue();
        assertThat(wrong.asExpected()).isFalse();
        assertThat(wrong.said()).isEqualTo("accepted without Filter-Id=guests (but with staff), Framed-MTU=1400");
    }

    @Test
    void a_challenge_is_no_acceptance() {
        Trial trial = login("otp").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "challenged"));
        assertThat(trial.said()).contains("Your code?");
    }

    @Test
    void with_a_wrong_secret_the_server_is_silent_and_its_log_tells_why() throws IOException {
        Trial trial = login("bob").with("secret", "wrong").within(SHORT).run();

        assertThat(trial.outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(trial.said()).startsWith("timed out").contains("3 packets", "shared secret mismatch");
        Await.until(
                "the log tells of the wrong secret",
                Duration.ofSeconds(5),
                () -> logContains("Shared secret is incorrect"));
    }

    @Test
    void an_answer_that_is_signed_with_another_secret_is_told_apart_from_silence() throws IOException {
        UnaryOperator<byte[]> spoil = answer -> {
            answer[4] ^= 1;
            return answer;
        };
        try (Relay relay = new Relay(radius.port(), 0, spoil)) {
            Trial trial =
                    login("alice").at("127.0.0.1", relay.port()).within(SHORT).run();

            assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "shared_secret_mismatch"));
            assertThat(trial.said()).startsWith("shared secret mismatch (response authenticator wrong)");
        }
    }

    @Test
    void a_lost_packet_is_sent_again_unchanged_and_stays_one_login() throws IOException {
        String user = "probe";
        try (Relay relay = new Relay(radius.port(), 1, answer -> answer)) {
            Trial trial = login(user)
                    .at("127.0.0.1", relay.port())
                    .within(Duration.ofSeconds(3))
                    .run();

            assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
            assertThat(relay.requests()).hasSize(2);
            assertThat(relay.requests().getFirst()).isEqualTo(relay.requests().getLast());
        }
        Await.until("the log tells of the login", Duration.ofSeconds(5), () -> logContains("[" + user + "]"));
        assertThat(Files.readAllLines(radius.log()))
                .filteredOn(line -> line.contains("[probe]"))
                .hasSize(1);
    }

    @Test
    void a_closed_port_refuses() throws IOException {
        int closed;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            closed = socket.getLocalPort();
        }

        Trial trial = login("alice").at("127.0.0.1", closed).within(SHORT).run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.CONNECT, "refused"));
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT);
        assertThat(trial.said()).startsWith("refused");
    }

    @Test
    void a_silent_port_is_given_up_in_time() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            long began = System.nanoTime();

            Trial trial = login("alice")
                    .at("127.0.0.1", silent.getLocalPort())
                    .within(SHORT)
                    .run();

            assertThat(trial.outcome()).isInstanceOf(Outcome.Unanswered.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(2));
        }
    }

    @Test
    void a_host_without_an_address_fails_to_resolve() {
        Trial trial = login("alice").at("nowhere.invalid", 1812).within(SHORT).run();

        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE);
        assertThat(trial.outcome()).isNotInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_probe_comes_from_the_address_that_it_is_told() {
        Trial trial = login("alice")
                .with("from", "127.0.0.9")
                .with("secret", "another-secret")
                .run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void secrets_are_taken_out_of_the_servers_words() {
        Trial trial = login("echo").run();

        assertThat(trial.said()).isEqualTo("accepted: your password is (hidden)");
        assertThat(trial.reply()).containsEntry("Reply-Message", "your password is (hidden)");
    }

    @Test
    void a_probe_that_is_not_set_up_well_says_what_is_missing() {
        Trial missing = Try.of("radius-pap", radius.port(), "alice", "alice-pw").run();
        Trial unknown = Try.of("radius-pop", radius.port(), "alice", "alice-pw").run();
        Trial option = login("alice").with("secrte", "x").run();
        Trial unreadable = login("alice").with("secret", "env:NOBODY_SET_THIS").run();
        Trial longPassword = login("alice", "x".repeat(129)).run();

        assertThat(missing.said()).contains("needs the option 'secret'");
        assertThat(unknown.said()).contains("'radius-pop'", "radius-pap, radius-chap");
        assertThat(option.said()).contains("takes no option 'secrte'");
        assertThat(unreadable.outcome().reason()).isEqualTo("secret_unreadable");
        assertThat(longPassword.said()).contains("128 bytes");
    }

    private Try login(String user) {
        return login(user, user + "-pw");
    }

    private Try login(String user, String password) {
        return Try.of("radius-pap", radius.port(), user, password).with("secret", RealFreeRadius.SECRET);
    }

    private boolean logContains(String words) {
        try {
            return Files.readString(radius.log()).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
