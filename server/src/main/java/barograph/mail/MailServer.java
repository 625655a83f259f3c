package barograph.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a mail server is and how to log in there, as its URL says: `smtp://user:password@host:port`.
///
/// In user and password, characters that mean something in a URL are written as `%40` and the like.
///
/// @param secure whether TLS comes before the first word (`smtps`, `imaps`)
/// @param port 1 to 65535
/// @param folder the mailbox; `INBOX` where the URL names none
record MailServer(boolean secure, String host, int port, Optional<Login> login, String folder) {
    /// Who logs in. It never shows the password.
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /// @param protocol `smtp` or `imap`; with an `s` behind it, TLS comes first
    /// @throws IllegalArgumentException when it is not such a URL; the message does not repeat it, since it may
    /// hold a password
    static MailServer of(String url, String protocol) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(wrong(protocol));
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of(protocol, protocol + "s").contains(scheme) || uri.getHost() == null || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(wrong(protocol));
        }
        boolean secure = scheme.endsWith("s");
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return new MailServer(
                secure,
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() > 0 ? uri.getPort() : usualPort(protocol, secure),
                login(uri),
                path.isEmpty() ? "INBOX" : path);
    }

    private static Optional<Login> login(URI uri) {
        String written = uri.getRawUserInfo();
        if (written == null || written.isEmpty()) {
            return Optional.empty();
        }
        int colon = written.indexOf(':');
        return Optional.of(
                colon < 0
                        ? new Login(decoded(written), "")
                        : new Login(decoded(written.substring(0, colon)), decoded(written.substring(colon + 1))));
    }

    /// What `%40` and the like stand for; a plus is a plus.
    private static String decoded(String written) {
        return java.net.URLDecoder.decode(written.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static int usualPort(String protocol, boolean secure) {
        if (protocol.equals("smtp")) {
            return secure ? 465 : 25;
        }
        return secure ? 993 : 143;
    }

    private static String wrong(String protocol) {
        return "The URL of the mail server is not of the form " + protocol
                + "://user:password@host:port. Write characters"
                + " such as @, : and / in user and password as %40, %3A and %2F.";
    }

    /// Whether it is on this very machine, where nobody can listen in.
    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /// For messages; without the password.
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
