package barograph.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits until something outside of the test has come true, and fails the test when it does not in time.
public final class Await {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Await() {}

    /// @param what completes the sentence "Waited in vain until …"
    public static void until(String what, Duration atMost, BooleanSupplier holds) {
        until(what, atMost, holds, () -> "");
    }

    /// @param story what to tell beside it when it did not come true, such as a log
    public static void until(String what, Duration atMost, BooleanSupplier holds, Supplier<String> story) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for " + atMost + " until " + what + "\n" + story.get());
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
