package barograph.host;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for something to become true, for a bounded time.
public final class Await {
    private Await() {}

    /// What is waited for; it may fail as the thing it looks at does not exist yet.
    public interface Condition {
        boolean holds() throws Exception;
    }

    /// Fails the test when `condition` does not hold within `limit`; looks every 20 ms.
    public static Duration that(Duration limit, String what, Condition condition) {
        long start = System.nanoTime();
        String last = "";
        while (System.nanoTime() - start < limit.toNanos()) {
            try {
                if (condition.holds()) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            } catch (Exception e) {
                last = " (" + e + ")";
            }
            LockSupport.parkNanos(20_000_000);
        }
        return fail("Not within " + limit + ": " + what + last);
    }
}
