package barograph.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Looks into the files of a log to tell which is which, and where to begin.
final class Finder {
    /// How near to its goal the search for a moment ends, in bytes.
    private static final long NEAR = 256 << 10;

    private static final int PEEK = 16 << 10;

    private final Shelf shelf;

    Finder(Shelf shelf) {
        this.shelf = shelf;
    }

    /// Whether a file has the content that a strand has read, up to the place reached.
    boolean isCopy(Sheet sheet, Strand strand) throws IOException {
        if (strand.offset() == 0) {
            byte[] first = strand.first();
            return Arrays.equals(Arrays.copyOf(first(sheet), first.length), first);
        }
        byte[] mark = strand.mark();
        long from = strand.offset() - mark.length;
        if (!sheet.packed()) {
            return sheet.size() >= strand.offset() && Arrays.equals(stretch(sheet, from, mark.length), mark);
        }
        try (InputStream unpacked = new GZIPInputStream(new SheetStream(shelf, sheet.identity()))) {
            unpacked.skipNBytes(from);
            return Arrays.equals(unpacked.readNBytes(mark.length), mark);
        } catch (EOFException | ZipException e) {
            return false; // shorter, or not packed by gzip
        }
    }

    /// Whether a packed file ends where a strand has come to, by the length that `gzip` notes at its end.
    boolean endsWith(Sheet sheet, Strand strand) throws IOException {
        if (!sheet.packed() || sheet.size() < 18 || strand.offset() == 0) {
            return false;
        }
        byte[] length = stretch(sheet, sheet.size() - 4, 4);
        return length.length == 4
                && ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt() == (int) strand.offset();
    }

    /// The first bytes of a file, unpacked.
    byte[] first(Sheet sheet) throws IOException {
        if (sheet.size() == 0) {
            return new byte[0];
        }
        if (!sheet.packed()) {
            return stretch(sheet, 0, Strand.FIRST);
        }
        try (InputStream unpacked = new GZIPInputStream(new SheetStream(shelf, sheet.identity()))) {
            return unpacked.readNBytes(Strand.FIRST);
        } catch (EOFException | ZipException e) {
            return new byte[0];
        }
    }

    /// A place in a plain file before which all lines are older than a moment, not far from the first that is not.
    ///
    /// @param earliest no place before this one is looked at
    long place(Sheet sheet, long earliest, Instant moment, Function<String, Optional<Instant>> writtenAt)
            throws IOException {
        long low = earliest;
        long high = sheet.size();
        while (high - low > NEAR) {
            long middle = low + (high - low) / 2;
            Optional<Instant> told = firstTime(stretch(sheet, middle, PEEK), writtenAt);
            if (told.isEmpty()) {
                return low; // lines without a time: read from where it is sure
            }
            if (told.get().isBefore(moment)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Optional<Instant> firstTime(byte[] bytes, Function<String, Optional<Instant>> writtenAt) {
        List<String> whole = new ArrayList<>();
        new Lines().read(bytes, 0, bytes.length, whole::add);
        return whole.stream()
                .skip(1) // begins before the stretch
                .map(writtenAt)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private byte[] stretch(Sheet sheet, long from, int most) throws IOException {
        return switch (shelf.look(sheet.identity(), from, most)) {
            case Look.Seen seen -> seen.stretch().orElseGet(() -> new byte[0]);
            case Look.Unseen(String why) -> throw new Unseeable(why);
        };
    }
}
