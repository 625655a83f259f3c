package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// A login to send mail over SMTP (RFC 4954), by AUTH PLAIN or, where the server does not offer it, AUTH LOGIN. No mail
/// is
/// sent.
final class SmtpProbe implements Protocol {
    private static final String AT_ONCE = "smtps";

    static final ProbeKind KIND = Options.kind("smtp", 587, List.of(), MailLine.options(AT_ONCE));

    @Override
    public Answer login(Attempt attempt) throws Halt {
        String tls = MailLine.tls(attempt, AT_ONCE);
        Tls security = new Tls(attempt);
        try (Socket socket = MailLine.connect(attempt, tls.equals(AT_ONCE));
                Transport transport = new Transport(security)) {
            attempt.way().reach(Step.GREET);
            transport.greet(attempt, socket);
            if (tls.equals("starttls")) {
                startTls(attempt, transport, security);
            }
            return authenticate(attempt, transport);
        } catch (IOException e) {
            throw Network.broken(attempt.way(), e, "waiting for the mail server");
        } catch (MessagingException e) {
            throw broken(attempt.way(), e);
        }
    }

    private static void startTls(Attempt attempt, Transport transport, Tls security) throws Halt, MessagingException {
        attempt.way().reach(Step.TLS);
        if (!transport.supportsExtension("STARTTLS")) {
            throw attempt.way().failed("starttls_refused", "the server offers no STARTTLS");
        }
        try {
            transport.startTLS();
            transport.ehlo(Transport.NAME);
        } catch (MessagingException e) {
            if (transport.getLastReturnCode() >= 400) {
                throw attempt.way().failed("starttls_refused", "the server refused STARTTLS: " + transport.lastWords());
            }
            throw security.broken(e);
        }
    }

    private static Answer authenticate(Attempt attempt, Transport transport) throws Halt, MessagingException {
        Way way = attempt.way();
        way.reach(Step.AUTHENTICATE);
        String offered = transport.getExtensionParameter("AUTH");
        List<String> methods = offered == null
                ? List.of()
                : List.of(offered.toUpperCase(Locale.ROOT).split("\\s+"));
        String user = attempt.probe().user();
        if (methods.contains("PLAIN")) {
            transport.simpleCommand("AUTH PLAIN " + base64("\0" + user + "\0" + attempt.password()));
        } else if (methods.contains("LOGIN")) {
            login(transport, user, attempt.password());
        } else {
            throw way.failed("method_not_allowed", "the server offers no login by password on this line: " + methods);
        }
        if (transport.getLastReturnCode() == 235) {
            return new Answer(true, "accepted: " + transport.lastWords(), Map.of());
        }
        throw refused(way, transport.getLastReturnCode(), transport.lastWords());
    }

    private static void login(Transport transport, String user, String password) throws MessagingException {
        if (transport.simpleCommand("AUTH LOGIN") == 334 && transport.simpleCommand(base64(user)) == 334) {
            transport.simpleCommand(base64(password));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 4954 §6, and the codes that RFC 5248's registry adds.
    private static Halt refused(Way way, int code, String words) {
        return switch (code) {
            case 535 -> way.rejected(AccountWords.reason(words).orElse("bad_password"), words);
            case 525 -> way.rejected(AccountWords.reason(words).orElse("disabled"), words);
            case 432 -> way.rejected("expired_password", words);
            case 550, 553, 554 -> way.rejected(AccountWords.reason(words).orElse("policy_denied"), words);
            case 454, 451 -> way.failed("backend_unreachable", "the server cannot judge it now: " + words);
            case 523, 524, 530, 538 -> way.failed("tls_required", words);
            case 503, 504, 534 -> way.failed("method_not_allowed", words);
            case 421 -> way.failed("connection_closed", "the mail server broke it off: " + words);
            default -> way.failed("smtp_" + code, words);
        };
    }

    private static Halt broken(Way way, MessagingException e) {
        if (way.isOver()) {
            return way.unanswered("the mail server did not answer");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                return Network.broken(way, broken, "waiting for the mail server");
            }
        }
        return way.failed("protocol_broken", "the mail server broke it off: " + e.getMessage());
    }

    /// The library's line, whose steps are taken one by one here; it wants its lock held at each.
    private static final class Transport extends SMTPTransport {
        static final String NAME = "barograph";

        private Transport(Session session) {
            super(session, new jakarta.mail.URLName("smtp://localhost"));
        }

        Transport(Tls security) {
            this(session(security));
        }

        private static Session session(Tls security) {
            Properties properties = new Properties();
            properties.put("mail.smtp.ssl.socketFactory", security.factory());
            properties.put("mail.smtp.ssl.checkserveridentity", "false"); // the factory's sockets check it
            properties.put("mail.smtp.localhost", NAME);
            return Session.getInstance(properties);
        }

        /// The greeting, and what the server offers.
        void greet(Attempt attempt, Socket socket) throws MessagingException, Halt {
            try {
                connect(socket);
            } catch (MessagingException e) {
                if (getLastReturnCode() >= 400) {
                    throw attempt.way().failed("not_ready", "the server does not greet: " + lastWords());
                }
                throw e;
            }
        }

        String lastWords() {
            return String.valueOf(getLastServerResponse()).strip();
        }

        @Override
        protected synchronized void startTLS() throws MessagingException {
            super.startTLS();
        }

        @Override
        protected synchronized boolean ehlo(String domain) throws MessagingException {
            return super.ehlo(domain);
        }
    }
}
