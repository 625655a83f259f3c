package barograph.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;

/// Cuts the bytes of one file into lines, however they are parted on their way.
///
/// A line of more than 8 KiB is cut there, and the rest of it is left out. Zero bytes are left out where a line
/// begins: a file that was emptied under a server that does not append has a hole of them in front.
final class Lines {
    static final int LONGEST = 8 << 10;

    private final byte[] begun = new byte[LONGEST];
    private int length;
    private boolean cutting;
    private long cut;

    /// Gives out every line that ends in these bytes, without its line end; keeps the rest.
    void read(byte[] bytes, int from, int to, Consumer<String> out) {
        int begin = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                end(bytes, begin, i, out);
                begin = i + 1;
            }
        }
        keep(bytes, begin, to);
    }

    /// Gives out the last line, when no line end will come any more.
    void finish(Consumer<String> out) {
        if (length > 0) {
            end(begun, 0, 0, out);
        }
    }

    /// Forgets the line that has begun: its end is lost.
    void forget() {
        length = 0;
        cutting = false;
    }

    /// How many lines were too long.
    long cut() {
        return cut;
    }

    private void end(byte[] bytes, int from, int to, Consumer<String> out) {
        if (length == 0 && !cutting && to - from <= LONGEST) {
            give(bytes, from, to, out);
            return;
        }
        keep(bytes, from, to);
        give(begun, 0, length, out);
        forget();
    }

    private void give(byte[] bytes, int from, int to, Consumer<String> out) {
        int begin = from;
        while (begin < to && bytes[begin] == 0) {
            begin++;
        }
        int end = to > begin && bytes[to - 1] == '\r' ? to - 1 : to;
        out.accept(new String(bytes, begin, end - begin, UTF_8));
    }

    private void keep(byte[] bytes, int from, int to) {
        int begin = from;
        while (length == 0 && begin < to && bytes[begin] == 0) {
            begin++;
        }
        int room = Math.min(to - begin, LONGEST - length);
        System.arraycopy(bytes, begin, begun, length, room);
        length += room;
        if (room < to - begin && !cutting) {
            cutting = true;
            cut++;
        }
    }
}
