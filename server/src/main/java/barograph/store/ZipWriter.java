package barograph.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// Writes files, one behind the other, into a zip ([ZipForm]).
final class ZipWriter {
    private final OutputStream out;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private long offset;
    private long pieces;

    /// @param out is neither flushed nor closed here
    ZipWriter(OutputStream out) {
        this.out = out;
    }

    /// @param name in ASCII, each at most once
    void add(String name, byte[]... parts) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        for (byte[] part : parts) {
            crc.update(part);
            size += part.length;
        }
        ZipForm.Piece piece = new ZipForm.Piece(name, (int) crc.getValue(), size, offset);
        out.write(ZipForm.local(piece));
        for (byte[] part : parts) {
            out.write(part);
        }
        table.writeBytes(ZipForm.central(piece));
        offset = piece.end();
        pieces++;
    }

    /// Writes the table: without it, nothing of the rest is found.
    void finish() throws IOException {
        table.writeTo(out);
        out.write(ZipForm.end(pieces, offset, table.size()));
    }
}
