package barograph.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// What a running command on this machine writes.
final class LocalFollow extends InputStream {
    /// How much of a command's standard error is kept, in bytes.
    static final int WORDS_LIMIT = 64 << 10;

    private final Process process;
    private final InputStream out;
    private final Bounded err = new Bounded(WORDS_LIMIT);
    private final Thread errReader;
    private volatile boolean closed;

    LocalFollow(Process process) throws IOException {
        this.process = process;
        this.out = process.getInputStream();
        process.getOutputStream().close();
        this.errReader = LocalHost.drain(process.getErrorStream(), err);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int count = out.read(bytes, from, length);
            if (count < 0) {
                checkEnd();
            }
            return count;
        } catch (IOException e) {
            if (closed) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public int available() throws IOException {
        return closed ? 0 : out.available();
    }

    @Override
    public void close() {
        closed = true;
        // The pipes are closed by the command's end: closing them here would wait for the thread that reads.
        LocalHost.end(process);
    }

    private void checkEnd() throws IOException {
        try {
            int exit = process.waitFor();
            errReader.join(Duration.ofSeconds(1));
            if (exit != 0 && !closed) {
                throw new IOException(
                        "The command ended with " + exit + ": " + err.text().strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The wait for the end of the command was interrupted", e);
        }
    }
}
