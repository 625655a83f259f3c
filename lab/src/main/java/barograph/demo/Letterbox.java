package barograph.demo;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/// The one mail of the story that people write themselves.
final class Letterbox {
    static final String SUBJECT = "EMERGENCY: staff cannot log in";

    /// How much of an answer fits into the story.
    private static final int LINES = 9;

    private Letterbox() {}

    /// Sends the desk's emergency mail, over real SMTP.
    static void send(GreenMail mail, String from, String to) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(mail.getSmtp().getPort()));
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(properties));
            message.setFrom(new InternetAddress(from));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
            message.setSubject(SUBJECT);
            message.setText("""
                    Several people called: they could not log in this morning. Please help at once!

                    Acme support desk
                    """);
            Transport.send(message);
        } catch (MessagingException e) {
            throw new IllegalStateException("The demo's own mail server did not take the desk's mail", e);
        }
    }

    /// What the desk reads in the answer to its mail: the first lines of it; none as long as there is no answer.
    static List<String> answer(GreenMail mail) {
        for (MimeMessage message : mail.getReceivedMessages()) {
            try {
                if (("Re: " + SUBJECT).equals(message.getSubject())) {
                    return text(message)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .limit(LINES)
                            .toList();
                }
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException("The answer to the desk's mail cannot be read", e);
            }
        }
        return List.of();
    }

    /// The first plain text in a mail.
    private static String text(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return part.isMimeType("text/plain") && part.getContent() instanceof String text ? text : "";
    }

    /// How many mails of people are among all that were received.
    static long sent(GreenMail mail) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> {
                    try {
                        return SUBJECT.equals(message.getSubject());
                    } catch (MessagingException e) {
                        throw new IllegalStateException("The demo's own mail cannot be read", e);
                    }
                })
                .count();
    }
}
