package barograph.diagnosis;

import java.time.Instant;

/// What was seen at one step of the way.
public sealed interface Finding {
    /// What a person reads in the table.
    String words();

    record Well(String words) implements Finding {}

    /// A certificate was shown, which is well as far as its dates go.
    ///
    /// @param fingerprint SHA-256 of the certificate, in hexadecimal
    /// @param version of the protocol that was agreed on, such as `TLSv1.3`
    record Showed(String fingerprint, String issuer, Instant until, String version) implements Finding {
        @Override
        public String words() {
            return version + ", certificate " + fingerprint.substring(0, Math.min(8, fingerprint.length())) + "… of "
                    + issuer + " until " + until;
        }
    }

    record Bad(Trouble trouble, String words) implements Finding {}
}
