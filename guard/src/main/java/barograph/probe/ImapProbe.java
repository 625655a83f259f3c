package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/// A login to a mailbox over IMAP (RFC 9051), by AUTHENTICATE PLAIN or, where the server does not offer it, LOGIN.
final class ImapProbe implements Protocol {
    private static final String AT_ONCE = "imaps";

    static final ProbeKind KIND = Options.kind(
            "imap",
            143,
            List.of(Options.optional("mailbox", "A mailbox that must open once the user is in, such as INBOX.")),
            MailLine.options(AT_ONCE));

    @Override
    public Answer login(Attempt attempt) throws Halt {
        String tls = MailLine.tls(attempt, AT_ONCE);
        Way way = attempt.way();
        try (Socket socket = MailLine.connect(attempt, tls.equals(AT_ONCE))) {
            greet(attempt, MailLine.greeting(attempt, socket.getInputStream()));
            if (tls.equals("starttls")) {
                startTls(attempt, socket);
                try (Socket secured = new Tls(attempt).secure(socket)) {
                    return authenticate(attempt, secured);
                }
            }
            return authenticate(attempt, socket);
        } catch (IOException e) {
            throw Network.broken(way, e, "waiting for the mail server");
        }
    }

    private static void greet(Attempt attempt, String greeting) throws Halt {
        if (greeting.startsWith("* PREAUTH")) {
            throw attempt.way().failed("no_login", "the server lets everybody in without a login: " + greeting);
        }
        if (!greeting.startsWith("* OK")) {
            throw attempt.way().failed("not_ready", "the server does not greet: " + greeting);
        }
    }

    private static void startTls(Attempt attempt, Socket socket) throws IOException, Halt {
        attempt.way().reach(Step.TLS);
        socket.getOutputStream().write("T1 STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String line = MailLine.line(attempt, in);
        while (line.startsWith("* ")) {
            line = MailLine.line(attempt, in);
        }
        if (!line.startsWith("T1 OK")) {
            throw attempt.way().failed("starttls_refused", "the server refused STARTTLS: " + line);
        }
    }

    private static Answer authenticate(Attempt attempt, Socket socket) throws IOException, Halt {
        attempt.way().reach(Step.AUTHENTICATE);
        PrintStream out = new PrintStream(socket.getOutputStream(), /* autoFlush= */ false, StandardCharsets.UTF_8);
        IMAPProtocol imap = new IMAPProtocol(socket.getInputStream(), out, new Properties(), /* debug= */ false);
        try {
            imap.capability();
            if (imap.hasCapability("AUTH=PLAIN")) {
                imap.authplain("", attempt.probe().user(), attempt.password());
            } else if (imap.hasCapability("LOGINDISABLED")) {
                throw attempt.way().failed("method_not_allowed", "the server offers no login by password on this line");
            } else {
                imap.login(attempt.probe().user(), attempt.password());
            }
        } catch (CommandFailedException e) {
            throw refused(attempt.way(), words(e));
        } catch (ProtocolException e) {
            throw broken(attempt.way(), e);
        }
        return open(attempt, imap);
    }

    /// The response code in brackets says what sort of refusal it is (RFC 5530).
    private static Halt refused(Way way, String words) {
        String code = words.startsWith("[") && words.contains("]")
                ? words.substring(1, words.indexOf(']')).toUpperCase(Locale.ROOT)
                : "";
        Optional<String> account = AccountWords.reason(words);
        return switch (code) {
            case "UNAVAILABLE" -> way.failed("backend_unreachable", "the server cannot judge it now: " + words);
            case "SERVERBUG" -> way.failed("internal_error", words);
            case "PRIVACYREQUIRED" -> way.failed("tls_required", words);
            case "INUSE", "LIMIT" -> way.failed("too_many", words);
            case "EXPIRED" -> way.rejected(account.orElse("expired_password"), words);
            case "AUTHENTICATIONFAILED" -> way.rejected(account.orElse("bad_password"), words);
            case "AUTHORIZATIONFAILED", "CONTACTADMIN" -> way.rejected(account.orElse("policy_denied"), words);
            default -> way.rejected(account.orElse("rejected"), words);
        };
    }

    private static Halt broken(Way way, ProtocolException e) {
        if (way.isOver() || e.getCause() instanceof java.net.SocketTimeoutException) {
            return way.unanswered("the mail server did not answer");
        }
        return e.getCause() instanceof IOException cause
                ? Network.broken(way, cause, "waiting for the mail server")
                : way.failed("connection_closed", "the mail server broke it off: " + words(e));
    }

    private static Answer open(Attempt attempt, IMAPProtocol imap) throws Halt {
        Optional<String> mailbox = attempt.option("mailbox");
        if (mailbox.isEmpty()) {
            return new Answer(true, "accepted", Map.of());
        }
        attempt.way().reach(Step.AUTHORIZE);
        try {
            imap.examine(mailbox.get());
            return new Answer(true, "accepted, and opened " + mailbox.get(), Map.of());
        } catch (CommandFailedException e) {
            return new Answer(false, "accepted without mailbox " + mailbox.get() + ": " + words(e), Map.of());
        } catch (ProtocolException e) {
            throw broken(attempt.way(), e);
        }
    }

    private static String words(ProtocolException e) {
        return e.getResponse() == null
                ? String.valueOf(e.getMessage())
                : String.valueOf(e.getResponse().getRest());
    }
}
