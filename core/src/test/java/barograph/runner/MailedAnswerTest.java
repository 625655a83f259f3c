package barograph.runner;

import static barograph.notices.Story.CHANGE;
import static barograph.notices.Story.OMAR;
import static barograph.notices.Story.RULES;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.claims.Answer;
import barograph.claims.Standing;
import barograph.dkim.Grade;
import barograph.dkim.Keys;
import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.notices.Sorter;
import barograph.notices.Story;
import barograph.record.Digest;
import barograph.record.Entry;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Rollout;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A party's person answers a claim by mail, and an operator enters it.
class MailedAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final String BODY = "we did not ask for this.\r\n";
    private static final String QUOTE = "we did not ask for this";

    private final RecorderInMemory recorder = new RecorderInMemory();
    private final Journal journal = new Journal(recorder, () -> NOW);
    private final Desk desk = new Desk(journal, SITE);
    private final KeyPair pair = pair();
    private Keys keys = name -> name.equals("s1._domainkey.keyring.example")
            ? new Keys.Found.Text("v=DKIM1; k=ed25519; p=" + publicKey())
            : new Keys.Found.Nothing();

    @Test
    void a_mail_that_the_vendors_domain_signed_counts_as_the_vendors_word() {
        proposed();
        long entry = arrives("kit@keyring.example", signed("kit@keyring.example", BODY));

        Desk.Reply reply = desk.answerByMail(CHANGE, 0, entry, Answer.NO, QUOTE, OMAR);

        assertThat(reply).isInstanceOf(Desk.Reply.Done.class);
        assertThat(Rollout.replay(journal.of(CHANGE)).claims().values()).containsExactly(new Standing.Denied());
        assertThat(journal.of(CHANGE).getLast().event())
                .isInstanceOfSatisfying(
                        Event.ClaimAnswered.class,
                        given -> assertThat(given.how())
                                .contains("entry " + entry, "keyring.example signed it", "us/omar", QUOTE));
    }

    @Test
    void the_keys_of_the_day_are_kept_beside_the_mail() {
        proposed();
        arrives("kit@keyring.example", signed("kit@keyring.example", BODY));
        keys = _ -> new Keys.Found.Nothing(); // its domain changes them

        Entry entry = recorder.entries(0, 100).getLast();

        assertThat(((Event.MailReceived) EventJson.read(entry).event()).seal())
                .hasValueSatisfying(seal -> assertThat(seal.grade()).isEqualTo(Grade.ALIGNED));
        assertThat(entry.attachments()).hasSize(2);
        assertThat(new String(recorder.attachment(entry.attachments().getLast()).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("s1._domainkey.keyring.example TXT v=DKIM1; k=ed25519; p=" + publicKey() + "\n");
    }

    @Test
    void a_forged_sender_is_nobodys_word() {
        proposed();
        long entry = arrives("kit@keyring.example", "From: kit@keyring.example\r\nSubject: no\r\n\r\n" + BODY);

        assertThat(desk.answerByMail(CHANGE, 0, entry, Answer.NO, QUOTE, OMAR))
                .isInstanceOfSatisfying(
                        Desk.Reply.Refused.class,
                        refused -> assertThat(refused.words())
                                .contains("does not prove who wrote it", "it has no signature"));
    }

    @Test
    void a_changed_word_is_nobodys_word() {
        proposed();
        long entry = arrives(
                "kit@keyring.example", signed("kit@keyring.example", BODY).replace("did not ask", "did ask"));

        assertThat(desk.answerByMail(CHANGE, 0, entry, Answer.REQUESTED, "we did ask for this", OMAR))
                .isInstanceOf(Desk.Reply.Refused.class);
    }

    @Test
    void a_mail_of_another_party_does_not_answer_for_the_vendor() {
        proposed();
        keys = _ -> new Keys.Found.Text("v=DKIM1; k=ed25519; p=" + publicKey());
        long entry = arrives("dana@acme.example", signed("dana@acme.example", BODY));

        assertThat(desk.answerByMail(CHANGE, 0, entry, Answer.REQUESTED, QUOTE, OMAR))
                .isInstanceOf(Desk.Reply.Refused.class);
    }

    private void proposed() {
        Story.ofSessionTimeout()
                .proposed()
                .history()
                .forEach(each -> recorder.append(EventJson.draft(CHANGE, each.at(), each.event(), List.of())));
    }

    /// @return the mail's entry
    private long arrives(String from, String raw) {
        Event earlier =
                new Event.MailReceived("1-1", from, "first", "<first@x>", "token", Event.Writer.PERSON, false, NOW);
        recorder.append(EventJson.draft(CHANGE, NOW, earlier, List.of()));
        Mail mail = new Mail(
                new Postmark(1_700_000_000, 1),
                from,
                List.of("changes@northwind.example"),
                "Re: a question",
                "<1@x>",
                List.of("<first@x>"),
                Map.of(),
                NOW,
                BODY);
        Postbox.RawMail whole = new Postbox.RawMail(mail, raw.getBytes(StandardCharsets.ISO_8859_1), true);
        new Collector(journal, new Sorter(SITE, RULES, TOKENS), new OneMail(whole), keys, () -> NOW).collect();
        return journal.of(CHANGE).getLast().index();
    }

    /// Signed as RFC 8463 says, with simple canonicalization.
    private String signed(String from, String body) {
        String domain = from.substring(from.indexOf('@') + 1);
        String fields = "From: " + from + "\r\nTo: changes@northwind.example\r\nSubject: Re: a question\r\n"
                + "Date: Sun, 22 Nov 2026 10:29:00 +0000\r\n";
        String signature = "DKIM-Signature: v=1; a=ed25519-sha256; d=" + domain + "; s=s1; h=From:To:Subject:Date; bh="
                + Base64.getEncoder().encodeToString(Digest.of(body).bytes()) + "; b=";
        byte[] hash = Digest.of((fields + signature).getBytes(StandardCharsets.ISO_8859_1))
                .bytes();
        return signature + Base64.getEncoder().encodeToString(sign(hash)) + "\r\n" + fields + "\r\n" + body;
    }

    private byte[] sign(byte[] hash) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(hash);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// The 32 bytes behind the header of its X.509 form.
    private String publicKey() {
        byte[] info = pair.getPublic().getEncoded();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(info, info.length - 32, info.length));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private record OneMail(Postbox.RawMail mail) implements Postbox {
        @Override
        public Batch take(Map<Long, Long> taken) {
            return taken.containsKey(mail.mail().postmark().box())
                    ? new Batch(List.of(), "")
                    : new Batch(List.of(mail), "");
        }

        @Override
        public void close() {}
    }
}
