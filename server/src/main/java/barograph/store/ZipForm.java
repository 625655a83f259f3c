package barograph.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The one form of zip file that an export has, byte for byte (APPNOTE.TXT 6.3, sections 4.3 and 4.5.3).
///
/// Files are stored and not compressed: the same record then gives the same bytes with any version of any library,
/// a damaged byte stays one damaged byte, and there is nothing that could blow up when it is read. Times are fixed,
/// the files follow each other without gaps, and there are no comments: nothing can hide between them, and every
/// program that unpacks it sees the same files.
final class ZipForm {
    static final int LOCAL_BYTES = 30;
    static final int CENTRAL_BYTES = 46;
    static final int END_BYTES = 22;
    static final int END64_BYTES = 56 + 20 + END_BYTES;

    static final long MOST_16 = 0xffffL;
    static final long MOST_32 = 0xffff_ffffL;

    private static final short PLAIN = 20;
    private static final short WITH_64_BITS = 45;
    private static final short BY_UNIX = 3 << 8;
    private static final short NONE = 0;
    private static final short EXTRA_BYTES = 12;
    private static final long END64_REST = 44;
    private static final short YEAR_1980 = (1 << 5) | 1;
    private static final int MODE_0644 = 0100644 << 16;

    private ZipForm() {}

    /// @param name in ASCII
    /// @param crc CRC-32 of the content
    /// @param size of the content in bytes, below 4 GiB
    /// @param offset of its local header
    record Piece(String name, int crc, long size, long offset) {
        /// Where its content begins.
        long begin() {
            return offset + LOCAL_BYTES + name.length();
        }

        /// Where the next piece begins.
        long end() {
            return begin() + size;
        }
    }

    /// What stands before the content.
    static byte[] local(Piece piece) {
        byte[] bytes = new byte[LOCAL_BYTES + piece.name.length()];
        ByteBuffer out = little(bytes).putInt(0x04034b50).putShort(PLAIN);
        common(out, piece);
        out.putShort(NONE).put(ascii(piece.name));
        return bytes;
    }

    /// Its line in the table at the end.
    static byte[] central(Piece piece) {
        boolean far = piece.offset >= MOST_32;
        short version = far ? WITH_64_BITS : PLAIN;
        short extra = far ? EXTRA_BYTES : NONE;
        byte[] bytes = new byte[CENTRAL_BYTES + piece.name.length() + extra];
        ByteBuffer out = little(bytes).putInt(0x02014b50).putShort((short) (BY_UNIX | version));
        out.putShort(version);
        common(out, piece);
        out.putShort(extra).putShort(NONE).putShort(NONE).putShort(NONE).putInt(MODE_0644);
        out.putInt((int) Math.min(piece.offset, MOST_32)).put(ascii(piece.name));
        if (far) {
            out.putShort((short) 1).putShort((short) Long.BYTES).putLong(piece.offset);
        }
        return bytes;
    }

    /// Flags, method, time, date, checksum, both sizes, and the length of the name.
    private static void common(ByteBuffer out, Piece piece) {
        int size = (int) piece.size;
        out.putShort(NONE).putShort(NONE).putShort(NONE).putShort(YEAR_1980);
        out.putInt(piece.crc).putInt(size).putInt(size).putShort((short) piece.name.length());
    }

    /// What stands behind the table.
    ///
    /// @param pieces how many lines the table has
    /// @param table where it begins
    /// @param length how many bytes it has
    static byte[] end(long pieces, long table, long length) {
        boolean far = pieces >= MOST_16 || table >= MOST_32 || length >= MOST_32;
        byte[] bytes = new byte[far ? END64_BYTES : END_BYTES];
        ByteBuffer out = little(bytes);
        if (far) {
            out.putInt(0x06064b50).putLong(END64_REST).putShort((short) (BY_UNIX | WITH_64_BITS));
            out.putShort(WITH_64_BITS).putInt(0).putInt(0).putLong(pieces).putLong(pieces);
            out.putLong(length).putLong(table);
            out.putInt(0x07064b50).putInt(0).putLong(table + length).putInt(1);
        }
        short count = (short) Math.min(pieces, MOST_16);
        out.putInt(0x06054b50).putShort(NONE).putShort(NONE).putShort(count).putShort(count);
        out.putInt((int) Math.min(length, MOST_32)).putInt((int) Math.min(table, MOST_32));
        out.putShort(NONE);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
