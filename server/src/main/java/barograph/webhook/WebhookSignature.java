package barograph.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signatures of HTTP requests as Standard Webhooks 1.0.0 has them: of id, time and body, so that none of them can be
/// another and no request can be sent again later.
///
/// A key is `whsec_` and base64 of 24 to 64 bytes for HMAC-SHA256 (scheme `v1`), `whsk_` and base64 of the 32 bytes of
/// an Ed25519 key, or of those and its public key (scheme `v1a`), or `whpk_` and base64 of a public Ed25519 key, which
/// only checks.
public final class WebhookSignature {
    /// How far the time of a request may be off.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SYMMETRIC = "whsec_";
    private static final String PRIVATE = "whsk_";
    private static final String PUBLIC = "whpk_";
    private static final int ED25519 = 32;
    /// What stands before the 32 bytes of a key in DER (RFC 8410).
    private static final byte[] PRIVATE_HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] PUBLIC_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private WebhookSignature() {}

    /// The value of the header `webhook-signature`.
    ///
    /// @param key `whsec_…` or `whsk_…`
    /// @param id of the message; the same when it is sent again
    /// @throws IllegalArgumentException when it is no such key; the message does not repeat it
    public static String sign(String key, String id, Instant at, byte[] body) {
        byte[] signed = signed(id, Long.toString(at.getEpochSecond()), body);
        try {
            if (key.startsWith(SYMMETRIC)) {
                return "v1," + base64(hmac(key, signed));
            }
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey(key));
            signature.update(signed);
            return "v1a," + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key for webhooks cannot be used: " + e.getMessage());
        }
    }

    /// What a receiver does: whether one of the signatures is by this key, and the request is of now.
    ///
    /// @param key `whsec_…` or `whpk_…`
    /// @param at the header `webhook-timestamp`
    /// @param signatures the header `webhook-signature`: several, where keys are being changed
    public static boolean verify(String key, String id, String at, String signatures, byte[] body, Instant now) {
        if (!at.matches("[0-9]{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(at)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        > 0) {
            return false;
        }
        byte[] signed = signed(id, at, body);
        for (String each : signatures.split(" ", -1)) {
            int comma = each.indexOf(',');
            if (comma > 0 && isBy(key, each.substring(0, comma), each.substring(comma + 1), signed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBy(String key, String scheme, String base64, byte[] signed) {
        try {
            byte[] given = Base64.getDecoder().decode(base64);
            if (scheme.equals("v1") && key.startsWith(SYMMETRIC)) {
                return MessageDigest.isEqual(given, hmac(key, signed));
            }
            if (scheme.equals("v1a") && key.startsWith(PUBLIC)) {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initVerify(publicKey(key));
                signature.update(signed);
                return signature.verify(given);
            }
            return false;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // no base64, or of another length: somebody else's
        }
    }

    private static byte[] signed(String id, String at, byte[] body) {
        byte[] head = (id + "." + at + ".").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] hmac(String key, byte[] signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(key, SYMMETRIC, 24, 64), "HmacSHA256"));
        return mac.doFinal(signed);
    }

    private static PrivateKey privateKey(String key) throws GeneralSecurityException {
        byte[] seed = bytes(key, PRIVATE, ED25519, 2 * ED25519);
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der(PRIVATE_HEAD, seed)));
    }

    private static PublicKey publicKey(String key) throws GeneralSecurityException {
        byte[] point = bytes(key, PUBLIC, ED25519, ED25519);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der(PUBLIC_HEAD, point)));
    }

    private static byte[] der(byte[] head, byte[] key) {
        byte[] der = new byte[head.length + ED25519];
        System.arraycopy(head, 0, der, 0, head.length);
        System.arraycopy(key, 0, der, head.length, ED25519);
        return der;
    }

    private static byte[] bytes(String key, String prefix, int least, int most) {
        if (key.startsWith(prefix)) {
            try {
                byte[] bytes = Base64.getDecoder().decode(key.substring(prefix.length()));
                if (bytes.length >= least && bytes.length <= most) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // told below, without the key
            }
        }
        throw new IllegalArgumentException("a key for webhooks is " + prefix + " and base64 of " + least
                + (least == most ? "" : " to " + most) + " bytes, and this one is not");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
