package barograph.dkim;

import java.util.List;

/// What a mail's signatures are worth.
///
/// @param grade of the best signature, lowered by what befell the mail as a whole
/// @param because why it is that grade, a clause for a person
/// @param from the domain of the From field, in lower case; empty where there is not exactly one
/// @param seals one for each signature, the uppermost first
/// @param repaired whether lines ended with a bare line feed, as some mailboxes keep them, and were taken to end with
/// CRLF as on the wire
public record Attestation(Grade grade, String because, String from, List<Seal> seals, boolean repaired) {
    public Attestation {
        seals = List.copyOf(seals);
    }

    /// The domain that the best signature is of; empty where none holds.
    public String signer() {
        return seals.stream()
                .filter(Seal::holds)
                .min(java.util.Comparator.comparing(Seal::grade))
                .map(Seal::domain)
                .orElse("");
    }

    /// One signature.
    ///
    /// @param domain that signed, in lower case; empty where it is not said
    /// @param selector which of its keys; empty where it is not said
    /// @param holds whether the bytes are those that were signed, and the key allows it
    /// @param because why it is not better
    /// @param signed the names of the fields under it, in lower case, in the order of `h=`
    /// @param unknown whether the key could not be asked for, so that another try may tell more
    public record Seal(
            String domain,
            String selector,
            boolean holds,
            Grade grade,
            String because,
            List<String> signed,
            boolean unknown) {
        public Seal {
            signed = List.copyOf(signed);
        }

        /// Whether a field that a reader sees is under the signature.
        public boolean covers(String field) {
            return holds && signed.contains(field);
        }
    }
}
