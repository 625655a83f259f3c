package barograph.speed;

import barograph.watch.Watch;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.Locale;

/// Bytes that a watch takes per group and per person, as the difference of what the heap holds.
final class Memory {
    private static final int LEARNED_SECONDS = 900;
    private static final int PER_SECOND = 1_000;

    private Memory() {}

    static void run(PrintWriter out) {
        long empty = bytes(1, 1_000);
        long groups = bytes(56, 1_000);
        long more = bytes(10_000, 1_000);
        out.printf(Locale.ROOT, "%-48s %,14d bytes%n", "a watch over 1 group and 1,000 people", empty);
        out.printf(Locale.ROOT, "%-48s %,14d bytes%n", "  each further group, up to 56", (groups - empty) / 55);
        out.printf(Locale.ROOT, "%-48s %,14d bytes%n", "  of 10,000 groups, all that come after 56", more - groups);
        for (int people : new int[] {100_000, 500_000, 1_000_000, 4_000_000}) {
            long bytes = bytes(1, people);
            out.printf(
                    Locale.ROOT,
                    "%-48s %,14d bytes, %.1f a person%n",
                    String.format(Locale.ROOT, "a watch over 1 group and %,d people", people),
                    bytes,
                    (double) (bytes - empty) / people);
            out.flush();
        }
    }

    /// What a watch holds that has met all people and been looked at after the change.
    private static long bytes(int groups, int people) {
        long before = used();
        long perSecond = Math.max(PER_SECOND, 2L * people / LEARNED_SECONDS);
        Flow flow = new Flow(1, 2, groups, people, perSecond);
        Instant change = Flow.START.plusSeconds(LEARNED_SECONDS);
        Watch watch = new Watch(flow.plan(change));
        try {
            for (long i = 0; i < perSecond * (LEARNED_SECONDS + 60); i++) {
                watch.add(flow.next());
            }
            watch.weigh(change.plusSeconds(60));
            return used() - before;
        } finally {
            Reference.reachabilityFence(watch);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
