package barograph.dkim;

/// Where the public keys of signatures are: the DNS on the day a mail comes in, and what was kept of it ever after.
///
/// Domains change their keys, and some publish old private keys on purpose. A mail is judged by the key of the day it
/// came in, so whoever looks into the DNS keeps what was found there.
@FunctionalInterface
public interface Keys {
    /// @param name `selector._domainkey.domain`, in lower case
    Found find(String name);

    /// What is published under a name.
    sealed interface Found {
        /// @param text the joined strings of the one TXT record
        record Text(String text) implements Found {}

        /// There is no such record, or there are several.
        record Nothing() implements Found {}

        /// Nobody could tell: the mail is neither proven nor refuted, and may be looked at again.
        record Unknown(String why) implements Found {}
    }
}
