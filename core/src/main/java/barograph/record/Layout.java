package barograph.record;

/// The names of the files in an export. Those of the checkpoint and the tiles are C2SP's (tlog-tiles), so that
/// public tools read it.
///
/// - `VERIFY.md`: how to verify it without Barograph ([Instructions])
/// - `record.vkey`: the public key; trust only one that came another way
/// - `checkpoint`: the signed size and root hash
/// - `selection`: in an export of one subject, which entries are about it ([Selection])
/// - `tile/0/…`: the hash of every entry, `tile/1/…` and higher: hashes over full tiles
/// - `tile/entries/…`: the entries; not in an export of one subject
/// - `proofs/<index>.tlog-proof`: an entry with its proof ([ProofFile]); up to [#MOST_PROOFS] of them, else none
/// - `attachments/<hash>`: 32 bytes of salt and the attachment; the hash of the file is its name
public final class Layout {
    public static final String INSTRUCTIONS = "VERIFY.md";
    public static final String KEY = "record.vkey";
    public static final String CHECKPOINT = "checkpoint";
    public static final String SELECTION = "selection";

    /// In a larger export, proofs for all entries would be most of it; any of them can be made from the tiles.
    public static final long MOST_PROOFS = 50_000;

    private Layout() {}

    public static String proof(long index) {
        return "proofs/" + index + ".tlog-proof";
    }

    public static String attachment(Digest hash) {
        return "attachments/" + hash.hex();
    }
}
