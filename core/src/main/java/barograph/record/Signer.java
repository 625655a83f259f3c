package barograph.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/// Signs notes with an Ed25519 key. Safe for use by several threads.
public final class Signer {
    private final VerifierKey key;
    private final PrivateKey secret;

    /// @param key what others verify with
    /// @param pkcs8 the private half, as PKCS#8 DER
    /// @throws Malformed when it is no Ed25519 key, or not the other half of `key`
    public Signer(VerifierKey key, byte[] pkcs8) {
        this.key = key;
        try {
            secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new Malformed("this is not an Ed25519 key in PKCS#8", e);
        }
        String trial = "barograph key check\n";
        if (key.use() != VerifierKey.Use.NOTE || !key.verifies(trial, signature(trial))) {
            throw new Malformed("the private key does not belong to the verifier key '" + key + "'");
        }
    }

    /// What others verify with.
    public VerifierKey key() {
        return key;
    }

    /// A note with this text and one signature. The same text always gives the same note.
    public Note sign(String text) {
        return new Note(text, List.of(new Note.Signature(key.name(), key.id(), signature(text))));
    }

    private byte[] signature(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with Ed25519", e);
        }
    }
}
