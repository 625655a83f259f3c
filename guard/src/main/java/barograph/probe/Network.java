package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The first two steps of every protocol, `resolve` and `connect`, and what each sort of trouble on the way is called.
final class Network {
    private Network() {}

    /// All addresses of the server, in the order in which the system would try them.
    static List<InetAddress> resolve(Attempt attempt) throws Halt {
        attempt.way().reach(Step.RESOLVE);
        return addresses(attempt, attempt.server().host());
    }

    /// The address that the probe is to come from, where it is told one.
    static Optional<InetAddress> from(Attempt attempt) throws Halt {
        Optional<String> from = attempt.option("from");
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(addresses(attempt, from.get()).getFirst());
    }

    private static List<InetAddress> addresses(Attempt attempt, String host) throws Halt {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        // The system's resolver knows no time limit and cannot be interrupted: it is left behind when it takes too
        // long.
        Thread.ofVirtual().name("probe resolver").start(() -> {
            try {
                found.complete(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(attempt.way().leftMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw attempt.way().unanswered("no name server told the address of " + host);
        } catch (ExecutionException e) {
            throw attempt.way().failed("unknown_host", "no address is known for " + host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw attempt.way().failed("interrupted", "Barograph is stopping");
        }
    }

    /// A connected TCP socket, which is closed when the time is over. The addresses are tried in their order.
    static Socket connect(Attempt attempt, List<InetAddress> addresses) throws Halt {
        Way way = attempt.way();
        Optional<InetAddress> from = from(attempt);
        int port = attempt.port();
        way.reach(Step.CONNECT);
        Halt last = way.failed(
                "unknown_host", "no address is known for " + attempt.server().host());
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                if (from.isPresent()) {
                    socket.bind(new InetSocketAddress(from.get(), 0));
                }
                socket.connect(new InetSocketAddress(address, port), way.leftMillis());
                socket.setTcpNoDelay(true);
                way.closeAtEnd(socket);
                return socket;
            } catch (IOException e) {
                last = broken(way, e, "connecting to " + address.getHostAddress() + " port " + port);
                closeQuietly(socket);
            }
        }
        throw last;
    }

    /// Gives trouble with a socket its name.
    ///
    /// @param doing completes the sentence "… while"
    static Halt broken(Way way, IOException e, String doing) {
        String words = String.valueOf(e.getMessage());
        if (way.isOver() || e instanceof SocketTimeoutException || words.contains("timed out")) {
            return way.unanswered("nothing came back while " + doing);
        }
        // UDP learns of a closed port only after it has sent the login.
        if (e instanceof PortUnreachableException) {
            way.backTo(Step.CONNECT);
        }
        String reason = reason(e, words);
        String headline = reason.replace('_', ' ') + " while " + doing;
        boolean saysMore = reason.equals("connection_broken");
        return new Halt(new Outcome.Failed(way.step(), reason), saysMore ? headline + ": " + words : headline);
    }

    private static String reason(IOException e, String words) {
        if (words.contains("Network is unreachable") || e instanceof NoRouteToHostException) {
            return "no_route";
        }
        if (e instanceof ConnectException || e instanceof PortUnreachableException) {
            return "refused";
        }
        if (words.contains("reset") || words.contains("Broken pipe")) {
            return "connection_reset";
        }
        if (e instanceof EOFException || words.contains("closed")) {
            return "connection_closed";
        }
        return words.contains("assign requested address") ? "no_such_source_address" : "connection_broken";
    }

    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            return; // it is being given up, and why is known already
        }
    }
}
