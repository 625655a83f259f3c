package barograph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import barograph.notices.Filing;
import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.notices.Sorter;
import barograph.notices.Story;
import barograph.rollout.Event.Writer;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Role;
import barograph.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailParserTest {
    private static final List<String> CASES = List.of(
            "15-utf8-raw-headers",
            "16-latin1-8bit-body",
            "20-second-from-on-top",
            "33-attached-original",
            "34-inline-quote",
            "35-reply-references",
            "36-reply-plus-address",
            "37-reply-conflict",
            "38-reply-forged-token",
            "39-reply-subject-number-only",
            "40-outsider-with-number",
            "41-out-of-office",
            "42-out-of-office-bare",
            "43-ticket-robot",
            "44-dsn-failed",
            "45-dsn-delayed",
            "46-mdn-displayed");

    @Test
    void reads_headers_in_raw_utf_8_and_a_text_in_latin_1() throws IOException {
        assertThat(read("15-utf8-raw-headers").subject()).isEqualTo("Änderung – nicht von uns");
        assertThat(read("16-latin1-8bit-body").text()).contains("Grüße").doesNotContain("\ufffd");
    }

    @Test
    void a_mail_with_two_senders_is_nobodys() throws IOException {
        assertThat(read("20-second-from-on-top").from()).isEmpty();
    }

    @Test
    void does_not_take_the_words_of_an_attached_mail_for_the_senders() throws IOException {
        Mail mail = read("33-attached-original");

        assertThat(mail.text()).contains("please do it on production today").doesNotContain("we did not ask");
    }

    @Test
    void finds_addresses_and_references_wherever_they_are_written() throws IOException {
        assertThat(read("35-reply-references").references())
                .containsExactly("<CHG-1042.k7Q2mX9dTzW4bR6y@operator.example>");
        assertThat(read("36-reply-plus-address").to())
                .containsExactly("change+CHG-1042.k7Q2mX9dTzW4bR6y@operator.example");
        assertThat(parse("""
                From: a@b.example
                To: Some One <one@x.example>, two@x.example
                Cc: "Last, First" <three@x.example>
                Delivered-To: four@x.example
                References: <1@x> <2@x>
                 <3@x>
                In-Reply-To: <4@x> (some words)

                """)).satisfies(mail -> {
            assertThat(mail.to())
                    .containsExactly("one@x.example", "two@x.example", "three@x.example", "four@x.example");
            assertThat(mail.references()).containsExactly("<1@x>", "<2@x>", "<3@x>", "<4@x>");
        });
    }

    @Test
    void a_report_shows_the_letter_that_it_is_about() throws IOException {
        assertThat(read("44-dsn-failed").text())
                .contains("Action: failed")
                .contains("<CHG-1042.k7Q2mX9dTzW4bR6y@operator.example>");
    }

    @ParameterizedTest
    @CsvSource({
        "35-reply-references, PERSON",
        "36-reply-plus-address, PERSON",
        "41-out-of-office, MACHINE",
        "42-out-of-office-bare, MACHINE",
        "43-ticket-robot, MACHINE",
        "46-mdn-displayed, MACHINE",
        "44-dsn-failed, BOUNCE",
        "45-dsn-delayed, MACHINE"
    })
    void a_mail_of_the_field_is_taken_for_what_it_is(String name, Writer writer) throws IOException {
        Filing filing = sorter().sort(read(name), Map.of(), List.of(), Instant.EPOCH);

        assertThat(filing).isEqualTo(new Filing.Unfiled(writer, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"38-reply-forged-token", "39-reply-subject-number-only", "40-outsider-with-number"})
    void nobody_gets_into_a_change_by_its_name_or_a_guessed_token(String name) throws IOException {
        Filing filing = sorter().sort(
                        read(name),
                        Map.of(
                                Story.CHANGE,
                                Story.ofSessionTimeout().untilRolledBack().history()),
                        List.of(),
                        Instant.EPOCH);

        assertThat(filing).isNotInstanceOf(Filing.Filed.class);
    }

    @Test
    void reads_the_words_of_a_mail_that_has_only_markup() {
        Mail mail = parse("""
                From: helpdesk@acme.example
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <html><style>p { color: red }</style><body><p>Users can&rsquo;t&nbsp;log&#32;in</p><p>since&#x20;9<br>
                &lt;urgent&gt; &amp; loud</p><script>alert("EMERGENCY")</script></body></html>
                --b--
                """);

        assertThat(mail.text())
                .contains("Users can’t log in\n")
                .contains("<urgent> & loud")
                .doesNotContain("color")
                .doesNotContain("EMERGENCY");
    }

    @Test
    void prefers_plain_text_and_leaves_attached_files_alone() {
        Mail mail = parse("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/plain

                plain words
                --c
                Content-Type: text/html

                <b>marked words</b>
                --c--
                --b
                Content-Type: text/plain
                Content-Disposition: attachment; filename=log.txt

                EMERGENCY in a log
                --b--
                """);

        assertThat(mail.text()).contains("plain words").doesNotContain("marked").doesNotContain("EMERGENCY");
    }

    @Test
    void a_mail_without_a_message_id_gets_one_of_its_bytes() {
        assertThat(parse("From: a@b.example\n\nx\n").messageId()).startsWith("sha256:");
        assertThat(parse("From: a@b.example\n\nx\n").messageId())
                .isNotEqualTo(parse("From: a@b.example\n\ny\n").messageId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "not a mail at all",
                "Content-Type: multipart/mixed\n\n--x\n",
                "Content-Type: multipart/mixed; boundary=\"\n\n--\n",
                "Content-Type: text/plain; charset=no-such-charset\n\nwords\n",
                "Content-Type: text/plain; charset=\"\n\nwords\n",
                "Content-Type: /\n\nwords\n",
                "Content-Transfer-Encoding: no-such\n\nwords\n",
                "Content-Transfer-Encoding: base64\n\n!!!!\n",
                "Subject: =?utf-8?b?!!!?= =?x?y?z?=\n\n",
                "Subject: =?no-such-charset?q?a?=\n\n",
                "From: <<<>>>@@@\nTo: ;;;:,,,\n\n",
                "From: \"unterminated <a@b.example>\n\n",
                "From:\nTo:\nSubject:\nMessage-ID:\n\n"
            })
    void whatever_a_mail_is_something_comes_back(String raw) {
        assertThat(parse(raw)).isNotNull();
    }

    @Test
    void a_broken_transfer_encoding_does_not_hide_the_head() {
        Mail mail = parse("From: helpdesk@acme.example\nSubject: EMERGENCY\nContent-Transfer-Encoding: no-such\n\nx\n");

        assertThat(mail.from()).isEqualTo("helpdesk@acme.example");
        assertThat(mail.subject()).isEqualTo("EMERGENCY");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mails_damaged_anywhere_never_break_it(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 400; round++) {
            byte[] raw = raw(CASES.get(random.nextInt(CASES.size())));
            for (int hits = random.nextInt(1, 20); hits > 0; hits--) {
                raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(raw, random.nextInt(raw.length + 1));
            assertThatCode(() -> MailParser.parse(new Postmark(1, 1), Instant.EPOCH, cut))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void mails_made_to_take_long_do_not() {
        String deep = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(20_000);
        String brackets = "From: a@b.example\nContent-Type: text/html\n\n" + "<&".repeat(400_000);
        String addresses = "To: " + "a@b, ".repeat(400_000) + "\n\n";
        String headers = "X: y\n".repeat(300_000) + "\n";
        String encoded = "Subject: " + "=?utf-8?q?a?= ".repeat(200_000) + "\n\n";
        long start = System.nanoTime();

        for (String raw : List.of(deep, brackets, addresses, headers, encoded)) {
            assertThat(parse(raw)).isNotNull();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static Mail read(String name) throws IOException {
        return MailParser.parse(new Postmark(1, 1), Instant.EPOCH, raw(name));
    }

    private static byte[] raw(String name) throws IOException {
        try (InputStream in = MailParserTest.class.getResourceAsStream(name + ".eml")) {
            if (in == null) {
                throw new AssertionError("no mail " + name);
            }
            return in.readAllBytes();
        }
    }

    private static Mail parse(String raw) {
        return MailParser.parse(
                new Postmark(1, 1), Instant.EPOCH, raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// A sorter for the mails of the field, which are those of a vendor to an operator.
    private static Sorter sorter() {
        Site site = Story.SITE;
        Party vendor = new Party(
                new PartyId("vendor"),
                Role.VENDOR,
                "Vendor",
                Optional.of("vendor.example"),
                List.of(),
                Optional.empty());
        NoticeRules rules = new NoticeRules(
                "change@operator.example", Optional.empty(), Optional.empty(), Duration.ofMinutes(15), List.of());
        return new Sorter(
                new Site(
                        site.name(),
                        List.of(vendor),
                        site.servers(),
                        site.probes(),
                        site.lease(),
                        site.watch(),
                        site.gates(),
                        Optional.of(rules)),
                rules,
                Story.TOKENS);
    }
}
