package barograph.mail;

import barograph.notices.Letter;
import barograph.record.Draft;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/// A letter as a MIME message.
final class LetterMessage extends SMTPMessage {
    private final String messageId;

    private LetterMessage(String messageId) {
        super(Session.getInstance(new Properties()));
        this.messageId = messageId;
    }

    /// @throws jakarta.mail.internet.AddressException when one of its addresses is none
    static LetterMessage of(Letter letter) throws MessagingException {
        LetterMessage message = new LetterMessage(letter.links().messageId());
        Letter.Envelope envelope = letter.envelope();
        message.setFrom(named(envelope.from(), envelope.name()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(envelope.to(), true));
        message.setReplyTo(new InternetAddress[] {new InternetAddress(envelope.replyTo(), true)});
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(letter.written()));
        for (Map.Entry<String, String> header : letter.headers().entrySet()) {
            message.setHeader(header.getKey(), folded(header.getKey(), header.getValue()));
        }
        List<String> references = letter.links().references();
        if (!references.isEmpty()) {
            message.setHeader("In-Reply-To", references.getLast());
            message.setHeader("References", folded("References", String.join(" ", references)));
        }
        message.setContent(content(letter));
        message.saveChanges();
        return message;
    }

    private static InternetAddress named(String address, String name) throws MessagingException {
        try {
            InternetAddress named = new InternetAddress(address, true);
            named.setPersonal(name, "UTF-8");
            return named;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java runtime has UTF-8", e);
        }
    }

    private static String folded(String name, String value) {
        try {
            return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(value, "UTF-8", null));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java runtime has UTF-8", e);
        }
    }

    /// Attachments go in base64, byte for byte: one changed line end, and a signature in them is no longer valid.
    private static MimeMultipart content(Letter letter) throws MessagingException {
        MimeMultipart content = new MimeMultipart();
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), "UTF-8", "plain");
        content.addBodyPart(text);
        for (Draft.Attachment each : letter.attachments()) {
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(each.content(), each.type())));
            file.setFileName(each.name());
            file.setDisposition(Part.ATTACHMENT);
            file.setHeader("Content-Transfer-Encoding", "base64");
            content.addBodyPart(file);
        }
        return content;
    }

    /// The library would make one up each time; ours stays the same at every attempt.
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
