package barograph.toy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A log file in the words of OpenLDAP's `loglevel stats`, as rsyslog writes them down with times in microseconds.
///
/// Lines stand in the order of their times. Safe for use by several threads.
final class ToyLog implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private final BufferedWriter out;
    private final InstantSource clock;
    private final String source;
    private boolean closed;

    /// @param host the name that the lines give to the host
    ToyLog(Path file, String host, InstantSource clock) throws IOException {
        this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.clock = clock;
        this.source = " " + host + " slapd[" + ProcessHandle.current().pid() + "]: ";
    }

    /// What clients chose themselves cannot begin a line of its own.
    synchronized void write(String text) {
        if (closed) {
            return; // a connection that ends after the server has nothing more to tell
        }
        try {
            out.write(TIME.format(clock.instant()) + source + text.replaceAll("\\p{Cntrl}", "?") + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the toy server cannot write its log", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        out.close();
    }
}
