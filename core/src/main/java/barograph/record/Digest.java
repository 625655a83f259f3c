package barograph.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 hash, written `sha256:` and 64 hexadecimal digits.
///
/// @param hex 64 lower-case hexadecimal digits
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";

    public Digest {
        if (hex.length() != 64 || !isLowerCaseHex(hex)) {
            throw new IllegalArgumentException("'" + hex + "' is not a SHA-256 in 64 lower-case hexadecimal digits");
        }
    }

    /// The hash of all parts, one after the other.
    public static Digest of(byte[]... parts) {
        return wrap(hash(parts));
    }

    /// @param hash the 32 bytes of a hash
    public static Digest wrap(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param written with or without `sha256:` before it
    public static Digest parse(String written) {
        return new Digest(written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written);
    }

    static byte[] hash(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static boolean isLowerCaseHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// The first 12 digits: enough for a person to tell two apart.
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
