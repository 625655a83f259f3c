package barograph.record;

import java.util.Base64;

/// Base64 (RFC 4648 section 4) with exactly one way to write the same bytes.
final class StrictBase64 {
    private StrictBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// @throws Malformed also where padding is missing or unused bits are set, which the JDK lets pass: a proof file
    /// could then be changed without a trace
    static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("'" + brief(text) + "' is not base64", e);
        }
        throw new Malformed("'" + brief(text) + "' is not base64 as it is written: padding or unused bits are wrong");
    }

    /// @throws Malformed when it is not the base64 of 32 bytes
    static Digest digest(String text) {
        byte[] hash = decode(text);
        if (hash.length != Tree.HASH_BYTES) {
            throw new Malformed("a hash has 32 bytes, not " + hash.length + ": '" + brief(text) + "'");
        }
        return Digest.wrap(hash);
    }

    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
