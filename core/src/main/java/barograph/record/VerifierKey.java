package barograph.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A name and an Ed25519 public key that notes are verified with, written as a C2SP "vkey":
/// `name+hexadecimal id+base64`.
///
/// @param name whose key it is; the record's key has the name of its origin
/// @param use what it signs
/// @param publicKey 32 bytes (RFC 8032)
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
public record VerifierKey(String name, Use use, byte[] publicKey) {
    private static final int KEY_BYTES = 32;

    /// What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410).
    private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

    /// What a key signs; the byte is C2SP's signature type.
    public enum Use {
        /// The text of a note.
        NOTE(1),
        /// The text of a checkpoint and the time at which a witness saw it (tlog-cosignature).
        COSIGNATURE(4);

        private final byte type;

        Use(int type) {
            this.type = (byte) type;
        }
    }

    public VerifierKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a key's name: it has a space or a plus sign");
        }
        if (publicKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + publicKey.length);
        }
    }

    /// @throws Malformed when this is not a vkey of a known use, or its id is not that of its name and key
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            throw new Malformed("a verifier key is written name+id+base64, not '" + vkey.strip() + "'");
        }
        byte[] key = StrictBase64.decode(parts[2]);
        for (Use use : Use.values()) {
            if (key.length == KEY_BYTES + 1 && key[0] == use.type) {
                VerifierKey found = new VerifierKey(parts[0], use, Arrays.copyOfRange(key, 1, key.length));
                if (!HexFormat.of().toHexDigits(found.id()).equals(parts[1])) {
                    throw new Malformed("the verifier key '" + vkey.strip() + "' has an id that is not its own");
                }
                return found;
            }
        }
        throw new Malformed("the verifier key of '" + parts[0] + "' is not an Ed25519 key for notes or cosignatures");
    }

    /// @param key of the JDK's Ed25519 provider
    public static VerifierKey of(String name, PublicKey key) {
        byte[] der = key.getEncoded();
        if (der.length != DER.length + KEY_BYTES || !Arrays.equals(DER, Arrays.copyOf(der, DER.length))) {
            throw new IllegalArgumentException("not an Ed25519 key: " + key.getAlgorithm());
        }
        return new VerifierKey(name, Use.NOTE, Arrays.copyOfRange(der, DER.length, der.length));
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .noneMatch(c -> c == '+'
                                || c < 0x20
                                || c == 0x85
                                || Character.isSpaceChar(c)
                                || Character.isWhitespace(c));
    }

    /// The first 32 bits of a hash over name, use and key: which of several keys a signature is of.
    public int id() {
        byte[] name = this.name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Digest.hash(name, new byte[] {'\n', use.type}, publicKey))
                .getInt();
    }

    /// Whether `signature`, which follows the id in a signature line, was made by this key over `text`.
    boolean verifies(String text, byte[] signature) {
        return switch (use) {
            case NOTE -> holds(text, signature);
            case COSIGNATURE -> {
                if (signature.length < Long.BYTES) {
                    yield false;
                }
                long time = ByteBuffer.wrap(signature).getLong();
                byte[] rest = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
                yield time >= 0 && holds("cosignature/v1\ntime " + time + "\n" + text, rest);
            }
        };
    }

    private boolean holds(String message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key());
            ed25519.update(message.getBytes(StandardCharsets.UTF_8));
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // the JDK says so of a signature of wrong length, or of bytes that are no point of the curve
        }
    }

    /// The key as `openssl` reads it: DER (RFC 8410).
    public byte[] der() {
        return ByteBuffer.allocate(DER.length + KEY_BYTES)
                .put(DER)
                .put(publicKey)
                .array();
    }

    private PublicKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey(String n, Use u, byte[] k)
                && name.equals(n)
                && use == u
                && Arrays.equals(publicKey, k);
    }

    @Override
    public int hashCode() {
        return id();
    }

    /// As a vkey.
    @Override
    public String toString() {
        byte[] key =
                ByteBuffer.allocate(KEY_BYTES + 1).put(use.type).put(publicKey).array();
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+" + StrictBase64.encode(key);
    }
}
