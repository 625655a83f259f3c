package barograph.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// One machine on which commands can be run.
///
/// Commands run under `sh -c` with the rights of the user that the host is reached as. They never carry secrets: a
/// command line shows in the host's process list. Safe for use by several threads.
public interface Host extends AutoCloseable {
    /// How much of a command's output is kept; a longer output is cut, and the result says so.
    int OUTPUT_LIMIT = 16 << 20;

    /// Runs a command to its end. Blocks for at most `limit`; trouble on the way is a result, never an exception.
    Result run(String shellCommand, byte[] stdin, Duration limit);

    /// Starts a command, such as `tail -F`, and hands out what it writes, as it writes it.
    ///
    /// The stream ends when the command ends well or the stream is closed. It fails with the command's own last
    /// words when the command fails, and when the line is cut. Closing it, from any thread, ends the command.
    ///
    /// @throws IOException when the host cannot be reached; its message says why
    InputStream follow(String shellCommand) throws IOException;

    @Override
    void close();

    /// Wraps a text so that a shell takes it as one word.
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
