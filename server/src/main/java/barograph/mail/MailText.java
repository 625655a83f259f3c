package barograph.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Gathers the text of a mail from its parts.
///
/// Attached mails are not read: their words are not the sender's. A report of a mail system is the exception, because
/// the letter that it returns is what it is about.
final class MailText {
    /// In bytes per part; a person writes less.
    private static final int LONGEST_PART = 256 * 1024;

    private static final int LONGEST = 256 * 1024;
    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 50;

    private static final List<String> OF_REPORTS =
            List.of("message/delivery-status", "text/rfc822-headers", "message/rfc822");

    private final boolean report;
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private int parts;

    private MailText(boolean report) {
        this.report = report;
    }

    static String of(MimeMessage message) throws MessagingException, IOException {
        MailText text = new MailText(type(message).startsWith("multipart/report"));
        try {
            text.gather(message, 0);
        } catch (MessagingException | IOException | RuntimeException e) {
            // A broken part hides those behind it, not those before it.
            return text.gathered();
        }
        return text.gathered();
    }

    private String gathered() {
        String best = plain.toString().isBlank() ? PlainText.of(html.toString()) : plain.toString();
        String unix = best.replace("\r\n", "\n").replace('\r', '\n');
        return unix.length() > LONGEST ? unix.substring(0, LONGEST) : unix;
    }

    private void gather(Part part, int depth) throws MessagingException, IOException {
        parts++;
        if (parts > MOST_PARTS || depth > DEEPEST || plain.length() > LONGEST || html.length() > LONGEST) {
            return;
        }
        String type = type(part);
        if (type.startsWith("multipart/")) {
            Multipart multipart = new MimeMultipart(part.getDataHandler().getDataSource());
            for (int i = 0; i < multipart.getCount(); i++) {
                gather(multipart.getBodyPart(i), depth + 1);
            }
        } else if (report && OF_REPORTS.contains(type)) {
            plain.append(read(part)).append('\n');
        } else if (!Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            if (type.equals("text/html")) {
                html.append(read(part)).append('\n');
            } else if (type.startsWith("text/plain")) {
                plain.append(read(part)).append('\n');
            }
        }
    }

    /// The media type in lower case, without parameters unless it is a report's; plain text where none is told.
    private static String type(Part part) throws MessagingException {
        String[] written = part.getHeader("Content-Type");
        if (written == null || written.length == 0) {
            return "text/plain";
        }
        return written[0].split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String read(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(LONGEST_PART), charset(part));
        }
    }

    private static Charset charset(Part part) throws MessagingException {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (ParseException | IllegalArgumentException e) {
            // Most are Latin or UTF-8; all that is looked for are words, and their letters are the same in both.
            return StandardCharsets.UTF_8;
        }
    }
}
