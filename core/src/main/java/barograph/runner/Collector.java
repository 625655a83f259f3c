package barograph.runner;

import barograph.change.ChangeId;
import barograph.dkim.Attestation;
import barograph.dkim.Dkim;
import barograph.dkim.Grade;
import barograph.dkim.Keys;
import barograph.notices.Filing;
import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.notices.Sorter;
import barograph.record.Draft;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.runner.Postbox.Batch;
import barograph.runner.Postbox.RawMail;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Takes in the mails that come, and writes each down with the change that it is about.
///
/// What is owed because of a mail follows from the record, so a [Messenger] sees to it: a mail that was written down
/// is answered, even if this process dies right behind it. Not for use by several threads.
public final class Collector {
    private final Journal journal;
    private final Sorter sorter;
    private final Postbox postbox;
    private final Keys keys;
    private final InstantSource clock;
    private final Map<Long, Long> taken = new TreeMap<>();
    private boolean recalled;

    /// @param keys where the keys of signatures are published now
    public Collector(Journal journal, Sorter sorter, Postbox postbox, Keys keys, InstantSource clock) {
        this.journal = journal;
        this.sorter = sorter;
        this.postbox = postbox;
        this.keys = keys;
        this.clock = clock;
    }

    /// Takes in what has come since the last time.
    ///
    /// @return why the mailbox could not be read; empty when all is well
    public String collect() {
        if (!recalled) {
            recall();
            recalled = true;
        }
        while (true) {
            Batch batch = postbox.take(Map.copyOf(taken));
            for (RawMail mail : batch.mails()) {
                file(mail);
                advance(mail.mail().postmark());
            }
            if (batch.mails().isEmpty() || !batch.trouble().isEmpty()) {
                return batch.trouble();
            }
        }
    }

    /// How far the mailbox was read before this process began, as the record tells.
    private void recall() {
        Stream.concat(histories().values().stream(), Stream.of(journal.ofSite()))
                .flatMap(List::stream)
                .forEach(each -> {
                    if (each.event() instanceof Event.MailReceived mail) {
                        Postmark.parse(mail.postmark()).ifPresent(this::advance);
                    }
                });
    }

    private void advance(Postmark mark) {
        taken.merge(mark.box(), mark.number(), Math::max);
    }

    private void file(RawMail raw) {
        Mail mail = raw.mail();
        Filing filing = sorter.sort(mail, histories(), journal.ofSite(), clock.instant());
        switch (filing) {
            case Filing.Filed filed -> {
                Sealed sealed = seal(raw);
                Event received = received(mail, filed.matched(), filed.writer(), filed.emergency(), sealed);
                filed.changes().forEach(change -> journal.append(change, received, sealed.attachments()));
            }
            case Filing.Unfiled unfiled -> {
                Sealed sealed = seal(raw);
                journal.appendToSite(
                        received(mail, "nothing", unfiled.writer(), unfiled.emergency(), sealed), sealed.attachments());
            }
            case Filing.LeftAlone _ -> {}
        }
    }

    /// What a mail's signatures are worth, and what is kept of it.
    ///
    /// @param attachments its bytes, and the keys that its signatures were held against, as they were published
    private record Sealed(Event.MailSeal seal, List<Draft.Attachment> attachments) {}

    /// Keys are changed, and some domains publish old private ones on purpose: what is not kept today proves nothing
    /// tomorrow.
    private Sealed seal(RawMail raw) {
        Map<String, String> published = new TreeMap<>();
        Keys remembered = name -> {
            Keys.Found found = keys.find(name);
            if (found instanceof Keys.Found.Text(String text)) {
                published.put(name, text);
            }
            return found;
        };
        if (!raw.whole()) {
            Event.MailSeal cut = new Event.MailSeal(Grade.FAILED, "", "only its beginning was kept: it is too large");
            return new Sealed(cut, List.of(bytes(raw)));
        }
        Attestation attestation = Dkim.judge(raw.bytes(), remembered, raw.mail().receivedAt());
        List<Draft.Attachment> attachments = new ArrayList<>(List.of(bytes(raw)));
        if (!published.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            published.forEach((name, text) ->
                    lines.append(name).append(" TXT ").append(text).append('\n'));
            attachments.add(new Draft.Attachment(
                    "dkim-keys.txt", "text/plain", lines.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return new Sealed(
                new Event.MailSeal(attestation.grade(), attestation.signer(), attestation.because()), attachments);
    }

    private static Event received(Mail mail, String matched, Event.Writer writer, boolean emergency, Sealed sealed) {
        return new Event.MailReceived(
                mail.postmark().toString(),
                mail.from(),
                mail.subject(),
                mail.messageId(),
                matched,
                writer,
                emergency,
                mail.receivedAt(),
                Optional.of(sealed.seal()));
    }

    private static Draft.Attachment bytes(RawMail raw) {
        return new Draft.Attachment(raw.whole() ? "mail.eml" : "beginning-of-mail.eml", "message/rfc822", raw.bytes());
    }

    private Map<ChangeId, List<Happening>> histories() {
        Map<ChangeId, List<Happening>> histories = new LinkedHashMap<>();
        journal.changes().forEach(change -> histories.put(change, journal.of(change)));
        return histories;
    }
}
