package barograph.host;

import barograph.site.At;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;

/// What a running command on an SSH host writes.
final class SshFollow extends InputStream {
    private final At.Ssh at;
    private final ChannelExec channel;
    private final InputStream out;
    private final Bounded err;
    private volatile boolean closed;

    SshFollow(At.Ssh at, ChannelExec channel, Bounded err) {
        this.at = at;
        this.channel = channel;
        this.out = channel.getInvertedOut();
        this.err = err;
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
        channel.close(true);
    }

    private void checkEnd() throws IOException {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 1_000);
        Integer exit = channel.getExitStatus();
        if (closed || (exit != null && exit == 0)) {
            return;
        }
        throw new IOException(
                exit == null
                        ? "The connection to " + at + " was lost"
                        : "The command on " + at + " ended with " + exit + ": "
                                + err.text().strip());
    }
}
