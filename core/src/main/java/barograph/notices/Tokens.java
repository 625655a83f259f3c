package barograph.notices;

import barograph.change.ChangeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the words in reply addresses by which an answer finds its change.
///
/// A token is bound to one change, one recipient and one notice: whoever guesses the name of a change can write
/// nothing into its history, and an answer tells which of the letters it answers. Safe for use by several threads.
public final class Tokens {
    /// 16 characters of base32 are 80 bits: too many to be tried out by mail.
    public static final int LENGTH = 16;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecretKeySpec key;

    /// @param key the site's own, at least 16 bytes
    public Tokens(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key for tokens has at least 16 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// @param change empty for a letter about no change in particular
    /// @param recipient a mail address; its case does not matter
    String of(Optional<ChangeId> change, String recipient, String notice) {
        String bound = String.join(
                "\n", "barograph notice", change.map(ChangeId::value).orElse(""), Recipient.key(recipient), notice);
        byte[] hash = hmac(bound);
        StringBuilder token = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(fiveBits(hash, i * 5)));
        }
        return token.toString();
    }

    private static int fiveBits(byte[] bytes, int from) {
        int two = Byte.toUnsignedInt(bytes[from / 8]) << 8 | Byte.toUnsignedInt(bytes[from / 8 + 1]);
        return two >> (11 - from % 8) & 31;
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
