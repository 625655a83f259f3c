package barograph.rehearsal;

import java.util.Locale;

/// In what respect two answers to one probe differ.
public enum Dimension {
    /// Whether the login went as it should, and why not.
    OUTCOME,
    /// An attribute of the answer.
    REPLY,
    /// What the server's certificate says of itself.
    CERTIFICATE,
    /// How long an accepted login took, beyond what differs anyway.
    LATENCY;

    /// Attributes of a trial's reply that begin so tell of the server's certificate.
    public static final String OF_CERTIFICATE = "tls:";

    static Dimension of(String attribute) {
        return attribute.startsWith(OF_CERTIFICATE) ? CERTIFICATE : REPLY;
    }

    /// For the middle of a sentence: `certificate`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
