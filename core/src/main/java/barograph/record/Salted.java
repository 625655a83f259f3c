package barograph.record;

/// An attachment's bytes and the salt that hides what their hash says: without it, the hash of a short name or of a
/// known mail could be guessed.
///
/// @param salt 32 random bytes
/// @param content the bytes
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Salted(byte[] salt, byte[] content) {
    public static final int SALT_BYTES = 32;

    /// How many bytes an attachment may have: a large mail; what is larger is a file of its own, with its hash in
    /// the entry's body.
    public static final int LIMIT = 32 << 20;

    public Salted {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
        }
    }

    public Digest hash() {
        return Digest.of(salt, content);
    }
}
