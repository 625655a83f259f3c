package barograph.store;

import barograph.record.Checkpoint;
import barograph.record.Contents;
import barograph.record.Layout;
import barograph.record.Malformed;
import barograph.record.Verification;
import barograph.record.Verifier;
import barograph.record.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An export that came from somewhere: a zip file, or the folder that it was unpacked into. Nothing in it is
/// trusted, and reading it takes little memory, whatever it claims to be.
public final class Bundle {
    private Bundle() {}

    /// @param bundle the zip file, or the folder
    /// @param key the record's public key, from somewhere else than the bundle
    /// @param held checkpoints of the same record that came earlier and another way, verified with the same key
    /// @throws barograph.record.RecordTrouble when the disk cannot be read, which says nothing about the record
    public static Verification verify(Path bundle, VerifierKey key, List<Checkpoint> held) {
        if (Files.isDirectory(bundle)) {
            return Verifier.verify(new FolderContents(bundle), key, held);
        }
        try (ZipContents contents = new ZipContents(bundle)) {
            return Verifier.verify(contents, key, held);
        } catch (Malformed e) {
            return new Verification.Broken(Verification.Broken.NOWHERE, "", e.getMessage());
        }
    }

    /// The public key that a bundle brings along. Verifying with it proves only that the bundle fits itself.
    ///
    /// @throws Malformed when there is none
    public static VerifierKey keyIn(Path bundle) {
        if (Files.isDirectory(bundle)) {
            return keyIn(new FolderContents(bundle));
        }
        try (ZipContents contents = new ZipContents(bundle)) {
            return keyIn(contents);
        }
    }

    private static VerifierKey keyIn(Contents contents) {
        return contents.file(Layout.KEY, 10_000)
                .map(vkey -> VerifierKey.parse(new String(vkey, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new Malformed(Layout.KEY + " is missing."));
    }
}
