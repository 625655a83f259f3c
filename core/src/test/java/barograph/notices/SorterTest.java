package barograph.notices;

import static barograph.notices.Story.CHANGE;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.RULES;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.rollout.Event;
import barograph.rollout.Event.Writer;
import barograph.rollout.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SorterTest {
    private static final ChangeId OTHER = new ChangeId("new-certificate");
    private static final String DESK = "helpdesk@acme.example";
    private static final String KIT = "kit@keyring.example";

    private final Sorter sorter = new Sorter(SITE, RULES, TOKENS);
    private final Story story = Story.ofSessionTimeout().untilRolledBack().sent("rolled-back", KIT);
    private final Story other = new Story(OTHER).proposed().sent("claim-1", KIT);
    private Instant now = story.now().plus(Duration.ofHours(2));

    @Test
    void a_token_in_the_address_decides_whatever_the_thread_says() {
        Mail mail = new Draft(KIT)
                .to(address(CHANGE, "rolled-back", KIT))
                .subject("new mail, no references")
                .build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "token", Writer.PERSON, false));
    }

    @Test
    void a_token_is_found_in_whatever_case_a_mail_server_writes_it() {
        Mail mail = new Draft(KIT)
                .to(address(CHANGE, "rolled-back", KIT).toUpperCase(java.util.Locale.ROOT))
                .build();

        assertThat(sort(mail)).isInstanceOf(Filing.Filed.class);
    }

    @Test
    void a_forged_token_is_worth_nothing() {
        Mail mail = new Draft("m@mailer.example")
                .to("changes+session-timeout.aaaaaaaaaaaaaaaa@northwind.example")
                .subject("[session-timeout] yes we confirm")
                .build();

        assertThat(sort(mail)).isInstanceOf(Filing.LeftAlone.class);
    }

    @Test
    void a_reply_is_found_by_the_letter_that_it_answers() {
        Mail mail =
                new Draft(KIT).references(messageId(CHANGE, "rolled-back", KIT)).build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "thread", Writer.PERSON, false));
    }

    @Test
    void a_reply_in_a_thread_whose_first_letter_is_gone_is_found_by_its_root() {
        Mail mail = new Draft(KIT)
                .references("<session-timeout.acme-login@northwind.example>")
                .build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "thread", Writer.PERSON, false));
    }

    @Test
    void an_answer_among_others_to_a_mail_that_came_in_belongs_there_too() {
        story.mail(DESK, "EMERGENCY", true);
        String theirs = ((Event.MailReceived) story.history().getLast().event()).messageId();
        Mail mail = new Draft("dana@acme.example").references(theirs).build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "thread", Writer.PERSON, false));
    }

    @Test
    void an_answer_to_an_automatic_answer_is_found_by_its_token() {
        story.mail(DESK, "EMERGENCY", true);
        String token = TOKENS.of(
                Optional.of(CHANGE), DESK, "answer-" + (story.history().size() - 1));
        Mail mail = new Draft(DESK)
                .to(OwnAddress.of(RULES.from()).reply(Optional.of(CHANGE), token))
                .build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "token", Writer.PERSON, false));
    }

    @Test
    void thanks_for_an_automatic_answer_are_no_new_emergency_and_a_new_mail_of_that_name_is_one() {
        String id = "answer-" + story.history().size();
        story.mail(DESK, "EMERGENCY: users cannot log in", true)
                .happens(new Event.MailAnswered("<m@x>", DESK, "Re: EMERGENCY: users cannot log in", Duration.ZERO));
        Draft thanks = new Draft(DESK)
                .references(messageId(CHANGE, id, DESK))
                .subject("RE: Re: EMERGENCY: users cannot log in")
                .text("Thank you, all is well.");
        Draft again = new Draft(DESK).subject("EMERGENCY: users cannot log in");

        assertThat(sort(thanks.build())).isEqualTo(new Filing.Filed(List.of(CHANGE), "thread", Writer.PERSON, false));
        assertThat(sort(again.build())).isEqualTo(new Filing.Filed(List.of(CHANGE), "sender", Writer.PERSON, true));
    }

    @Test
    void a_mail_that_refers_to_two_changes_is_filed_with_both() {
        Mail mail = new Draft(KIT)
                .references(messageId(CHANGE, "rolled-back", KIT), messageId(OTHER, "claim-1", KIT))
                .build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE, OTHER), "thread", Writer.PERSON, false));
    }

    @Test
    void a_late_emergency_without_any_reference_belongs_to_the_change_that_was_last_in_force() {
        Mail mail = new Draft(DESK).subject("EMERGENCY: users cannot log in").build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "sender", Writer.PERSON, true));
    }

    @Test
    void an_emergency_long_after_the_end_of_every_change_is_for_an_operator_to_look_at() {
        now = story.now().plus(Duration.ofHours(49));
        Mail mail = new Draft(DESK).subject("EMERGENCY: users cannot log in").build();

        assertThat(sort(mail)).isEqualTo(new Filing.Unfiled(Writer.PERSON, true));
    }

    @Test
    void of_two_changes_in_force_the_later_one_is_meant() {
        other.later(Duration.ofHours(3)).released().applied(ONE);
        Mail mail = new Draft(DESK).subject("nobody can log in").build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(OTHER), "sender", Writer.PERSON, true));
    }

    @Test
    void a_strangers_emergency_goes_to_an_operator_and_into_no_change() {
        Mail mail = new Draft("someone@elsewhere.example").subject("EMERGENCY").build();

        assertThat(sort(mail)).isEqualTo(new Filing.Unfiled(Writer.PERSON, true));
    }

    @Test
    void a_partys_mail_about_nothing_in_particular_goes_to_an_operator_and_a_strangers_stays_where_it_is() {
        assertThat(sort(new Draft(DESK).subject("lunch?").build())).isEqualTo(new Filing.Unfiled(Writer.PERSON, false));
        assertThat(sort(new Draft("shop@elsewhere.example").subject("50% off").build()))
                .isInstanceOf(Filing.LeftAlone.class);
    }

    @Test
    void a_letter_of_our_own_is_left_alone_under_any_of_our_addresses() {
        assertThat(sort(new Draft("changes@northwind.example").build())).isInstanceOf(Filing.LeftAlone.class);
        assertThat(sort(new Draft("Changes+x.y@Northwind.example")
                        .subject("EMERGENCY")
                        .build()))
                .isInstanceOf(Filing.LeftAlone.class);
    }

    @Test
    void a_bounce_is_filed_by_the_letter_that_it_returns() {
        Mail mail = new Draft("MAILER-DAEMON@mx.acme.example")
                .subject("Undelivered Mail Returned to Sender")
                .header("content-type", "multipart/report; report-type=delivery-status")
                .text("Action: failed\n\nMessage-ID: " + messageId(CHANGE, "rolled-back", KIT))
                .build();

        assertThat(sort(mail)).isEqualTo(new Filing.Filed(List.of(CHANGE), "token", Writer.BOUNCE, false));
    }

    @Test
    void the_same_mail_is_not_taken_in_twice_even_when_the_mailbox_was_made_anew() {
        story.happens(received("1700000000-7", "<a@x>"));
        Mail again =
                new Draft(DESK).postmark(1_700_000_000, 7).messageId("<b@x>").build();
        Mail moved =
                new Draft(DESK).postmark(1_800_000_000, 1).messageId("<a@x>").build();

        assertThat(sort(again)).isEqualTo(new Filing.LeftAlone("it was taken in before"));
        assertThat(sort(moved)).isEqualTo(new Filing.LeftAlone("it was taken in before"));
    }

    @Test
    void another_mail_with_the_same_message_id_is_taken_in() {
        story.happens(received("1700000000-7", "<a@x>"));
        Mail mail = new Draft(DESK)
                .postmark(1_700_000_000, 8)
                .messageId("<a@x>")
                .subject("EMERGENCY")
                .build();

        assertThat(sort(mail)).isInstanceOf(Filing.Filed.class);
    }

    @Test
    void strangers_cannot_fill_the_record() {
        Story ofSite = Story.ofSessionTimeout().later(Duration.between(story.now(), now));
        for (int i = 0; i < Sorter.UNFILED_PER_HOUR; i++) {
            ofSite.mail("s" + i + "@elsewhere.example", "EMERGENCY", true);
        }
        now = ofSite.now();
        Mail stranger = new Draft("more@elsewhere.example").subject("EMERGENCY").build();
        Mail ours = new Draft("kit@keyring.example").subject("lunch?").build();

        assertThat(sorter.sort(stranger, changes(), ofSite.history(), now)).isInstanceOf(Filing.LeftAlone.class);
        assertThat(sorter.sort(ours, changes(), ofSite.history(), now)).isInstanceOf(Filing.Unfiled.class);
    }

    private static Event received(String postmark, String messageId) {
        return new Event.MailReceived(postmark, DESK, "s", messageId, "sender", Writer.PERSON, true, Instant.EPOCH);
    }

    private Filing sort(Mail mail) {
        return sorter.sort(mail, changes(), List.of(), now);
    }

    private Map<ChangeId, List<Happening>> changes() {
        Map<ChangeId, List<Happening>> changes = new LinkedHashMap<>();
        changes.put(CHANGE, story.history());
        changes.put(OTHER, other.history());
        return changes;
    }

    private static String address(ChangeId change, String notice, String recipient) {
        return OwnAddress.of(RULES.from())
                .reply(Optional.of(change), TOKENS.of(Optional.of(change), recipient, notice));
    }

    private static String messageId(ChangeId change, String notice, String recipient) {
        return OwnAddress.of(RULES.from())
                .messageId(Optional.of(change), TOKENS.of(Optional.of(change), recipient, notice));
    }

    /// A mail that is put together piece by piece.
    static final class Draft {
        private final String from;
        private List<String> to = List.of("changes@northwind.example");
        private String subject = "";
        private String text = "";
        private String messageId = "<m@x>";
        private List<String> references = List.of();
        private Map<String, List<String>> headers = Map.of();
        private Postmark postmark = new Postmark(1_700_000_000, 99);

        Draft(String from) {
            this.from = from;
        }

        Draft to(String address) {
            to = List.of(address);
            return this;
        }

        Draft subject(String words) {
            subject = words;
            return this;
        }

        Draft text(String words) {
            text = words;
            return this;
        }

        Draft messageId(String id) {
            messageId = id;
            return this;
        }

        Draft references(String... ids) {
            references = List.of(ids);
            return this;
        }

        Draft header(String name, String value) {
            headers = Map.of(name, List.of(value));
            return this;
        }

        Draft postmark(long box, long number) {
            postmark = new Postmark(box, number);
            return this;
        }

        Mail build() {
            return new Mail(postmark, from, to, subject, messageId, references, headers, Instant.EPOCH, text);
        }
    }
}
