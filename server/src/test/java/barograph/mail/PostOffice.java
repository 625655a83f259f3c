package barograph.mail;

import barograph.site.Secret;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Real SMTP and IMAP servers on loopback, with a mailbox for everybody of the story.
final class PostOffice implements AutoCloseable {
    static final String OURS = "changes@northwind.example";
    static final String DANA = "dana@acme.example";
    static final String DESK = "helpdesk@acme.example";
    static final String KIT = "kit@keyring.example";
    static final String OMAR = "omar@northwind.example";
    static final String PASSWORD = "p@ss/word";

    private static final String ENCODED = "p%40ss%2Fword";
    private static final String LOOPBACK = "127.0.0.1";

    private final GreenMail mail;

    private PostOffice(ServerSetup... setups) {
        mail = new GreenMail(setups);
        mail.start();
        for (String address : List.of(OURS, DANA, DESK, KIT, OMAR)) {
            mail.setUser(address, address, PASSWORD);
        }
    }

    static PostOffice open() {
        return openAt(0);
    }

    /// @param smtpPort 0 for any
    static PostOffice openAt(int smtpPort) {
        return new PostOffice(
                new ServerSetup(smtpPort, LOOPBACK, ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_IMAP));
    }

    /// One that speaks TLS from the first byte, with a certificate that no Java trusts.
    static PostOffice openWithTls() {
        return new PostOffice(
                new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS),
                new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAPS));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Trusts the certificate of [#openWithTls], which is for another name.
    static SSLSocketFactory trust() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
            store.load(file, "changeit".toCharArray());
        }
        return trusting(store);
    }

    static SSLSocketFactory trusting(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String alias : Collections.list(store.aliases())) {
            trusted.setCertificateEntry(alias, store.getCertificate(alias));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    Secret smtp() {
        return new Secret.Plain("smtp://" + LOOPBACK + ":" + mail.getSmtp().getPort());
    }

    Secret smtps() {
        return new Secret.Plain("smtps://localhost:" + mail.getSmtps().getPort());
    }

    Secret smtpAs(String user) {
        return new Secret.Plain("smtp://" + user + ":" + ENCODED + "@" + LOOPBACK + ":"
                + mail.getSmtp().getPort());
    }

    Secret imap() {
        return new Secret.Plain("imap://changes%40northwind.example:" + ENCODED + "@" + LOOPBACK + ":"
                + mail.getImap().getPort() + "/INBOX");
    }

    Secret imapAs(String user, String password) {
        return new Secret.Plain("imap://" + user + ":" + password + "@" + LOOPBACK + ":"
                + mail.getImap().getPort());
    }

    GreenMail server() {
        return mail;
    }

    /// What has arrived for somebody, the oldest first.
    List<MimeMessage> mailsOf(String address) {
        return Arrays.stream(mail.getReceivedMessagesForDomain(address)).toList();
    }

    /// Puts a mail into our mailbox, as the mail servers on its way would.
    void arrives(String raw) {
        arrives(raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void arrives(byte[] raw) {
        try {
            GreenMailUser user = mail.getUserManager().getUser(OURS);
            user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw)));
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] bytes(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    @Override
    public void close() {
        mail.stop();
    }
}
