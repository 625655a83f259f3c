package barograph.host;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// A line to the user's ssh-agent over its Unix socket, without native libraries.
///
/// The agent is never forwarded to a host.
final class AgentLine extends AbstractAgentProxy {
    /// The longest answer that is read, in bytes; OpenSSH's own limit.
    private static final int ANSWER_LIMIT = 256 << 10;

    private final SocketChannel socket;

    AgentLine(Path path) throws IOException {
        super(null);
        this.socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (question.hasRemaining()) {
            socket.write(question);
        }
        int length = read(4).getInt();
        if (length < 1 || length > ANSWER_LIMIT) {
            throw new IOException("The ssh-agent gave an answer of " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (socket.read(into) < 0) {
                throw new EOFException("The ssh-agent hung up");
            }
        }
        return into.flip();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        super.close();
    }

    /// Opens a line to the agent for each login.
    record Factory(Path path) implements SshAgentFactory {
        @Override
        public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
            return new AgentLine(path);
        }

        @Override
        public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
            return List.of();
        }

        @Override
        public SshAgentServer createServer(ConnectionService service) throws IOException {
            throw new IOException("An ssh-agent is not forwarded");
        }
    }
}
