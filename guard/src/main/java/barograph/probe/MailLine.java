package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind.Option;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The beginning that IMAP and SMTP have in common: connect, greeting, and TLS where the probe wants it.
final class MailLine {
    private static final int LONGEST_LINE = 8192;

    private MailLine() {}

    /// @param atOnce the word for TLS from the first byte
    static List<Option> options(String atOnce) {
        return List.of(
                Options.optional(
                        "tls",
                        "How the line is secured: starttls (also when not said), " + atOnce
                                + " from the first byte, or none."),
                Options.CA);
    }

    static String tls(Attempt attempt, String atOnce) throws Halt {
        String tls = attempt.option("tls").orElse("starttls");
        if (!List.of("none", "starttls", atOnce).contains(tls)) {
            throw attempt.misconfigured("its tls '" + tls + "' is none of: starttls, " + atOnce + ", none");
        }
        return tls;
    }

    /// A connected socket, in TLS already when that is to begin at once.
    static Socket connect(Attempt attempt, boolean tlsAtOnce) throws Halt {
        Socket socket = Network.connect(attempt, Network.resolve(attempt));
        try {
            socket.setSoTimeout(attempt.way().leftMillis());
            return tlsAtOnce ? new Tls(attempt).secure(socket) : socket;
        } catch (IOException e) {
            Network.closeQuietly(socket);
            throw Network.broken(attempt.way(), e, "connecting");
        } catch (Halt | RuntimeException e) {
            Network.closeQuietly(socket);
            throw e;
        }
    }

    /// One line, and not a byte more: what follows belongs to TLS.
    static String line(Attempt attempt, InputStream in) throws IOException, Halt {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed by the server");
            }
            if (line.size() == LONGEST_LINE) {
                throw attempt.way().failed("protocol_broken", "the server's line has no end");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /// The server's first words.
    static String greeting(Attempt attempt, InputStream in) throws IOException, Halt {
        attempt.way().reach(Step.GREET);
        return line(attempt, in);
    }
}
