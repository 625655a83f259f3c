package barograph.dkim;

/// How far a mail speaks for the domain in its From field. The first one is the best.
///
/// RFC 6376 only knows whether a signature holds. What that is worth as evidence is this project's own policy: a server
/// of the domain signed it, which does not say which person wrote it.
public enum Grade {
    /// Signed by the domain of From, or by one above or below it, over all that a reader sees.
    ALIGNED,
    /// The same, but the signature is easily come by: a key under 2048 bits, or one that covers a part by `l=`.
    WEAK,
    /// The signature holds, but Subject, To or Date are not under it, so what the reader sees there is no evidence.
    NOT_COVERING,
    /// The signature holds and is of another domain than From: it does not speak for the sender.
    UNALIGNED,
    /// There is no signature.
    NONE,
    /// Something stands below what was signed (`l=`), and a reader would see it.
    UNSIGNED_TAIL,
    /// A field stands twice that may stand once: a signature covers the lower one, a reader sees the upper.
    DUPLICATE_HEADER,
    /// There are signatures, and none holds.
    FAILED;

    /// Whether it counts as the word of From's domain.
    public boolean speaks() {
        return this == ALIGNED || this == WEAK;
    }
}
