package barograph.mail;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.runner.Postbox.Batch;
import barograph.runner.Postbox.RawMail;
import barograph.secrets.Secrets;
import barograph.site.Secret;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapPostboxTest {
    @TempDir
    Path folder;

    private final PostOffice office = PostOffice.open();
    private ImapPostbox box;

    @BeforeEach
    void openTheBox() {
        box = box(office.imap());
    }

    @AfterEach
    void close() {
        box.close();
        office.close();
    }

    @Test
    void takes_what_lies_there_in_order_and_then_only_what_is_new() {
        arrives("one");
        arrives("two");

        Batch first = box.take(Map.of());
        assertThat(first.trouble()).isEmpty();
        assertThat(first.mails()).extracting(raw -> raw.mail().subject()).containsExactly("one", "two");
        Map<Long, Long> taken = upTo(first);
        assertThat(box.take(taken).mails()).isEmpty();

        arrives("three");
        assertThat(box.take(taken).mails())
                .extracting(raw -> raw.mail().subject())
                .containsExactly("three");
    }

    @Test
    void leaves_every_mail_unread_for_the_people_who_share_the_mailbox() throws Exception {
        arrives("one");

        box.take(Map.of());

        assertThat(inbox().getMessages()).allMatch(mail -> !mail.getFlags().contains(Flags.Flag.SEEN));
    }

    @Test
    void does_not_care_whether_somebody_has_read_a_mail_before() throws Exception {
        arrives("one");
        for (StoredMessage mail : inbox().getMessages()) {
            mail.setFlag(Flags.Flag.SEEN, true);
        }

        assertThat(box.take(Map.of()).mails()).hasSize(1);
    }

    @Test
    void begins_two_days_ago_in_a_mailbox_that_it_has_never_seen() throws Exception {
        arrivedBefore("last month", Duration.ofDays(30));
        arrivedBefore("three days ago", Duration.ofHours(60));
        arrivedBefore("yesterday", Duration.ofHours(30));
        arrives("now");

        assertThat(box.take(Map.of()).mails())
                .extracting(raw -> raw.mail().subject())
                .containsExactly("yesterday", "now");
    }

    @Test
    void begins_anew_when_the_mailbox_was_made_anew() {
        arrives("one");
        Map<Long, Long> taken = upTo(box.take(Map.of()));
        long other = taken.keySet().iterator().next() + 1;

        assertThat(box.take(Map.of(other, 999L)).mails()).hasSize(1);
    }

    @Test
    void gives_the_bytes_as_they_lie_in_the_mailbox() throws Exception {
        office.arrives("""
                X-Odd:   three   blanks\s
                Subject: =?utf-8?q?St=C3=B6rung?=
                From: helpdesk@acme.example

                tabs\tand trailing blanks \s
                """);

        RawMail raw = box.take(Map.of()).mails().getFirst();

        assertThat(raw.whole()).isTrue();
        assertThat(raw.bytes())
                .isEqualTo(PostOffice.bytes(inbox().getMessages().getFirst().getMimeMessage()));
        assertThat(raw.mail().subject()).isEqualTo("Störung");
    }

    @Test
    void takes_only_the_beginning_of_a_mail_that_is_far_too_large() {
        String line = "x".repeat(76) + "\n";
        office.arrives("Subject: huge\nFrom: helpdesk@acme.example\n\n"
                + line.repeat(ImapPostbox.LARGEST / line.length() + 1_000));

        RawMail raw = box.take(Map.of()).mails().getFirst();

        assertThat(raw.whole()).isFalse();
        assertThat(raw.bytes()).hasSize(ImapPostbox.LARGEST);
        assertThat(raw.mail().subject()).isEqualTo("huge");
    }

    @Test
    void takes_many_mails_in_several_looks() {
        for (int i = 0; i < 120; i++) {
            arrives("mail " + i);
        }

        Batch first = box.take(Map.of());
        Batch second = box.take(upTo(first));
        Batch third = box.take(upTo(second));

        assertThat(first.mails()).hasSize(50);
        assertThat(second.mails()).hasSize(50);
        assertThat(third.mails()).hasSize(20);
        assertThat(third.mails().getLast().mail().subject()).isEqualTo("mail 119");
    }

    @Test
    void says_in_words_what_is_wrong_and_never_the_password() {
        try (ImapPostbox refused = box(office.imapAs("changes%40northwind.example", "TopSecret99"));
                ImapPostbox nobody = box(new Secret.Plain("imap://127.0.0.1:1"));
                ImapPostbox nowhere = box(new Secret.Plain("imap://u:TopSecret99@127.0.0.1 "
                        + office.server().getImap().getPort()))) {
            assertThat(refused.check())
                    .hasValueSatisfying(words ->
                            assertThat(words).contains("refuses the login").doesNotContain("TopSecret99"));
            assertThat(nobody.check())
                    .hasValueSatisfying(words -> assertThat(words).contains("cannot be reached"));
            assertThat(nowhere.check())
                    .hasValueSatisfying(words -> assertThat(words)
                            .contains("imap://user:password@host:port")
                            .doesNotContain("TopSecret99"));
        }
        assertThat(box.check()).isEmpty();
    }

    @Test
    void names_a_mailbox_that_is_not_there() {
        Secret url = new Secret.Plain("imap://changes%40northwind.example:p%40ss%2Fword@127.0.0.1:"
                + office.server().getImap().getPort() + "/Changes");
        try (ImapPostbox wrong = box(url)) {
            assertThat(wrong.check())
                    .hasValueSatisfying(words -> assertThat(words).contains("no mailbox Changes"));
        }
    }

    @Test
    void connects_again_after_the_connection_broke() {
        arrives("one");
        Map<Long, Long> taken = upTo(box.take(Map.of()));
        office.server().getImap().stopService();
        assertThat(box.take(taken).trouble()).isNotEmpty();

        try (PostOffice other = PostOffice.open()) {
            other.arrives("Subject: two\nFrom: a@b.example\n\n");
            ImapPostbox again = box(other.imap());
            assertThat(again.take(Map.of()).mails()).hasSize(1);
            again.close();
            assertThat(again.take(Map.of()).mails())
                    .as("after its own connection was closed")
                    .hasSize(1);
        }
    }

    private ImapPostbox box(Secret url) {
        return new ImapPostbox(url, new Secrets(folder), Clock.systemUTC());
    }

    private void arrives(String subject) {
        office.arrives(
                "From: helpdesk@acme.example\nTo: changes@northwind.example\nSubject: " + subject + "\n\ntext\n");
    }

    private void arrivedBefore(String subject, Duration ago) throws Exception {
        MimeMessage mail = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(("Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
        inbox().appendMessage(
                        mail, new Flags(), Date.from(Clock.systemUTC().instant().minus(ago)));
    }

    private MailFolder inbox() throws Exception {
        return office.server()
                .getManagers()
                .getImapHostManager()
                .getInbox(office.server().getUserManager().getUser(PostOffice.OURS));
    }

    private static Map<Long, Long> upTo(Batch batch) {
        var last = batch.mails().getLast().mail().postmark();
        return Map.of(last.box(), last.number());
    }
}
