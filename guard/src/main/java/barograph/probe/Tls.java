package barograph.probe;

import barograph.login.Step;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as a careful client does it: the chain, the dates and the name of the server's certificate are checked.
///
/// For one attempt: it remembers the certificate that the server showed, to tell what is wrong with it.
final class Tls {
    private final Attempt attempt;
    private final String naming;
    private final SSLContext context;
    private final SSLSocketFactory sockets;
    private @Nullable X509Certificate shown;

    /// Trusts the certificates of the option `ca`, and without it those that this Java runtime trusts.
    Tls(Attempt attempt) throws Halt {
        this(attempt, "HTTPS");
    }

    /// @param naming how the name in a certificate is compared: `HTTPS` or `LDAPS`, see [SSLParameters]
    Tls(Attempt attempt, String naming) throws Halt {
        this.attempt = attempt;
        this.naming = naming;
        try {
            this.context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Watcher(trust(attempt.option("ca")))}, null);
            this.sockets = context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw attempt.misconfigured("the certificates of its option 'ca' cannot be used: " + e.getMessage());
        }
    }

    private static X509ExtendedTrustManager trust(Optional<String> pem) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (pem.isPresent()) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            byte[] bytes = pem.get().getBytes(StandardCharsets.US_ASCII);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new CertificateException("it holds no certificate");
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new CertificateException("this Java runtime does not check certificates");
    }

    /// The whole step `tls` of a protocol, over a connected socket.
    SSLSocket secure(Socket plain) throws Halt {
        attempt.way().reach(Step.TLS);
        try {
            return over(plain);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /// For a library that opens its connections itself.
    SSLContext context() {
        return context;
    }

    /// Shakes hands over a connected socket.
    private SSLSocket over(Socket plain) throws IOException {
        SSLSocket socket = layered(plain);
        socket.startHandshake();
        return socket;
    }

    private SSLSocket layered(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket)
                sockets.createSocket(plain, attempt.server().host(), plain.getPort(), /* autoClose= */ true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(naming);
        socket.setSSLParameters(parameters);
        return socket;
    }

    /// For a library that shakes hands itself.
    SSLSocketFactory factory() {
        return new Layering();
    }

    /// Tells why a handshake did not come to an end.
    Halt broken(Exception e) {
        Way way = attempt.way();
        if (way.isOver()) {
            return way.unanswered("the TLS handshake did not come to an end");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return way.failed("certificate_expired", "certificate expired: " + certificate());
            }
            if (cause instanceof CertificateNotYetValidException) {
                return way.failed("certificate_not_yet_valid", "certificate not yet valid: " + certificate());
            }
            if (words.contains("unable to find valid certification path") || words.contains("No trusted certificate")) {
                return way.failed("certificate_not_trusted", "certificate not trusted: " + certificate());
            }
            if (words.contains("Received fatal alert")) {
                return way.failed("tls_alert", "the server broke TLS off: " + words);
            }
            if (words.contains("Unsupported or unrecognized SSL message")) {
                return way.failed("no_tls", "what came back is no TLS: " + words);
            }
            if (cause instanceof EOFException) {
                return way.failed("connection_closed", "the server closed the connection during the TLS handshake");
            }
        }
        return shown == null
                ? way.failed("tls_failed", "no TLS: " + e.getMessage())
                : way.failed("certificate_wrong", "certificate wrong: " + certificate() + ": " + innermost(e));
    }

    private static String innermost(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }

    private String certificate() {
        X509Certificate certificate = shown;
        return certificate == null
                ? "the server showed none"
                : certificate.getSubjectX500Principal() + " by " + certificate.getIssuerX500Principal()
                        + " is valid from " + certificate.getNotBefore().toInstant() + " until "
                        + certificate.getNotAfter().toInstant();
    }

    private void show(X509Certificate certificate) throws CertificateException {
        shown = certificate;
        attempt.way().showed(certificate);
    }

    /// Checks the dates of the server's own certificate first: Java trusts one that is itself in `ca` without looking
    /// at its dates, and no other client does.
    private final class Watcher extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;

        Watcher(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket)
                throws CertificateException {
            show(chain[0]);
            chain[0].checkValidity();
            judge.checkServerTrusted(chain, method, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
                throws CertificateException {
            show(chain[0]);
            chain[0].checkValidity();
            judge.checkServerTrusted(chain, method, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
            throw new CertificateException("the name of the server cannot be checked without its socket");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
            throw new CertificateException("a probe is never the server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, method);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, method);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }

    /// Puts TLS over sockets that are connected already, always for the server's name as the site file writes it.
    private final class Layering extends SSLSocketFactory {
        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            return layered(plain);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("the connection is there already");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port) throws IOException {
            return createSocket(address.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) throws IOException {
            return createSocket(address, port);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }
    }
}
