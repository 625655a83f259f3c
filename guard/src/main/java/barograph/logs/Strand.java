package barograph.logs;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// How far one file of a log has been read.
///
/// What it remembers of the file's content is 64 bytes at its beginning and the 256 bytes before the place reached: by
/// these the file is known again after a copy, a packing or a change of name, and a file that was emptied and has
/// grown beyond that place is not taken for the old one.
final class Strand {
    static final int MARK = 256;
    static final int FIRST = 64;

    private final Lines lines;
    private String identity;
    private boolean packed;
    private long offset;
    private long size;
    private Instant changed;
    private byte[] mark = {};
    private byte[] first;
    private boolean skipping;
    private boolean ended;
    private String writer;
    private int missed;
    private @Nullable InputStream unpacking;

    /// @param lines that of the file before when the server has gone on writing from there to here in one piece
    /// @param writer the identity of the file that the server went on writing to when this is a copy of what that
    ///     one held before it was emptied; nothing when it is no copy
    /// @param first the first bytes of the file, as far as they are known
    Strand(Sheet sheet, Lines lines, String writer, byte[] first) {
        this.lines = lines;
        this.identity = sheet.identity();
        this.packed = sheet.packed();
        this.size = sheet.size();
        this.changed = sheet.changed();
        this.writer = writer;
        this.first = first;
    }

    /// The next younger file after this one: if this one is a copy, a line may have begun here and end there.
    Strand next(Sheet younger, byte[] itsFirst) {
        boolean copied = isCopy() && !younger.identity().equals(writer);
        return new Strand(younger, isCopy() ? lines : new Lines(), copied ? writer : "", itsFirst);
    }

    String identity() {
        return identity;
    }

    Lines lines() {
        return lines;
    }

    boolean packed() {
        return packed;
    }

    /// How many bytes of the file, unpacked, have been read.
    long offset() {
        return offset;
    }

    /// Whether this is a copy: nothing will be added to it, and its last line may end in the next file.
    boolean isCopy() {
        return !writer.isEmpty();
    }

    /// When the file was last seen to have been written to.
    Instant changed() {
        return changed;
    }

    /// The bytes before [#offset].
    byte[] mark() {
        return mark;
    }

    /// The first bytes of the file, as far as they are known.
    byte[] first() {
        return first;
    }

    /// Whether all that was seen of the file has been read.
    boolean atEnd() {
        return packed ? ended : offset >= size;
    }

    /// Begins in the middle of a plain file: with the first whole line.
    void beginAt(long place) {
        offset = place;
        skipping = place > 0;
    }

    /// Notes what a look has shown of the file.
    void seen(Sheet sheet) {
        missed = 0;
        size = sheet.size();
        changed = sheet.changed();
    }

    /// Notes that a look has not shown the file; a look in the middle of a rotation may miss one.
    ///
    /// @return how many looks have missed it in a row
    int missed() {
        return ++missed;
    }

    boolean isMissed() {
        return missed > 0;
    }

    /// Goes on in another file with the same content up to the place reached.
    ///
    /// @param emptied whether it was a copy that was made before this file was emptied
    /// @param whole whether the place reached is known to be the other file's end
    void moveTo(Sheet copy, boolean emptied, boolean whole) {
        writer = emptied && writer.isEmpty() ? identity : writer;
        identity = copy.identity();
        packed = copy.packed();
        size = copy.size();
        changed = copy.changed();
        ended = packed && whole;
        missed = 0;
    }

    /// How long the file must be to be the one that is meant.
    long least() {
        return packed ? 0 : Math.max(offset, first.length);
    }

    /// Takes in a stretch that begins with the mark.
    ///
    /// @return how many bytes were new; -1 when this is another file's content
    int take(byte[] stretch, Consumer<String> out) {
        byte[] expected = offset == 0 ? first : mark;
        if (stretch.length < expected.length
                || !Arrays.equals(stretch, 0, expected.length, expected, 0, expected.length)) {
            return -1;
        }
        int fresh = stretch.length - mark.length;
        add(stretch, mark.length, stretch.length, out);
        size = Math.max(size, offset);
        return fresh;
    }

    /// Reads the next piece of a packed file.
    ///
    /// @throws Unseeable when it cannot be read at the moment
    /// @throws IOException when what was packed is damaged
    int unpack(Shelf shelf, int most, Consumer<String> out) throws IOException {
        try {
            InputStream from = unpacking;
            if (from == null) {
                from = new GZIPInputStream(new SheetStream(shelf, identity));
                from.skipNBytes(offset);
                unpacking = from;
            }
            byte[] piece = from.readNBytes(most);
            add(piece, 0, piece.length, out);
            ended = piece.length < most;
            return piece.length;
        } catch (IOException e) {
            unpacking = null;
            throw e;
        }
    }

    private void add(byte[] bytes, int from, int to, Consumer<String> out) {
        int begin = from;
        while (skipping && begin < to) {
            skipping = bytes[begin++] != '\n';
        }
        lines.read(bytes, begin, to, out);
        if (offset == first.length && first.length < FIRST) {
            int more = Math.min(to - from, FIRST - first.length);
            first = Arrays.copyOf(first, first.length + more);
            System.arraycopy(bytes, from, first, first.length - more, more);
        }
        offset += to - from;
        mark = last(mark, bytes, from, to);
    }

    /// The last [#MARK] bytes of two pieces in a row.
    private static byte[] last(byte[] before, byte[] bytes, int from, int to) {
        if (to - from >= MARK) {
            return Arrays.copyOfRange(bytes, to - MARK, to);
        }
        int kept = Math.min(before.length, MARK - (to - from));
        byte[] joined = Arrays.copyOfRange(before, before.length - kept, before.length + to - from);
        System.arraycopy(bytes, from, joined, kept, to - from);
        return joined;
    }

    @Override
    public String toString() {
        return identity + " at " + offset + " of " + size + (packed ? " packed" : "") + (isCopy() ? " copy" : "");
    }
}
