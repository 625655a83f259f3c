package barograph.mail;

import barograph.notices.Letter;
import barograph.runner.Courier;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.Secret;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/// Hands letters over to a mail server by SMTP, each over a connection of its own. Safe for use by several threads.
public final class SmtpCourier implements Courier {
    /// For each of: connecting, one answer of the server, one write.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /// The server closes the connection (RFC 5321, 4.2.3): that is not about this letter.
    private static final int NOT_AVAILABLE = 421;

    private final Secret url;
    private final Secrets secrets;
    private final Duration limit;
    private final Optional<SSLSocketFactory> trust;

    /// @param url leads to `smtp://user:password@host:port` or `smtps://…`; looked up for each letter
    public SmtpCourier(Secret url, Secrets secrets) {
        this(url, secrets, LIMIT, Optional.empty());
    }

    SmtpCourier(Secret url, Secrets secrets, Duration limit, Optional<SSLSocketFactory> trust) {
        this.url = url;
        this.secrets = secrets;
        this.limit = limit;
        this.trust = trust;
    }

    /// Connects and logs in, and sends nothing.
    ///
    /// @return what is wrong, in words; empty when letters can be handed over
    public Optional<String> check() {
        return switch (atServer(_ -> new Delivery.Accepted(""))) {
            case Delivery.Accepted _ -> Optional.empty();
            case Delivery.Refused(String because) -> Optional.of(because);
            case Delivery.Unreachable(String because) -> Optional.of(because);
        };
    }

    /// An automatic answer goes out with the empty sender, so that no machine answers it. Many servers that take mail
    /// from programs refuse that sender; then it goes out with its reply address, and its headers have to do.
    @Override
    public Delivery deliver(Letter letter) {
        Letter.Envelope envelope = letter.envelope();
        Delivery delivery = deliver(letter, envelope.bounces());
        return envelope.bounces().isEmpty() && delivery instanceof Delivery.Refused
                ? deliver(letter, envelope.replyTo())
                : delivery;
    }

    private Delivery deliver(Letter letter, String sender) {
        LetterMessage message;
        try {
            message = LetterMessage.of(letter);
            message.setEnvelopeFrom("<" + sender + ">");
        } catch (AddressException e) {
            return new Delivery.Refused(
                    "'" + letter.envelope().to() + "' is not a mail address. Correct it in site.yaml.");
        } catch (MessagingException e) {
            throw new IllegalStateException("a letter that cannot be written as a mail", e);
        }
        return atServer(transport -> send(transport, message));
    }

    /// What is done once the connection stands.
    private interface Visit {
        Delivery at(Transport transport) throws MessagingException;
    }

    private Delivery atServer(Visit visit) {
        MailServer server;
        try {
            server = MailServer.of(secrets.reveal(url), "smtp");
        } catch (SecretTrouble | IllegalArgumentException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
        Session session = MailSession.of("smtp", server, limit, trust);
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport, server);
            return visit.at(transport);
        } catch (MessagingException e) {
            return new Delivery.Unreachable(MailWords.of(e, server));
        }
    }

    private static void connect(Transport transport, MailServer server) throws MessagingException {
        if (server.login().isPresent()) {
            MailServer.Login login = server.login().get();
            transport.connect(server.host(), server.port(), login.user(), login.password());
        } else {
            transport.connect(server.host(), server.port(), null, null);
        }
    }

    private static Delivery send(Transport transport, LetterMessage message) throws MessagingException {
        try {
            Address[] recipients = message.getAllRecipients();
            transport.sendMessage(message, recipients);
            return new Delivery.Accepted(message.getMessageID());
        } catch (MessagingException e) {
            Optional<String> refusal = refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            return new Delivery.Refused(refusal.get());
        }
    }

    /// The server's own words where it refused this letter or its recipient; empty where it could take no letter at
    /// all.
    private static Optional<String> refusal(MessagingException trouble) {
        for (Exception each = trouble; each != null; each = next(each)) {
            int code = switch (each) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            boolean innermost = !(next(each) instanceof SMTPAddressFailedException);
            if (code >= 400 && code != NOT_AVAILABLE && innermost) {
                String said = String.valueOf(each.getMessage())
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .strip();
                return Optional.of(
                        (code >= 500 ? "The mail server refuses it: " : "The mail server does not take it yet: ")
                                + said);
            }
        }
        return Optional.empty();
    }

    private static @org.jspecify.annotations.Nullable Exception next(Exception trouble) {
        return trouble instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}
