package barograph.login;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/// Gives names their pseudonyms: HMAC-SHA256 under the site's key, cut to 64 bits.
///
/// The same name has the same pseudonym for as long as the site keeps its key; without the key nobody can try names
/// out. Case does not matter: login servers mostly ignore it. Not thread-safe.
public final class Pseudonyms {
    private static final int BLOCK = 64;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /// @param key at least 16 bytes
    public Pseudonyms(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a pseudonym key has at least 16 bytes, not " + key.length);
        }
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        inner = begun(block, 0x36);
        outer = begun(block, 0x5c);
    }

    public Pseudonym of(String name) {
        if (name.isEmpty()) {
            return Pseudonym.UNKNOWN;
        }
        byte[] hash = hash(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        long value = ByteBuffer.wrap(hash).getLong();
        return new Pseudonym(value == 0 ? 1 : value);
    }

    /// HMAC (RFC 2104) that takes the key in once and not anew for each name, which is most of the time that reading a
    /// line takes.
    private byte[] hash(byte[] name) {
        try {
            byte[] within = ((MessageDigest) inner.clone()).digest(name);
            return ((MessageDigest) outer.clone()).digest(within);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java runtime's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest begun(byte[] block, int pad) {
        byte[] padded = block.clone();
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) pad;
        }
        MessageDigest begun = sha256();
        begun.update(padded);
        return begun;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
