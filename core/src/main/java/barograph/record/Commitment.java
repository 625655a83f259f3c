package barograph.record;

/// A promise in the log about bytes beside it: they can be erased, but not exchanged.
///
/// @param name a file name for a person
/// @param type the media type
/// @param size in bytes
/// @param hash SHA-256 over a random salt, which is kept with the bytes, and the bytes
public record Commitment(String name, String type, long size, Digest hash) {
    public Commitment {
        if (size < 0) {
            throw new IllegalArgumentException("an attachment has no " + size + " bytes");
        }
    }
}
