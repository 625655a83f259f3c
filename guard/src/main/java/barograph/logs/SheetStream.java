package barograph.logs;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of one sheet from its beginning, fetched 1 MiB at a time.
final class SheetStream extends InputStream {
    private static final int PIECE = 1 << 20;

    private final Shelf shelf;
    private final String identity;
    private byte[] piece = {};
    private int next;
    private long fetched;
    private boolean ended;

    SheetStream(Shelf shelf, String identity) {
        this.shelf = shelf;
        this.identity = identity;
    }

    @Override
    public int read() throws IOException {
        return available() == 0 ? -1 : piece[next++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = Math.min(length, available());
        System.arraycopy(piece, next, into, from, count);
        next += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    /// How much can be read without another fetch; 0 only at the end.
    @Override
    public int available() throws IOException {
        if (next == piece.length && !ended) {
            fetch();
        }
        return piece.length - next;
    }

    private void fetch() throws IOException {
        piece = switch (shelf.look(identity, fetched, PIECE)) {
            case Look.Seen seen ->
                seen.stretch().orElseThrow(() -> new Unseeable("a packed log was renamed while it was read"));
            case Look.Unseen(String why) -> throw new Unseeable(why);
        };
        next = 0;
        fetched += piece.length;
        ended = piece.length == 0;
    }
}
