package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.servers.RealFreeRadius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CHAP and MS-CHAP version 2 against Debian's FreeRADIUS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RadiusDigestProbesTest {
    private RealFreeRadius radius;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        radius = RealFreeRadius.in(folder);
        Files.writeString(radius.root().resolve("mods-config/files/authorize"), """
                otp Cleartext-Password := "otp-pw", Response-Packet-Type := Access-Challenge
                    Reply-Message := "Your code?"
                frozen Cleartext-Password := "frozen-pw", SMB-Account-Ctrl-Text := "[UL         ]"
                stale Cleartext-Password := "stale-pw", SMB-Account-Ctrl-Text := "[Ue         ]"
                gone Auth-Type := Reject
                    Reply-Message := "Your account has expired."
                anyone Auth-Type := Accept
                """, StandardOpenOption.APPEND);
        radius.started();
    }

    @AfterAll
    void stop() {
        if (radius != null) {
            radius.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"radius-chap", "radius-mschapv2"})
    void the_right_password_is_accepted_with_its_attributes(String via) {
        Trial trial = login(via, "alice").with("reply", "Filter-Id=staff").run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Accepted());
        assertThat(trial.asExpected()).isTrue();
        assertThat(Try.steps(trial)).containsExactly(Step.RESOLVE, Step.CONNECT, Step.AUTHENTICATE);
        assertThat(trial.reply()).containsEntry("Session-Timeout", "3600");
    }

    @ParameterizedTest
    @CsvSource({"radius-chap, rejected", "radius-mschapv2, bad_password"})
    void a_wrong_password_is_rejected(String via, String reason) {
        Trial trial = login(via, "alice", "not it").expectingReject().run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected(reason));
        assertThat(trial.asExpected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"radius-chap", "radius-mschapv2"})
    void a_challenge_is_no_acceptance(String via) {
        Trial trial = login(via, "otp").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "challenged"));
        assertThat(trial.said()).contains("Your code?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"radius-chap", "radius-mschapv2"})
    void with_a_wrong_secret_nothing_comes_back(String via) {
        Trial trial = login(via, "bob")
                .with("secret", "wrong")
                .within(Duration.ofMillis(900))
                .run();

        assertThat(trial.outcome()).isInstanceOf(Outcome.Unanswered.class);
    }

    @ParameterizedTest
    @CsvSource({"frozen, locked", "stale, expired_password"})
    void an_account_that_cannot_be_used_is_told_as_that(String user, String reason) {
        Trial trial = login("radius-mschapv2", user).run();

        assertThat(trial.outcome()).as(trial.said()).isEqualTo(new Outcome.Rejected(reason));
        assertThat(trial.said()).contains("MS-CHAP-Error E=");
    }

    @Test
    void words_to_the_user_tell_an_account_that_has_run_out() {
        Trial trial = login("radius-chap", "gone").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Rejected("expired_account"));
    }

    @Test
    void a_server_that_does_not_prove_the_password_has_accepted_nobody() {
        Trial trial = login("radius-mschapv2", "anyone").run();

        assertThat(trial.outcome()).isEqualTo(new Outcome.Failed(Step.AUTHENTICATE, "server_unproven"));
    }

    /// RFC 2759 §9.2.
    @Test
    void mschapv2_reckons_as_the_rfc_does() {
        Mschapv2 mschap = new Mschapv2(
                HexFormat.of().parseHex("5B5D7C7D7B3F2F3E3C2C602132262628"),
                HexFormat.of().parseHex("21402324255E262A28295F2B3A337C7E"),
                "User",
                "clientPass");

        assertThat(HexFormat.of().withUpperCase().formatHex(mschap.ntResponse()))
                .isEqualTo("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
        assertThat(mschap.serverProof()).isEqualTo("S=407A5589115FD0D6209F510FE9C04566932CDA56");
    }

    @Test
    void errors_of_mschap_have_their_words() {
        assertThat(MschapError.read("E=647 R=0 V=3 M=Account disabled")
                        .orElseThrow()
                        .reason())
                .isEqualTo("disabled");
        assertThat(MschapError.read("E=646 R=0").orElseThrow().reason()).isEqualTo("policy_denied");
        assertThat(MschapError.read("nonsense")).isEmpty();
        assertThat(MschapError.in(List.of())).isEmpty();
    }

    private Try login(String via, String user) {
        return login(via, user, user + "-pw");
    }

    private Try login(String via, String user, String password) {
        return Try.of(via, radius.port(), user, password).with("secret", RealFreeRadius.SECRET);
    }
}
