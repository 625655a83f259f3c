package barograph.record;

import java.util.regex.Pattern;

/// What the whole record is at one moment: its name, how many entries it has, and the hash that all of them lead to
/// (C2SP tlog-checkpoint).
///
/// @param origin the record's name, unlike that of any other
/// @param size how many entries
/// @param root the hash at the top of the [Tree]
public record Checkpoint(String origin, long size, Digest root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an origin is one line, not '" + origin + "'");
        }
        if (size < 0) {
            throw new IllegalArgumentException("a record has no " + size + " entries");
        }
    }

    /// Reads the text of a note. Lines after the third mean nothing here and are left out.
    ///
    /// @throws Malformed when it is not that of a checkpoint
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        boolean shaped = lines.length >= 4 && lines[lines.length - 1].isEmpty() && !text.contains("\n\n");
        if (!shaped || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
            throw new Malformed("a checkpoint is an origin, a size and a root hash, each on its line");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), StrictBase64.digest(lines[2]));
    }

    /// Reads a signed checkpoint of the record whose key this is.
    ///
    /// @throws Malformed when it is no checkpoint, is not signed by `key`, or is that of another record
    public static Checkpoint open(Note note, VerifierKey key) {
        Checkpoint checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(key.name())) {
            throw new Malformed(
                    "the checkpoint is that of '" + checkpoint.origin + "', the key that of '" + key.name() + "'");
        }
        if (!note.isSignedBy(key)) {
            throw new Malformed(
                    "the checkpoint of size " + checkpoint.size + " is not signed by the key of '" + key.name() + "'");
        }
        return checkpoint;
    }

    /// The text that is signed.
    public String text() {
        return origin + "\n" + size + "\n" + StrictBase64.encode(root.bytes()) + "\n";
    }
}
