package barograph.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/// The arithmetic of MS-CHAP version 2 (RFC 2759 §8), for one login.
///
/// MD4, DES and SHA-1 are what the protocol prescribes; none of them protects a password that somebody overhears, which
/// is why real sites wrap it in TLS.
final class Mschapv2 {
    static final int CHALLENGE_LENGTH = 16;

    private static final byte[] SERVER_MAGIC =
            "Magic server to client signing constant".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAD_MAGIC =
            "Pad to make it do more than one iteration".getBytes(StandardCharsets.US_ASCII);

    private final byte[] passwordHash;
    private final byte[] challenge;
    private final byte[] response;

    /// @param serverChallenge 16 bytes; in RADIUS the client makes them up, as it stands between user and server
    /// @param peerChallenge 16 bytes that nobody can foresee
    Mschapv2(byte[] serverChallenge, byte[] peerChallenge, String user, String password) {
        this.passwordHash = md4(password.getBytes(StandardCharsets.UTF_16LE));
        byte[] name = user.substring(user.lastIndexOf('\\') + 1).getBytes(StandardCharsets.UTF_8);
        this.challenge = Arrays.copyOf(sha1(peerChallenge, serverChallenge, name), 8);
        this.response = response();
    }

    /// The 24 bytes that prove the password.
    byte[] ntResponse() {
        return response.clone();
    }

    /// What a server says that knows the password too: `S=` and 40 hexadecimal digits.
    String serverProof() {
        byte[] first = sha1(md4(passwordHash), response, SERVER_MAGIC);
        byte[] digest = sha1(first, challenge, PAD_MAGIC);
        return "S=" + HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    }

    /// Three DES keys of 7 bytes are cut from the password's hash, filled up with zeros.
    private byte[] response() {
        byte[] keys = Arrays.copyOf(passwordHash, 21);
        ByteBuffer all = ByteBuffer.allocate(24);
        for (int at = 0; at < keys.length; at += 7) {
            all.put(des(Arrays.copyOfRange(keys, at, at + 7)));
        }
        return all.array();
    }

    private byte[] des(byte[] seven) {
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(spread(seven), "DES"));
            return des.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("MS-CHAP needs DES, which this Java runtime does not offer", e);
        }
    }

    /// 56 bits, seven to each of eight bytes; the last bit of each is parity, which nobody looks at.
    private static byte[] spread(byte[] seven) {
        long bits = 0;
        for (byte each : seven) {
            bits = (bits << 8) | (each & 0xff);
        }
        byte[] eight = new byte[8];
        for (int i = 0; i < 8; i++) {
            eight[i] = (byte) ((bits >> (49 - 7 * i)) << 1);
        }
        return eight;
    }

    private static byte[] md4(byte[] text) {
        MD4Digest md4 = new MD4Digest();
        md4.update(text, 0, text.length);
        byte[] digest = new byte[md4.getDigestSize()];
        md4.doFinal(digest, 0);
        return digest;
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                sha1.update(part);
            }
            return sha1.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("MS-CHAP needs SHA-1, which this Java runtime does not offer", e);
        }
    }
}
