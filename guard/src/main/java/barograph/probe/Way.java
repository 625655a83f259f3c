package barograph.probe;

import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial.Stride;
import barograph.record.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How far one try has come, and how much time it has left.
///
/// The time limit holds whatever a library does: a socket that was handed to [#closeAtEnd] is closed when the time is
/// over, which wakes anybody who waits for it. Used by one thread.
final class Way implements AutoCloseable {
    private final Duration within;
    private final long began = System.nanoTime();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Stride> strides = new ArrayList<>();
    private Step step = Step.RESOLVE;
    private long stepBegan = began;
    private boolean underway;
    private volatile Map<String, String> shown = Map.of();

    Way(Duration within) {
        this.within = within;
    }

    /// The step before is done; this one begins.
    void reach(Step next) {
        finishStride();
        step = next;
        stepBegan = System.nanoTime();
        underway = true;
    }

    /// What seemed done was not: an earlier step turns out to be the one that fails.
    void backTo(Step earlier) {
        finishStride();
        Duration took = Duration.ZERO;
        while (!strides.isEmpty() && strides.getLast().step().compareTo(earlier) >= 0) {
            took = took.plus(strides.removeLast().took());
        }
        strides.add(new Stride(earlier, took));
        step = earlier;
    }

    Step step() {
        return step;
    }

    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// Never negative.
    Duration left() {
        Duration left = within.minus(spent());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// For calls that take a time limit in milliseconds and read 0 as "forever".
    int leftMillis() {
        return Math.clamp(left().toMillis(), 1, Integer.MAX_VALUE);
    }

    boolean isOver() {
        return left().isZero();
    }

    /// The server's certificate, as it was shown in the step `tls`, whether it is trusted or not.
    void showed(X509Certificate certificate) throws CertificateEncodingException {
        showed(Map.of(
                "tls:subject",
                certificate.getSubjectX500Principal().getName(),
                "tls:issuer",
                certificate.getIssuerX500Principal().getName(),
                "tls:until",
                certificate.getNotAfter().toInstant().toString(),
                "tls:sha256",
                Digest.of(certificate.getEncoded()).hex()));
    }

    /// The same in words, by name: `tls:subject`, `tls:issuer`, `tls:until`, `tls:sha256`, as far as known.
    void showed(Map<String, String> certificate) {
        shown = Map.copyOf(certificate);
    }

    /// What the certificate says of itself, by name; empty where none was shown.
    Map<String, String> shown() {
        return shown;
    }

    /// The steps that were reached, the last one included, whether it failed or not.
    List<Stride> strides() {
        finishStride();
        return List.copyOf(strides);
    }

    private void finishStride() {
        if (underway) {
            strides.add(new Stride(step, Duration.ofNanos(System.nanoTime() - stepBegan)));
            underway = false;
        }
    }

    void closeAtEnd(Closeable socket) {
        Thread.ofVirtual().name("probe time limit").start(() -> {
            try {
                if (!finished.await(left().toNanos(), TimeUnit.NANOSECONDS)) {
                    socket.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                return; // a socket that cannot be closed is closed already
            }
        });
    }

    /// Something broke at the step that is under way.
    ///
    /// @param reason a short word, see [Outcome.Failed]
    Halt failed(String reason, String said) {
        return new Halt(new Outcome.Failed(step, reason), said);
    }

    Halt rejected(String reason, String said) {
        return new Halt(new Outcome.Rejected(reason), "rejected: " + said);
    }

    Halt unanswered(String said) {
        Duration waited = spent();
        return new Halt(
                new Outcome.Unanswered(waited), "timed out: " + said + " (waited " + waited.toMillis() + " ms in all)");
    }

    /// The try is over: what [#closeAtEnd] was given is not touched any more.
    @Override
    public void close() {
        finished.countDown();
    }
}
