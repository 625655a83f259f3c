package barograph.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Proof, in one file that needs no other, that an entry is in the record (C2SP tlog-proof, `.tlog-proof`).
///
/// @param leaf the entry itself, in the field for extra data; it counts only because its hash is proven
/// @param index the entry's place
/// @param path the sibling hashes from the leaf up
/// @param checkpoint the signed checkpoint, as it is written
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ProofFile(byte[] leaf, long index, List<Digest> path, String checkpoint) {
    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    /// No tree of less than 2^63 leaves is higher.
    private static final int MOST_HASHES = 63;

    public ProofFile {
        path = List.copyOf(path);
    }

    /// @throws Malformed when it is not a proof file
    public static ProofFile parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new Malformed("a proof file is a proof, an empty line and a checkpoint");
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST)) {
            throw new Malformed("a proof file begins with '" + FIRST + "'");
        }
        byte[] leaf = field(EXTRA, lines).map(StrictBase64::decode).orElseGet(() -> new byte[0]);
        String index = field(INDEX, lines)
                .filter(number -> NUMBER.matcher(number).matches())
                .orElse("");
        if (index.isEmpty() || lines.size() > MOST_HASHES) {
            throw new Malformed("a proof has an index and at most " + MOST_HASHES + " hashes");
        }
        List<Digest> path = lines.stream().map(StrictBase64::digest).toList();
        return new ProofFile(leaf, Long.parseLong(index), path, text.substring(blank + 2));
    }

    private static Optional<String> field(String name, List<String> lines) {
        boolean there = !lines.isEmpty() && lines.getFirst().startsWith(name);
        return there ? Optional.of(lines.removeFirst().substring(name.length())) : Optional.empty();
    }

    /// Whether it proves that the entry with this hash stands at its index in the record with this checkpoint, whose
    /// signature the caller has checked.
    public boolean proves(Digest leafHash, Checkpoint signed) {
        return new Proof.Inclusion(index, signed.size(), path).leads(leafHash, signed.root());
    }

    /// As it is written into a file.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(FIRST).append('\n');
        if (leaf.length > 0) {
            out.append(EXTRA).append(StrictBase64.encode(leaf)).append('\n');
        }
        out.append(INDEX).append(index).append('\n');
        path.forEach(hash -> out.append(StrictBase64.encode(hash.bytes())).append('\n'));
        return out.append('\n').append(checkpoint).toString();
    }
}
