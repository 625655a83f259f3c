package barograph.mail;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/// How connections to mail servers are made: TLS where it can be had, always with the server's name checked, and with
/// an end to all patience.
final class MailSession {
    /// In bytes per question to an IMAP server; a usual mail comes in one piece.
    private static final int FETCH = 256 * 1024;

    private MailSession() {}

    /// A password is sent without TLS only to this very machine.
    ///
    /// @param protocol `smtp` or `imap`
    /// @param trust what certificates are checked with, where it is not what Java trusts anyway
    static Session of(String protocol, MailServer server, Duration limit, Optional<SSLSocketFactory> trust) {
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty(prefix + "connectiontimeout", String.valueOf(limit.toMillis()));
        properties.setProperty(prefix + "timeout", String.valueOf(limit.toMillis()));
        properties.setProperty(prefix + "writetimeout", String.valueOf(limit.toMillis()));
        properties.setProperty(prefix + "ssl.enable", String.valueOf(server.secure()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", String.valueOf(!server.secure()));
        properties.setProperty(
                prefix + "starttls.required",
                String.valueOf(!server.secure() && server.login().isPresent() && !server.isLoopback()));
        properties.setProperty(prefix + "auth", String.valueOf(server.login().isPresent()));
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.imap.fetchsize", String.valueOf(FETCH));
        trust.ifPresent(factory -> properties.put(prefix + "ssl.socketFactory", factory));
        return Session.getInstance(properties);
    }
}
