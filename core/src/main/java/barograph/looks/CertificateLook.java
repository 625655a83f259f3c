package barograph.looks;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be said of a file with a certificate that takes the place of another.
final class CertificateLook {
    private static final Duration SOON = Duration.ofDays(30);
    private static final String CLIENTS =
            "RFC 5280 6.1: a chain that does not end at a trusted anchor, or is out of its dates, is refused";

    private final String path;
    private final Instant now;

    CertificateLook(String path, Instant now) {
        this.path = path;
        this.now = now;
    }

    List<Remark> at(Optional<byte[]> before, byte[] after) {
        Optional<X509Certificate> fresh = first(after);
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<Remark> remarks = new ArrayList<>(dates(fresh.get()));
        before.flatMap(CertificateLook::first).ifPresent(old -> remarks.addAll(others(old, fresh.get())));
        return remarks;
    }

    private List<Remark> dates(X509Certificate certificate) {
        Instant until = certificate.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            return List.of(
                    remark("its certificate has expired on " + until + ": every careful client refuses it", 2.5));
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            return List.of(remark(
                    "its certificate is not valid before "
                            + certificate.getNotBefore().toInstant() + ": every careful client refuses it until then",
                    2.5));
        }
        return until.isBefore(now.plus(SOON))
                ? List.of(remark(
                        "its certificate expires on " + until + ", within "
                                + (Duration.between(now, until).toDays() + 1) + " days",
                        0.3))
                : List.of();
    }

    private List<Remark> others(X509Certificate old, X509Certificate fresh) {
        List<Remark> remarks = new ArrayList<>();
        String issuer = old.getIssuerX500Principal().getName();
        String other = fresh.getIssuerX500Principal().getName();
        if (!issuer.equals(other)) {
            remarks.add(remark(
                    "its certificate comes from " + other + " and no longer from " + issuer
                            + ": devices that trust the old one alone refuse it, and nobody but they notices",
                    1.0));
        }
        String subject = old.getSubjectX500Principal().getName();
        if (!subject.equals(fresh.getSubjectX500Principal().getName())) {
            remarks.add(remark(
                    "its certificate is for " + fresh.getSubjectX500Principal().getName() + " and no longer for "
                            + subject + ": clients that check the name refuse it",
                    0.7));
        }
        return remarks;
    }

    private Remark remark(String words, double weight) {
        return new Remark(path, words, CLIENTS, weight);
    }

    /// The server's own certificate stands first in a file of several (RFC 8446 4.4.2). Empty where there is none.
    private static Optional<X509Certificate> first(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            return Optional.empty();
        }
        byte[] from = text.substring(begin).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(from)));
        } catch (CertificateException e) {
            return Optional.empty(); // what cannot be read as one is the server's own check's to tell
        }
    }
}
