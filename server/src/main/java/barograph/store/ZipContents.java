package barograph.store;

import barograph.record.Contents;
import barograph.record.Digest;
import barograph.record.Malformed;
import barograph.record.RecordTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// An export as one zip file, which must have exactly the form that Barograph writes ([ZipForm]): each header is
/// written anew from what it says, and compared.
final class ZipContents implements Contents, AutoCloseable {
    /// In bytes; holds about two million files.
    private static final long TABLE_LIMIT = 200L << 20;

    private static final int CHUNK = 1 << 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    private final Path file;
    private final FileChannel channel;
    private final Map<String, ZipForm.Piece> pieces = new LinkedHashMap<>();
    private @Nullable String flaw;

    /// @throws Malformed when it is not a zip of that form
    ZipContents(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file);
        } catch (IOException e) {
            throw trouble(e);
        }
        try {
            readTable();
        } catch (IOException e) {
            close();
            throw trouble(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public long count() {
        return pieces.size();
    }

    @Override
    public Stream<String> names() {
        return pieces.keySet().stream();
    }

    @Override
    public Optional<byte[]> file(String name, int limit) {
        ZipForm.Piece piece = pieces.get(name);
        if (piece == null) {
            return Optional.empty();
        }
        if (piece.size() > limit) {
            throw new Malformed(name + " has " + piece.size() + " bytes; the limit is " + limit);
        }
        try {
            byte[] content = read(piece.begin(), (int) piece.size());
            CRC32 crc = new CRC32();
            crc.update(content);
            compare(piece, crc);
            return Optional.of(content);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public Optional<Measured> measured(String name) {
        ZipForm.Piece piece = pieces.get(name);
        if (piece == null) {
            return Optional.empty();
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            CRC32 crc = new CRC32();
            for (long at = piece.begin(); at < piece.end(); at += CHUNK) {
                byte[] chunk = read(at, (int) Math.min(CHUNK, piece.end() - at));
                sha.update(chunk);
                crc.update(chunk);
            }
            compare(piece, crc);
            return Optional.of(new Measured(Digest.wrap(sha.digest()), piece.size()));
        } catch (IOException e) {
            throw trouble(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private void compare(ZipForm.Piece piece, CRC32 crc) {
        if ((int) crc.getValue() != piece.crc()) {
            flaw = "The zip has a wrong checksum (CRC-32) for " + piece.name() + ".";
        }
    }

    private void readTable() throws IOException {
        long length = channel.size();
        End end = end(length);
        require(end.table >= 0 && end.bytes >= 0 && end.bytes <= TABLE_LIMIT && end.table <= length - end.bytes);
        byte[] expected = ZipForm.end(end.pieces, end.table, end.bytes);
        require(end.table + end.bytes + expected.length == length);
        require(Arrays.equals(expected, read(end.table + end.bytes, expected.length)));
        byte[] table = read(end.table, (int) end.bytes);
        long offset = 0;
        int at = 0;
        while (at < table.length) {
            ZipForm.Piece piece = piece(table, at, offset);
            require(piece.end() <= end.table);
            require(Arrays.equals(
                    ZipForm.local(piece),
                    read(offset, ZipForm.LOCAL_BYTES + piece.name().length())));
            if (pieces.put(piece.name(), piece) != null) {
                throw new Malformed("The zip has two files with the name " + piece.name() + ".");
            }
            at += ZipForm.central(piece).length;
            offset = piece.end();
        }
        require(offset == end.table && pieces.size() == end.pieces);
    }

    private record End(long pieces, long table, long bytes) {}

    private End end(long length) throws IOException {
        require(length >= ZipForm.END_BYTES);
        ByteBuffer last = little(read(length - ZipForm.END_BYTES, ZipForm.END_BYTES));
        End end = new End(
                Short.toUnsignedLong(last.getShort(10)),
                Integer.toUnsignedLong(last.getInt(16)),
                Integer.toUnsignedLong(last.getInt(12)));
        if (end.pieces < ZipForm.MOST_16 && end.table < ZipForm.MOST_32 && end.bytes < ZipForm.MOST_32) {
            return end;
        }
        require(length >= ZipForm.END64_BYTES);
        ByteBuffer far = little(read(length - ZipForm.END64_BYTES, ZipForm.END64_BYTES));
        return new End(far.getLong(24), far.getLong(48), far.getLong(40));
    }

    /// The line of the table that begins at `at`, for a file that must begin at `offset`.
    private static ZipForm.Piece piece(byte[] table, int at, long offset) {
        require(table.length - at >= ZipForm.CENTRAL_BYTES);
        ByteBuffer line = little(table);
        int length = Short.toUnsignedInt(line.getShort(at + 28));
        require(table.length - at >= ZipForm.CENTRAL_BYTES + length);
        String name = new String(table, at + ZipForm.CENTRAL_BYTES, length, StandardCharsets.ISO_8859_1);
        if (!NAME.matcher(name).matches()) {
            throw new Malformed(
                    "The zip has a file with a name that no export has: '" + name.replaceAll("[^ -~]", "?") + "'.");
        }
        int crc = line.getInt(at + 16);
        long size = Integer.toUnsignedLong(line.getInt(at + 24));
        ZipForm.Piece piece = new ZipForm.Piece(name, crc, size, offset);
        byte[] expected = ZipForm.central(piece);
        require(table.length - at >= expected.length);
        require(Arrays.equals(expected, Arrays.copyOfRange(table, at, at + expected.length)));
        return piece;
    }

    private byte[] read(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new Malformed("The zip ends too early.");
            }
        }
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void require(boolean right) {
        if (!right) {
            throw new Malformed("This is not a zip file as Barograph writes it. If it was packed anew, unpack it and "
                    + "verify the folder; otherwise it is damaged.");
        }
    }

    private RecordTrouble trouble(IOException e) {
        return new RecordTrouble("Could not read " + file + ": " + e + ". Nothing is known about the record in it.", e);
    }
}
