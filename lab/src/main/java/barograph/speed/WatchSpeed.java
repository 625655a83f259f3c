package barograph.speed;

import barograph.verdict.Verdict;
import barograph.watch.Watch;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Logins a second that one core takes into a watch which is looked at once for each second of 1,000 logins.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class WatchSpeed {
    static final int A_SECOND = 1_000;
    static final int PEOPLE = 100_000;

    private static final int LEARNED_SECONDS = 1_800;

    /// How many groups the logins are of.
    @Param({"1", "100", "10000"})
    public int segments;

    @SuppressWarnings("NullAway.Init")
    private Flow flow;

    @SuppressWarnings("NullAway.Init")
    private Watch watch;

    private long seconds;

    /// A watch that has learned for half an hour.
    @Setup
    public void learn() {
        flow = new Flow(1, 4, segments, PEOPLE, A_SECOND);
        Instant change = Flow.START.plusSeconds(LEARNED_SECONDS);
        watch = new Watch(flow.plan(change));
        for (int i = 0; i < LEARNED_SECONDS * A_SECOND; i++) {
            watch.add(flow.next());
        }
        seconds = LEARNED_SECONDS;
    }

    @Benchmark
    @OperationsPerInvocation(A_SECOND)
    public Verdict addAndWeigh() {
        for (int i = 0; i < A_SECOND; i++) {
            watch.add(flow.next());
        }
        seconds++;
        return watch.weigh(Flow.START.plusSeconds(seconds));
    }

    /// What of that is the making of the logins.
    @Benchmark
    @OperationsPerInvocation(A_SECOND)
    public void makeTheLogins(Blackhole hole) {
        for (int i = 0; i < A_SECOND; i++) {
            hole.consume(flow.next());
        }
    }
}
