package barograph.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// Stands between a client and a UDP server, and may lose requests or spoil answers on the way.
final class Relay implements AutoCloseable {
    private final DatagramSocket front;
    private final DatagramSocket back;
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();

    Relay(int serverPort, int lost, UnaryOperator<byte[]> spoil) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        front = new DatagramSocket(new InetSocketAddress(loopback, 0));
        back = new DatagramSocket(new InetSocketAddress(loopback, 0));
        back.connect(new InetSocketAddress(loopback, serverPort));
        Thread.ofVirtual().start(() -> relay(lost, spoil));
    }

    private void relay(int lost, UnaryOperator<byte[]> spoil) {
        try {
            while (true) {
                DatagramPacket request = new DatagramPacket(new byte[4096], 4096);
                front.receive(request);
                requests.add(Arrays.copyOf(request.getData(), request.getLength()));
                if (requests.size() <= lost) {
                    continue;
                }
                back.send(new DatagramPacket(request.getData(), request.getLength()));
                DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
                back.receive(answer);
                byte[] spoiled = spoil.apply(Arrays.copyOf(answer.getData(), answer.getLength()));
                front.send(new DatagramPacket(spoiled, spoiled.length, request.getSocketAddress()));
            }
        } catch (IOException e) {
            if (!front.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int port() {
        return front.getLocalPort();
    }

    List<byte[]> requests() {
        return requests;
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
