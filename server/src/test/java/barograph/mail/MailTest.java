package barograph.mail;

import static barograph.mail.PostOffice.DANA;
import static barograph.mail.PostOffice.DESK;
import static barograph.mail.PostOffice.KIT;
import static barograph.mail.PostOffice.OMAR;
import static barograph.notices.Story.CHANGE;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.RULES;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.dkim.Keys;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.notices.Letters;
import barograph.notices.Sorter;
import barograph.notices.Story;
import barograph.record.Checkpoint;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.record.Note;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.runner.Collector;
import barograph.runner.FreshLook;
import barograph.runner.Journal;
import barograph.runner.Messenger;
import barograph.secrets.Secrets;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.Stage;
import barograph.store.SiteKeys;
import barograph.store.SqliteRecorder;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters and answers over real SMTP and IMAP, with the record in a real file.
class MailTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final PostOffice office = PostOffice.open();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Clock.systemUTC().instant().plus(ahead);
    private SiteKeys keys;
    private SqliteRecorder recorder;
    private Journal journal;

    @BeforeEach
    void openTheRecord() {
        keys = SiteKeys.create(folder.resolve("keys"), "acme-login.example");
        recorder = SqliteRecorder.open(folder.resolve("record.db"), keys.signer());
        journal = new Journal(recorder, clock);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        recorder.close();
        workers.close();
        office.close();
    }

    @Test
    void one_change_is_one_thread_in_each_readers_mailbox() throws Exception {
        Story story = Story.ofSessionTimeout().proposed().released().applied(ONE);
        happened(story, 0);
        Messenger messenger = messenger(office.smtp());
        messenger.rounds();
        int before = story.history().size();
        happened(story.harmful(Stage.CANARY).rolledBack(ONE, true, true).ended(Ending.ROLLED_BACK), before);
        messenger.rounds();

        List<MimeMessage> mails = office.mailsOf(DANA);
        assertThat(mails).hasSize(3);
        MimeMessage applied = withSubject(mails, "In force on radius-1");
        MimeMessage rolledBack = withSubject(mails, "Rolled back");
        assertThat(rolledBack.getHeader("References")[0])
                .startsWith("<session-timeout.acme-login@northwind.example>")
                .contains(applied.getMessageID());
        assertThat(rolledBack.getHeader("In-Reply-To")[0]).startsWith("<session-timeout.");
        assertThat(mails.stream().map(MailTest::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("<session-timeout\\.[a-z2-7]{16}@northwind\\.example>"));
    }

    @Test
    void every_letter_has_a_machines_manners_and_a_reply_address_of_its_own() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);

        messenger(office.smtp()).rounds();

        List<String> replies = new ArrayList<>();
        for (String reader : List.of(DANA, DESK, KIT, OMAR)) {
            for (MimeMessage mail : office.mailsOf(reader)) {
                assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
                assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
                assertThat(mail.getHeader("Precedence")).containsExactly("list");
                assertThat(mail.getHeader("X-Barograph-Loop")).containsExactly("changes@northwind.example");
                assertThat(mail.getHeader("Return-Path")[0]).isEqualTo("<" + mail.getReplyTo()[0] + ">");
                replies.add(mail.getReplyTo()[0].toString());
            }
        }
        assertThat(replies)
                .hasSize(7)
                .doesNotHaveDuplicates()
                .allMatch(reply -> reply.matches("changes\\+session-timeout\\.[a-z2-7]{16}@northwind\\.example"));
    }

    @Test
    void every_mailbox_is_a_witness_the_attached_checkpoint_verifies_byte_for_byte() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);

        messenger(office.smtp()).rounds();

        MimeMessage mail = withSubject(office.mailsOf(DESK), "Rolled back");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        BodyPart file = parts.getBodyPart(1);
        assertThat(file.getFileName()).isEqualTo("checkpoint.txt");
        Checkpoint checkpoint = Checkpoint.open(
                Note.parse(file.getInputStream().readAllBytes()), keys.signer().key());
        assertThat(checkpoint.size()).isGreaterThanOrEqualTo(16);
        assertThat(mail.getHeader("X-Barograph-Checkpoint")[0].replaceAll("\\s+", " "))
                .startsWith("acme-login.example " + checkpoint.size() + " ");
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Good again: since");
    }

    @Test
    void a_late_emergency_is_answered_exactly_once_even_when_the_process_starts_again() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        Messenger messenger = messenger(office.smtp());
        messenger.rounds();
        ahead = Duration.ofHours(2);
        int told = office.mailsOf(DESK).size();
        office.arrives("""
                From: Acme helpdesk <helpdesk@acme.example>
                To: changes@northwind.example
                Subject: EMERGENCY: users cannot log in [#48151]
                Message-ID: <48151@acme.example>

                Please call back.
                """);

        collector().collect();
        messenger.rounds();
        collector().collect();
        messenger(office.smtp()).rounds();
        messenger(office.smtp()).rounds();

        List<MimeMessage> mails = office.mailsOf(DESK);
        assertThat(mails).as("failures: %s", events(Event.NoticeFailed.class)).hasSize(told + 1);
        MimeMessage answer = withSubject(mails, "Re: EMERGENCY: users cannot log in [#48151]");
        assertThat(answer.getHeader("In-Reply-To")).containsExactly("<48151@acme.example>");
        assertThat(answer.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        // The empty sender, or the answer's own address where a server takes no empty one, as this one does not.
        assertThat(answer.getHeader("Return-Path")).containsExactly("<" + answer.getReplyTo()[0] + ">");
        assertThat(text(answer))
                .contains("State: the change was rolled back.")
                .contains("Can users log in now: yes, as far as test logins can tell")
                .contains("- helpdesk@acme.example at ")
                .doesNotContain("kit@keyring.example");
        assertThat(office.mailsOf(OMAR)).anyMatch(mail -> subject(mail).contains("EMERGENCY mail from"));
        assertThat(events(Event.MailAnswered.class)).hasSize(1);
    }

    @Test
    void the_mail_itself_is_kept_byte_for_byte_with_the_change_that_it_is_about() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        office.arrives("""
                Received: from mx.acme.example
                From: helpdesk@acme.example
                To: changes@northwind.example
                Subject:  EMERGENCY   with  odd   blanks
                message-id: <1@acme.example>

                tabs\tand trailing blanks \s
                .
                """);

        collector().collect();

        Entry entry = recorder.about(CHANGE.value(), 0).getLast();
        byte[] kept = recorder.attachment(entry.attachments().getFirst()).orElseThrow();
        MimeMessage inMailbox = office.mailsOf("changes@northwind.example").getFirst();
        assertThat(kept).isEqualTo(PostOffice.bytes(inMailbox));
        assertThat(new String(kept, java.nio.charset.StandardCharsets.UTF_8))
                .contains("Subject:  EMERGENCY   with  odd   blanks\r\n")
                .contains("trailing blanks  \r\n");
    }

    @Test
    void an_answer_to_a_letter_is_filed_by_its_token_and_passed_on_to_operators_but_not_answered() throws Exception {
        happened(Story.ofSessionTimeout().proposed(), 0);
        Messenger messenger = messenger(office.smtp());
        messenger.rounds();
        MimeMessage asked = office.mailsOf(KIT).getFirst();
        office.arrives("""
                From: Kit <kit@keyring.example>
                To: %s
                Subject: Re: %s
                Message-ID: <reply@keyring.example>

                5: we never said so

                On Sunday Northwind Ops <changes@northwind.example> wrote:
                > 212 people could not log in
                """.formatted(asked.getReplyTo()[0], asked.getSubject()));

        collector().collect();
        messenger.rounds();
        messenger.rounds();

        assertThat(events(Event.MailReceived.class)).singleElement().satisfies(mail -> {
            assertThat(mail.matched()).isEqualTo("token");
            assertThat(mail.emergency()).isFalse();
        });
        assertThat(office.mailsOf(KIT)).hasSize(1);
        assertThat(office.mailsOf(OMAR))
                .singleElement()
                .satisfies(mail -> assertThat(subject(mail)).contains("Mail from kit@keyring.example (Keyring)"));
    }

    @Test
    void machines_are_written_down_and_never_answered() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        Messenger messenger = messenger(office.smtp());
        messenger.rounds();
        int told = office.mailsOf(DESK).size();
        String reference = office.mailsOf(DESK).getFirst().getMessageID();
        for (String manners : List.of(
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "X-Autoreply: yes",
                "X-Auto-Response-Suppress: All",
                "List-Id: <x.acme.example>",
                "X-Barograph-Loop: changes@northwind.example",
                "Return-Path: <>")) {
            office.arrives("""
                    %s
                    From: helpdesk@acme.example
                    To: changes@northwind.example
                    In-Reply-To: %s
                    Subject: [#1] EMERGENCY: your request was received

                    nobody can log in
                    """.formatted(manners, reference));
        }

        collector().collect();
        messenger.rounds();

        assertThat(events(Event.MailReceived.class)).hasSize(7).allSatisfy(mail -> {
            assertThat(mail.writer()).isEqualTo(Event.Writer.MACHINE);
            assertThat(mail.matched()).isEqualTo("thread");
        });
        assertThat(office.mailsOf(DESK)).hasSize(told);
        assertThat(events(Event.MailAnswered.class)).isEmpty();
    }

    @Test
    void two_barographs_that_write_to_each_other_come_to_rest_at_once() throws Exception {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        Messenger messenger = messenger(office.smtp());
        messenger.rounds();
        for (MimeMessage letter : office.mailsOf(DESK)) {
            office.arrives(PostOffice.bytes(letter));
        }
        office.arrives(
                new String(PostOffice.bytes(office.mailsOf(DESK).getFirst()), java.nio.charset.StandardCharsets.UTF_8)
                        .replace("changes@northwind.example", "barograph@acme.example")
                        .replace("\r\n", "\n"));
        int told = office.mailsOf(DESK).size();

        collector().collect();
        messenger.rounds();

        assertThat(office.mailsOf(DESK)).hasSize(told);
        assertThat(events(Event.MailAnswered.class)).isEmpty();
    }

    @Test
    void a_mail_server_that_was_dead_gets_every_letter_exactly_once_when_it_is_back() throws Exception {
        int port = PostOffice.freePort();
        Messenger messenger = messenger(new Secret.Plain("smtp://127.0.0.1:" + port));
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        for (int i = 0; i < 20; i++) {
            messenger.rounds();
            ahead = ahead.plusSeconds(7);
        }
        assertThat(events(Event.NoticeSent.class)).isEmpty();
        assertThat(events(Event.NoticeFailed.class))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.because())
                        .contains("127.0.0.1:" + port)
                        .contains("cannot be reached"));

        try (PostOffice back = PostOffice.openAt(port)) {
            ahead = ahead.plus(Duration.ofMinutes(10));
            messenger.rounds();
            messenger.rounds();

            for (String reader : List.of(DANA, KIT, OMAR)) {
                assertThat(back.mailsOf(reader)).as(reader).hasSize(2);
            }
            assertThat(back.mailsOf(DESK)).hasSize(1);
        }
        assertThat(messenger.rounds()).isEmpty();
    }

    @Test
    void the_mailroom_keeps_letters_and_answers_going_by_itself() {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        List<String> trouble = java.util.Collections.synchronizedList(new ArrayList<>());
        try (Mailroom _ = Mailroom.open(
                messenger(office.smtp()), Optional.of(collector()), Duration.ofMillis(50), () -> true, trouble::add)) {
            Await.until(
                    "the desk is told", PATIENCE, () -> !office.mailsOf(DESK).isEmpty());
            office.arrives("""
                    From: helpdesk@acme.example
                    To: changes@northwind.example
                    Subject: EMERGENCY

                    nobody can log in
                    """);

            Await.until(
                    "the desk is answered", PATIENCE, () -> office.mailsOf(DESK).size() == 2);
        }

        assertThat(trouble).isEmpty();
    }

    @Test
    void closing_the_mailroom_hands_over_what_is_due() {
        Mailroom room =
                Mailroom.open(messenger(office.smtp()), Optional.empty(), Duration.ofSeconds(1), () -> true, _ -> {});
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);

        room.close();

        assertThat(office.mailsOf(DESK)).hasSize(1);
    }

    @Test
    void a_mailroom_that_is_not_on_duty_sends_nothing() {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);

        Mailroom.open(messenger(office.smtp()), Optional.empty(), Duration.ofSeconds(1), () -> false, _ -> {})
                .close();

        assertThat(office.mailsOf(DESK)).isEmpty();
    }

    @Test
    void trouble_with_the_mailbox_is_said_once_and_letters_go_out_meanwhile() {
        happened(Story.ofSessionTimeout().untilRolledBack(), 0);
        List<String> trouble = java.util.Collections.synchronizedList(new ArrayList<>());
        Collector deaf = collector(office.imapAs("changes%40northwind.example", "wrong"));

        try (Mailroom _ = Mailroom.open(
                messenger(office.smtp()), Optional.of(deaf), Duration.ofMillis(5), () -> true, trouble::add)) {
            Await.until("the trouble is said", PATIENCE, () -> !trouble.isEmpty());
            Await.until(
                    "the desk is told", PATIENCE, () -> !office.mailsOf(DESK).isEmpty());
        }

        assertThat(trouble)
                .singleElement()
                .asString()
                .contains("refuses the login")
                .doesNotContain("wrong");
    }

    private Messenger messenger(Secret smtp) {
        return new Messenger(
                journal,
                new Letters(SITE, RULES, TOKENS),
                new SmtpCourier(smtp, new Secrets(folder)),
                new FreshLook(SITE, this::probe, workers),
                clock);
    }

    private Trial probe(ProbeSpec probe, Server server) {
        boolean accept = probe.expect() == Expect.ACCEPT;
        return new Trial(
                probe.id(),
                server.id(),
                clock.instant(),
                List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(3))),
                accept ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                probe.expect(),
                true,
                "",
                Map.of());
    }

    private Collector collector() {
        return collector(office.imap());
    }

    /// A new one each time, as after a restart.
    private Collector collector(Secret imap) {
        ImapPostbox box = new ImapPostbox(imap, new Secrets(folder), clock);
        open.add(box);
        return new Collector(journal, new Sorter(SITE, RULES, TOKENS), box, _ -> new Keys.Found.Nothing(), clock);
    }

    /// Writes a story into the record as if it had ended just now.
    private void happened(Story story, int from) {
        Duration shift = Duration.between(story.now(), clock.instant());
        for (Happening each : story.history().subList(from, story.history().size())) {
            recorder.append(draft(each.at().plus(shift), each.event()));
        }
    }

    private static Draft draft(Instant at, Event event) {
        return EventJson.draft(CHANGE, at, event, List.of());
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return journal.of(CHANGE).stream()
                .map(Happening::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static MimeMessage withSubject(List<MimeMessage> mails, String part) {
        Stream<MimeMessage> found = mails.stream().filter(mail -> subject(mail).contains(part));
        return found.findFirst()
                .orElseThrow(() -> new AssertionError("no '" + part + "' among "
                        + mails.stream().map(MailTest::subject).toList()));
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /// The text in one line, as wrapping does not matter here.
    private static String text(MimeMessage mail) throws IOException, MessagingException {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(0)
                .getContent()
                .toString()
                .replaceAll("\\s+", " ");
    }
}
