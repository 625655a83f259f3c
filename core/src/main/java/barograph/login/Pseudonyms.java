package barograph.login;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Gives names their pseudonyms: HMAC-SHA256 under the site's key, cut to 64 bits.
///
/// The same name has the same pseudonym for as long as the site keeps its key; without the key nobody can try names
/// out. Case does not matter: login servers mostly ignore it. Not thread-safe.
public final class Pseudonyms {
    private final Mac mac;

    /// @param key at least 16 bytes
    public Pseudonyms(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a pseudonym key has at least 16 bytes, not " + key.length);
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    public Pseudonym of(String name) {
        if (name.isEmpty()) {
            return Pseudonym.UNKNOWN;
        }
        byte[] hash = mac.doFinal(name.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        long value = ByteBuffer.wrap(hash).getLong();
        return new Pseudonym(value == 0 ? 1 : value);
    }
}
