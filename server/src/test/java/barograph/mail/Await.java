package barograph.mail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits until something has come true, and fails the test when it does not in time.
final class Await {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Await() {}

    /// @param what completes the sentence "Waited in vain until …"
    static void until(String what, Duration atMost, BooleanSupplier holds) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for " + atMost + " until " + what);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
