package barograph.dkim;

import barograph.dkim.SignatureField.Unfit;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A key as its domain publishes it (RFC 6376 §3.6.1, RFC 8463).
///
/// @param bits of an RSA key; 256 for Ed25519
/// @param strict whether `i=` must name the very domain (`t=s`)
record PublishedKey(PublicKey key, boolean ed25519, int bits, boolean strict) {
    /// RFC 8301: verifiers must not accept less.
    private static final int FEWEST_BITS = 1024;

    /// Beyond this a single mail would cost seconds.
    private static final int MOST_BITS = 8192;

    /// An Ed25519 key's SubjectPublicKeyInfo up to its 32 bytes (RFC 8410).
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /// @throws Unfit where it is no key, is revoked, or may not be used for this
    static PublishedKey read(String record, boolean ed25519) throws Unfit {
        Tags tags = Tags.parse(record).orElseThrow(() -> new Unfit("the key's record cannot be read"));
        if (tags.get("v").isPresent()
                && !(tags.first().equals("v") && tags.get("v", "").equals("DKIM1"))) {
            throw new Unfit("the key's record is not of DKIM's first version");
        }
        String type = tags.get("k", "rsa").toLowerCase(Locale.ROOT);
        if (!type.equals(ed25519 ? "ed25519" : "rsa")) {
            throw new Unfit("the key is of another sort than the signature");
        }
        if (!allows(tags.get("h", "sha256"), "sha256") || !allows(tags.get("s", "*"), "*", "email")) {
            throw new Unfit("the key may not be used for this");
        }
        String written = tags.packed("p").orElseThrow(() -> new Unfit("the key's record has no key"));
        if (written.isEmpty()) {
            throw new Unfit("the key was revoked");
        }
        boolean strict = allows(tags.get("t", ""), "s");
        return ed25519 ? ed25519(written, strict) : rsa(written, strict);
    }

    private static boolean allows(String list, String... any) {
        return Arrays.stream(list.split(":", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .anyMatch(List.of(any)::contains);
    }

    private static PublishedKey ed25519(String written, boolean strict) throws Unfit {
        byte[] bytes = decoded(written);
        if (bytes.length != 32) {
            throw new Unfit("an Ed25519 key has 32 bytes");
        }
        byte[] info = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + 32);
        System.arraycopy(bytes, 0, info, ED25519_PREFIX.length, 32);
        return new PublishedKey(key("Ed25519", info), true, 256, strict);
    }

    private static PublishedKey rsa(String written, boolean strict) throws Unfit {
        PublicKey key = key("RSA", decoded(written));
        int bits = ((RSAPublicKey) key).getModulus().bitLength();
        if (bits < FEWEST_BITS) {
            throw new Unfit("its key has " + bits + " bits; under " + FEWEST_BITS + " are forbidden (RFC 8301)");
        }
        if (bits > MOST_BITS) {
            throw new Unfit("its key has " + bits + " bits, more than anybody needs");
        }
        return new PublishedKey(key, false, bits, strict);
    }

    private static PublicKey key(String type, byte[] info) throws Unfit {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(info));
        } catch (GeneralSecurityException e) {
            throw new Unfit("the key's record holds no " + type + " key");
        }
    }

    private static byte[] decoded(String written) throws Unfit {
        try {
            return Base64.getDecoder().decode(written);
        } catch (IllegalArgumentException e) {
            throw new Unfit("the key is not base64");
        }
    }
}
