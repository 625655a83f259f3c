package barograph.record;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which entries are about one subject, signed by the record's key: so that whoever gets only those can tell that
/// none was taken out on the way.
///
/// @param checkpoint of the whole record
/// @param subject what the entries are about
/// @param indexes in rising order
public record Selection(Checkpoint checkpoint, String subject, List<Long> indexes) {
    /// In bytes; enough for a million separate entries.
    public static final int LIMIT = 16 << 20;

    /// Not an origin (it has a space), so that no selection can pass for a checkpoint.
    private static final String FIRST = "barograph selection v1";

    private static final Pattern RANGE = Pattern.compile("(0|[1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?");

    public Selection {
        indexes = List.copyOf(indexes);
        long before = -1;
        for (long index : indexes) {
            if (index <= before || index >= checkpoint.size()) {
                throw new Malformed(
                        "entry " + index + " of a selection stands behind " + before + ", of " + checkpoint.size());
            }
            before = index;
        }
        if (subject.chars().anyMatch(c -> c < 0x20)) {
            throw new Malformed("a subject is one line");
        }
    }

    /// Reads a signed selection from a record with this checkpoint.
    ///
    /// @throws Malformed when it is none, is not signed by `key`, or is of another checkpoint
    public static Selection open(String note, VerifierKey key, Checkpoint checkpoint) {
        Note signed = Note.parse(note);
        if (!signed.isSignedBy(key)) {
            throw new Malformed("the selection is not signed by the key of '" + key.name() + "'");
        }
        String[] lines = signed.text().split("\n", -1);
        String head = FIRST + "\n" + checkpoint.text();
        if (!signed.text().startsWith(head) || lines.length != 7) {
            throw new Malformed("the selection is not one from the record with this checkpoint");
        }
        Selection selection = new Selection(checkpoint, lines[4], indexes(lines[5], checkpoint.size()));
        if (!selection.text().equals(signed.text())) {
            throw new Malformed("the selection is not in the one form that it is written in");
        }
        return selection;
    }

    private static List<Long> indexes(String ranges, long size) {
        List<Long> indexes = new ArrayList<>();
        if (ranges.isEmpty()) {
            return indexes;
        }
        for (String range : ranges.split(",", -1)) {
            Matcher matcher = RANGE.matcher(range);
            if (!matcher.matches()) {
                throw new Malformed("the selection has '" + range + "' where entries are expected, such as 7 or 3-5");
            }
            long first = Long.parseLong(matcher.group(1));
            String end = matcher.group(2);
            long last = end == null ? first : Long.parseLong(end);
            if (last >= size || last < first) {
                throw new Malformed("the selection has entries " + range + " of " + size);
            }
            for (long index = first; index <= last; index++) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    /// The text that is signed.
    public String text() {
        return FIRST + "\n" + checkpoint.text() + subject + "\n" + ranges() + "\n";
    }

    private String ranges() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < indexes.size(); i++) {
            int end = i;
            while (end + 1 < indexes.size() && indexes.get(end + 1) == indexes.get(end) + 1) {
                end++;
            }
            out.append(i == 0 ? "" : ",").append(indexes.get(i));
            if (end > i) {
                out.append('-').append(indexes.get(end));
                i = end;
            }
        }
        return out.toString();
    }
}
