package barograph.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server on loopback that is cut at one chosen message of the client, and stays cut: the message either
/// never
/// arrives, or arrives and its answer does not.
public final class Cutter implements AutoCloseable {
    /// What becomes of the chosen message.
    public enum Blow {
        NEVER_SENT,
        NEVER_ANSWERED
    }

    private final ServerSocket door;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int messages;
    private int cutAt = Integer.MAX_VALUE;
    private Blow blow = Blow.NEVER_SENT;
    private boolean cut;

    public Cutter(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// How many messages clients have sent since the last [#whole].
    public synchronized int messages() {
        return messages;
    }

    public synchronized void whole() {
        messages = 0;
        cut = false;
        cutAt = Integer.MAX_VALUE;
    }

    /// @param message from 1
    public synchronized void cutAt(int message, Blow how) {
        messages = 0;
        cut = false;
        cutAt = message;
        blow = how;
    }

    private void serve() {
        try {
            while (true) {
                Socket client = door.accept();
                if (isCut()) {
                    client.close();
                    continue;
                }
                Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(to);
                Thread.ofVirtual().start(() -> pump(client, to, true));
                Thread.ofVirtual().start(() -> pump(to, client, false));
            }
        } catch (IOException e) {
            // The test has closed the door.
        }
    }

    private synchronized boolean isCut() {
        return cut;
    }

    private void pump(Socket from, Socket to, boolean asks) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read > 0 && passes(asks)) {
                out.write(buffer, 0, read);
                out.flush();
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // One of the two has gone.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized boolean passes(boolean asks) {
        if (asks && ++messages == cutAt && blow == Blow.NEVER_SENT) {
            end();
        }
        if (!asks && messages >= cutAt && blow == Blow.NEVER_ANSWERED) {
            end();
        }
        return !cut;
    }

    private void end() {
        cut = true;
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (this) {
            end();
        }
    }
}
