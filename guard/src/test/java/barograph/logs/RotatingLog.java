package barograph.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// A server that writes numbered lines to a log, and a logrotate that does to it all that logrotates do.
///
/// The server holds its file open, as servers do, and goes on writing to it whatever its name is, until it is told to
/// open its log anew.
final class RotatingLog implements AutoCloseable {
    /// How a log is rotated; a host does it in one way.
    enum Style {
        RENAME,
        COPY
    }

    final List<String> written = new ArrayList<>();
    final Path log;
    private final Random random;
    private final Style style;
    private FileChannel open;
    private String begun = "";
    private int unwritten;
    private boolean elsewhere;
    private int buried;

    RotatingLog(Path log, Random random) throws IOException {
        this.log = log;
        this.random = random;
        this.style = Style.values()[random.nextInt(2)];
        this.open = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = begun.isEmpty() ? line() : begun;
            begun = "";
            written.add(line);
            text.append(line, unwritten, line.length()).append('\n');
            unwritten = 0;
        }
        put(text.toString());
    }

    private String line() {
        String line = written.size() + " is the number of this line ";
        int length = random.nextInt(20) == 0 ? random.nextInt(8000) : random.nextInt(60);
        StringBuilder rest = new StringBuilder(line);
        for (int i = 0; i < length; i++) {
            rest.append((char) ('a' + random.nextInt(26)));
        }
        return rest.append(random.nextBoolean() ? " é€" : "").toString();
    }

    /// Writes a line without its end; a part of a letter may be missing too.
    void writePart() throws IOException {
        if (begun.isEmpty()) {
            begun = line();
            unwritten = random.nextInt(begun.length());
            put(begun.substring(0, unwritten));
        }
    }

    private void put(String text) throws IOException {
        open.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /// Completes the line that has begun, and opens the log anew, which makes it if it is not there.
    void openAnew() throws IOException {
        if (!begun.isEmpty()) {
            write(1);
        }
        open.close();
        open = open();
        elsewhere = false;
    }

    void rename(boolean create) throws IOException {
        if (style == Style.COPY || elsewhere || !Files.exists(log)) {
            return;
        }
        putAside();
        Files.move(log, aside(1, ""));
        if (create) {
            Files.createFile(log);
        }
        elsewhere = true;
    }

    void copyAndEmpty() throws IOException {
        if (style == Style.RENAME || elsewhere) {
            return;
        }
        putAside();
        Files.copy(log, aside(1, ""));
        open.truncate(0);
    }

    void empty() throws IOException {
        if (!elsewhere && begun.isEmpty()) {
            open.truncate(0);
        }
    }

    boolean canBeEmptied() {
        return !elsewhere && begun.isEmpty();
    }

    void pack() throws IOException {
        Path youngest = aside(1, "");
        if (elsewhere || !Files.exists(youngest)) {
            return;
        }
        FileTime changed = Files.getLastModifiedTime(youngest);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(aside(1, ".gz")))) {
            packed.write(Files.readAllBytes(youngest));
        }
        Files.setLastModifiedTime(aside(1, ".gz"), changed);
        // Kept out of sight rather than deleted: no disk gives away an identity again many times within a second.
        Path grave = Files.createDirectories(log.resolveSibling("grave"));
        Files.move(youngest, grave.resolve(String.valueOf(buried++)));
    }

    private void putAside() throws IOException {
        for (int i = 30; i >= 1; i--) {
            for (String packed : List.of("", ".gz")) {
                if (Files.exists(aside(i, packed))) {
                    Files.move(aside(i, packed), aside(i + 1, packed), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private Path aside(int number, String packed) {
        return log.resolveSibling(log.getFileName() + "." + number + packed);
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
