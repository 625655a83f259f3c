package barograph.notices;

import barograph.record.Draft;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A mail that is ready to be handed over.
///
/// @param headers besides addresses, subject, date and thread; in their order
/// @param text plain text in lines of at most 72 columns, but for words that are longer
/// @param written when; its date
public record Letter(
        Envelope envelope,
        Links links,
        String subject,
        Map<String, String> headers,
        String text,
        List<Draft.Attachment> attachments,
        Instant written) {
    /// @throws IllegalArgumentException when a header would break out of its line
    public Letter {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        attachments = List.copyOf(attachments);
        oneLine(subject);
        headers.forEach((name, value) -> {
            oneLine(name);
            oneLine(value);
        });
    }

    /// Where it comes from and goes to.
    ///
    /// @param name how the sender is shown
    /// @param replyTo where answers go: an address for this letter alone
    /// @param bounces where mail systems send what they cannot deliver; empty for an automatic answer, which must
    /// never be answered by a machine
    public record Envelope(String from, String name, String to, String replyTo, String bounces) {
        public Envelope {
            List.of(from, name, to, replyTo, bounces).forEach(Letter::oneLine);
        }
    }

    /// Its place among the letters about one change.
    ///
    /// @param references the ids of those before it, the oldest first, with angle brackets
    public record Links(String messageId, List<String> references) {
        public Links {
            references = List.copyOf(references);
            oneLine(messageId);
            references.forEach(Letter::oneLine);
        }
    }

    private static void oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw new IllegalArgumentException("a control character in the head of a letter");
            }
        }
    }

    /// The letter as a person would read it, with its head.
    public String print() {
        StringBuilder out = new StringBuilder();
        line(out, "From", envelope.name() + " <" + envelope.from() + ">");
        line(out, "To", envelope.to());
        line(out, "Reply-To", envelope.replyTo());
        line(out, "Return-Path", "<" + envelope.bounces() + ">");
        line(out, "Date", Wording.moment(written));
        line(out, "Subject", subject);
        line(out, "Message-ID", links.messageId());
        line(out, "References", String.join(" ", links.references()));
        headers.forEach((name, value) -> line(out, name, value));
        attachments.forEach(each -> line(out, "Attachment", each.name() + " (" + each.type() + ")"));
        return out.append('\n').append(text).toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append('\n');
    }
}
