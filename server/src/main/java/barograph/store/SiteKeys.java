package barograph.store;

import barograph.record.Malformed;
import barograph.record.RecordTrouble;
import barograph.record.Signer;
import barograph.record.VerifierKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// A site's own keys, in a folder that only its owner can read.
///
/// - `record.ed25519`: the private key that signs checkpoints (PKCS#8 PEM, as `openssl` reads it)
/// - `record.vkey`: its public half; give it to every party at the start, so that nobody can exchange it later
/// - `pseudonyms.key`: 32 random bytes that turn user names into pseudonyms
///
/// @param signer signs the record's checkpoints
/// @param pseudonyms the key for pseudonyms
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SiteKeys(Signer signer, byte[] pseudonyms) {
    private static final String PRIVATE = "record.ed25519";
    /// The file of the public half.
    public static final String PUBLIC = "record.vkey";

    private static final String PSEUDONYMS = "pseudonyms.key";
    private static final int PSEUDONYM_KEY_BYTES = 32;

    /// As in a host name and path: what goes into `VERIFY.md` must mean nothing to a shell.
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,200}");

    private static final String PEM_FIRST = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_LAST = "-----END PRIVATE KEY-----";
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// Makes new keys.
    ///
    /// @param folder is made when it is not there; must not hold keys
    /// @param origin the record's name, unlike that of any other, of letters, digits, `.`, `_`, `/`, `-`:
    /// `acme.example/login`
    /// @throws RecordTrouble when the files cannot be written or are there already: keys are never written over
    public static SiteKeys create(Path folder, String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "'" + origin + "' cannot be the name of a record: it has letters, digits, "
                            + "'.', '_', '/' and '-' alone, such as acme.example/login");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            VerifierKey verifier = VerifierKey.of(origin, pair.getPublic());
            byte[] pseudonyms = new byte[PSEUDONYM_KEY_BYTES];
            new SecureRandom().nextBytes(pseudonyms);
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            write(folder.resolve(PRIVATE), pem(pair.getPrivate().getEncoded()));
            write(folder.resolve(PUBLIC), (verifier + "\n").getBytes(StandardCharsets.UTF_8));
            write(folder.resolve(PSEUDONYMS), pseudonyms);
            return read(folder);
        } catch (IOException e) {
            throw new RecordTrouble(
                    "Could not make new keys in " + folder + ": " + e + ". Nothing can be signed without them; free "
                            + "the place or name another folder. Keys that are there are never written over.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime makes Ed25519 keys", e);
        }
    }

    /// Reads the keys of a site.
    ///
    /// @throws RecordTrouble when a file is missing, damaged, or readable by others than its owner
    public static SiteKeys read(Path folder) {
        VerifierKey verifier = verifierKey(folder);
        byte[] pkcs8 = der(secret(folder.resolve(PRIVATE)), folder.resolve(PRIVATE));
        byte[] pseudonyms = secret(folder.resolve(PSEUDONYMS));
        if (pseudonyms.length != PSEUDONYM_KEY_BYTES) {
            throw new RecordTrouble(folder.resolve(PSEUDONYMS) + " has " + pseudonyms.length + " bytes, not "
                    + PSEUDONYM_KEY_BYTES + ": it is damaged. Put it back from your backup; with another key every "
                    + "user would get a new pseudonym.");
        }
        try {
            return new SiteKeys(new Signer(verifier, pkcs8), pseudonyms);
        } catch (Malformed e) {
            throw new RecordTrouble("The keys in " + folder + " do not fit: " + e.getMessage(), e);
        }
    }

    /// Reads only the public half.
    ///
    /// @throws RecordTrouble when it is missing or damaged
    public static VerifierKey verifierKey(Path folder) {
        Path file = folder.resolve(PUBLIC);
        try {
            return VerifierKey.parse(Files.readString(file));
        } catch (IOException | Malformed e) {
            throw new RecordTrouble(
                    "Could not read the record's public key " + file + ": " + e.getMessage()
                            + ". `barograph init` makes one; otherwise put it back from your backup.",
                    e);
        }
    }

    private static byte[] secret(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ALONE.containsAll(permissions)) {
                throw new RecordTrouble("Others than its owner may use " + file + " ("
                        + PosixFilePermissions.toString(permissions)
                        + "), so that it may be known to them. Nothing was signed with it. Run: chmod 600 " + file);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RecordTrouble(
                    "Could not read the key " + file + ": " + e + ". `barograph init` makes one; otherwise put it "
                            + "back from your backup.",
                    e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        var attribute = PosixFilePermissions.asFileAttribute(OWNER_ALONE);
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, options, attribute))) {
            out.write(content);
        }
    }

    private static byte[] pem(byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return (PEM_FIRST + "\n" + body + "\n" + PEM_LAST + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(byte[] pem, Path file) {
        String text = new String(pem, StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(PEM_FIRST) || !text.endsWith(PEM_LAST)) {
            throw new RecordTrouble(file + " is not a PKCS#8 key in PEM. Put it back from your backup.");
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(PEM_FIRST.length(), text.length() - PEM_LAST.length()));
        } catch (IllegalArgumentException e) {
            throw new RecordTrouble(file + " is damaged: it is not base64. Put it back from your backup.", e);
        }
    }

    /// Never shows a key.
    @Override
    public String toString() {
        return "SiteKeys[" + signer.key() + "]";
    }
}
