package barograph.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyTest {
    private static final OwnAddress OWN = OwnAddress.of("changes@northwind.example");
    private static final String OUR_SUBJECT = "[session-timeout] In force on radius-1: logins may fail, nobody is hit";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EMERGENCY",
                "Emergency: please call back",
                "Users cannot log in since 9",
                "Our staff can’t login to the VPN",
                "login is broken for everyone",
                "Authentication fails on all access points",
                "nobody can\nlog in any more",
                "all accounts are locked out, passwords are refused",
                "Störung! Kein Zugang",
                "Unsere Leute können sich nicht anmelden",
                "NOTFALL",
                "Personne ne peut se connecter",
                "Nadie puede iniciar sesión"
            })
    void hears_an_alarm(String words) {
        assertThat(inText(words)).as(words).isTrue();
        assertThat(inSubject(words)).as(words).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thanks, all is well.",
                "We agree to this",
                "3",
                "yes, we confirm",
                "I am away until 1 December.",
                "Could you send the login statistics? Nothing is urgent.",
                "The invoice cannot be paid before Friday"
            })
    void stays_calm(String words) {
        assertThat(inText(words)).as(words).isFalse();
    }

    @Test
    void takes_no_alarm_from_what_is_quoted() {
        assertThat(inText("Thanks!\n\n> Effect on logins: 3 people could not log in.\n> EMERGENCY"))
                .isFalse();
        assertThat(
                        inText(
                                "Thanks!\n\nOn Sunday, Northwind Ops <changes+a.b@northwind.example> wrote:\n3 could not log in"))
                .isFalse();
        assertThat(inText("Danke\n\nAm Sonntag schrieb:\nusers cannot log in")).isFalse();
        assertThat(inText("ok\n\n-----Original Message-----\nusers cannot log in"))
                .isFalse();
        assertThat(inText("ok\n\n________________________________\nFrom: x\nusers cannot log in"))
                .isFalse();
    }

    @Test
    void takes_no_alarm_from_the_subject_of_our_own_letter_that_an_answer_repeats() {
        assertThat(inSubject("Re: " + OUR_SUBJECT)).isFalse();
        assertThat(inSubject("AW: [#4711] " + OUR_SUBJECT)).isFalse();
        assertThat(inSubject("EMERGENCY: " + OUR_SUBJECT)).isTrue();
    }

    @Test
    void reads_a_mail_of_any_length_in_no_time() {
        String wall = "can not ".repeat(2_000) + "a".repeat(5_000_000);

        assertThat(inText(wall)).isFalse();
    }

    private static boolean inText(String text) {
        return Emergency.in(new SorterTest.Draft("a@b").text(text).build(), OWN, List.of(OUR_SUBJECT));
    }

    private static boolean inSubject(String subject) {
        return Emergency.in(new SorterTest.Draft("a@b").subject(subject).build(), OWN, List.of(OUR_SUBJECT));
    }
}
