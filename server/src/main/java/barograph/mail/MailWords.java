package barograph.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// What went wrong with a mail server, in words for a person. A password never gets into them.
final class MailWords {
    private static final int LONGEST = 300;

    private MailWords() {}

    static String of(MessagingException trouble, MailServer server) {
        String words = what(trouble, server);
        String cut = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        return server.login()
                .map(MailServer.Login::password)
                .filter(password -> !password.isEmpty())
                .map(password -> cut.replace(password, "(hidden)"))
                .orElse(cut);
    }

    private static String what(MessagingException trouble, MailServer server) {
        if (trouble instanceof AuthenticationFailedException) {
            return server + " refuses the login" + said(trouble)
                    + ". Check user and password of the mail server's URL.";
        }
        if (trouble instanceof FolderNotFoundException) {
            return server + " has no mailbox " + server.folder() + ". Correct the end of the URL.";
        }
        Optional<IOException> io = io(trouble);
        if (io.isEmpty()) {
            return server + " says" + (said(trouble).isEmpty() ? " nothing" : said(trouble)) + ".";
        }
        return switch (io.get()) {
            case UnknownHostException _ ->
                "No server is called " + server.host() + ". Correct the URL, or look at the DNS.";
            case SocketTimeoutException _ ->
                server + " does not answer in time. Is it up, and does a firewall let us through?";
            case ConnectException _ -> server + " cannot be reached: nobody listens there, or a firewall is between.";
            case SSLException tls ->
                "The TLS connection to " + server + " fails: " + line(tls)
                        + ". Is its certificate of an authority that this Java trusts, and for that name?";
            default -> "The connection to " + server + " broke: " + line(io.get()) + ".";
        };
    }

    private static Optional<IOException> io(Throwable trouble) {
        Throwable cause = trouble;
        for (int i = 0; i < 10 && cause != null; i++) {
            if (cause instanceof IOException io) {
                return Optional.of(io);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String said(Throwable trouble) {
        String line = line(trouble);
        return line.isEmpty() ? "" : ": " + line;
    }

    private static String line(Throwable trouble) {
        String message = trouble.getMessage();
        return message == null
                ? ""
                : message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip().replaceFirst("\\.$", "");
    }
}
