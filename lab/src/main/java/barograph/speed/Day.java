package barograph.speed;

import barograph.hindcast.Hindcast;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A day of many logins through the hindcast, in a bounded heap: four servers, 200 groups, two million people, the
/// change at noon, nothing broken.
final class Day {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int[] HEAPS = {256, 192, 128, 96, 80, 64, 48};

    private Day() {}

    /// Runs in this very process.
    static void run(PrintWriter out, long logins) {
        Flow flow = new Flow(1, 4, 200, 2_000_000, (double) logins / DAY.toSeconds());
        Instant noon = Flow.START.plus(DAY.dividedBy(2));
        double busyBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        long begun = System.nanoTime();
        Hindcast hindcast = new Hindcast(flow.plan(noon));
        for (long i = 0; i < logins; i++) {
            hindcast.add(flow.next());
        }
        Hindcast.Summary summary = hindcast.end(flow.at(logins));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9 - busyBefore;
        out.printf(
                Locale.ROOT,
                "%,d logins of a day in %.1f s, %.1f s of a core: %,.0f logins/s of a core; %,d looks, verdict %s; heap at"
                        + " most %,d MB of %,d MB allowed%n",
                logins,
                seconds,
                busy,
                logins / busy,
                summary.looks(),
                summary.turns().getLast().verdict().word(),
                peak() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        out.flush();
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /// Runs it in processes of their own with less and less heap, until one runs out.
    static void leastHeap(PrintWriter out, long logins) throws IOException, InterruptedException {
        for (int megabytes : HEAPS) {
            int exit = in(megabytes, logins);
            if (exit != 0) {
                out.printf(Locale.ROOT, "%d MB of heap are too few (exit code %d)%n", megabytes, exit);
                out.flush();
                return;
            }
        }
    }

    private static int in(int megabytes, long logins) throws IOException, InterruptedException {
        return Speed.elsewhere("-Xmx" + megabytes + "m", "day", String.valueOf(logins));
    }
}
