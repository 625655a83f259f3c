package barograph.notices;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.rollout.Event.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MannersTest {
    @Test
    void takes_a_plain_mail_for_a_persons() {
        assertThat(Manners.writer(mail().build())).isEqualTo(Writer.PERSON);
        assertThat(Manners.writer(mail().header("auto-submitted", "no").build()))
                .isEqualTo(Writer.PERSON);
        assertThat(Manners.writer(mail().header("precedence", "first-class").build()))
                .isEqualTo(Writer.PERSON);
        assertThat(Manners.writer(
                        mail().header("return-path", "<kit@keyring.example>").build()))
                .isEqualTo(Writer.PERSON);
    }

    @ParameterizedTest
    @CsvSource({
        "auto-submitted, auto-replied",
        "auto-submitted, Auto-Generated; owner-email=x@y",
        "precedence, bulk",
        "precedence, Junk",
        "precedence, list",
        "precedence, auto_reply",
        "list-id, <news.example>",
        "x-autoreply, yes",
        "x-autorespond, 1",
        "x-auto-response-suppress, All",
        "x-barograph-loop, changes@northwind.example",
        "return-path, <>",
        "content-type, multipart/report; report-type=disposition-notification"
    })
    void knows_a_machine_by_its_headers(String name, String value) {
        assertThat(Manners.writer(mail().header(name, value).build())).isEqualTo(Writer.MACHINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"noreply@acme.example", "ticket-no-reply@acme.example", "MAILER-DAEMON@x", "postmaster@x", ""})
    void knows_a_machine_by_its_address(String from) {
        assertThat(Manners.writer(new SorterTest.Draft(from).build())).isEqualTo(Writer.MACHINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Automatic reply: x", "Out of office", "Abwesenheit: x", "Réponse automatique : x", "Auto: away"
            })
    void knows_an_absence_note_that_comes_without_any_header(String subject) {
        assertThat(Manners.writer(mail().subject(subject).build())).isEqualTo(Writer.MACHINE);
    }

    @Test
    void knows_a_letter_that_came_back() {
        String report = "multipart/report; report-type=delivery-status";
        assertThat(Manners.writer(mail().header("content-type", report)
                        .text("Action: failed")
                        .build()))
                .isEqualTo(Writer.BOUNCE);
        assertThat(Manners.writer(mail().header("content-type", report)
                        .text("cannot be read")
                        .build()))
                .isEqualTo(Writer.BOUNCE);
        assertThat(Manners.writer(mail().header("return-path", "<>")
                        .subject("Undeliverable: x")
                        .build()))
                .isEqualTo(Writer.BOUNCE);
        assertThat(Manners.writer(mail().header("content-type", report)
                        .text("Action: delayed\n")
                        .build()))
                .isEqualTo(Writer.MACHINE);
    }

    private static SorterTest.Draft mail() {
        return new SorterTest.Draft("kit@keyring.example").subject("hello");
    }
}
