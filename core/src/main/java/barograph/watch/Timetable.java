package barograph.watch;

import barograph.login.Login;
import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/// How many people are expected when: learned arrivals per segment and hour of the day, and each server's part of
/// them.
///
/// With less than a day to learn from, every hour is taken to be like the others; what all servers share is told
/// from a silence by the test itself. Memory: 24 counts per segment, one per server.
final class Timetable {
    private static final int HOURS = 24;
    /// How many arrivals the profile of all weighs in that of one segment.
    private static final double PULL = 20;

    private final WatchPlan plan;
    private final long[] perHour = new long[Segments.MOST * HOURS];
    private final Map<ServerId, Long> perServer = new TreeMap<>();
    private final double[] factors = new double[Segments.MOST * HOURS];
    private final boolean hourly;
    private Baseline baseline = Baseline.NOTHING;

    Timetable(WatchPlan plan) {
        this.plan = plan;
        hourly = Duration.between(plan.learnFrom(), plan.at()).compareTo(Duration.ofHours(HOURS)) >= 0;
    }

    /// Notes an arrival from before the change.
    void learn(Login login, int segment) {
        perHour[segment * HOURS + hour(login.at())]++;
        perServer.merge(login.server(), 1L, Long::sum);
    }

    private static int hour(Instant at) {
        return at.atOffset(ZoneOffset.UTC).getHour();
    }

    /// Settles what was learned.
    void close(Baseline learned) {
        baseline = learned;
        double[] all = new double[HOURS];
        double sum = 0;
        for (int i = 0; i < perHour.length; i++) {
            all[i % HOURS] += perHour[i];
            sum += perHour[i];
        }
        for (int segment = 0; segment < Segments.MOST; segment++) {
            double own = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                own += perHour[segment * HOURS + hour];
            }
            for (int hour = 0; hour < HOURS; hour++) {
                double share = sum == 0 ? 1.0 / HOURS : (all[hour] + 1) / (sum + HOURS);
                double seen = perHour[segment * HOURS + hour];
                factors[segment * HOURS + hour] = hourly ? HOURS * share * (seen + PULL) / (own * share + PULL) : 1;
            }
        }
    }

    /// An interval of time, and which part of each side's people comes to servers that are judged in it.
    record Span(Instant from, Instant to, double changed, double unchanged) {
        double hours() {
            return Duration.between(from, to).toMillis() / 3_600_000.0;
        }
    }

    /// Between these moments servers are judged from `settle` after the change on, changed ones each after its own.
    Span judged(Instant from, Instant to) {
        double length = Math.max(1, Duration.between(from, to).toMillis());
        double judged = 0;
        double all = 0;
        for (Map.Entry<ServerId, Instant> entry : plan.changed().entrySet()) {
            Instant own = plan.judgedFrom(entry.getKey());
            Instant start = own.isAfter(from) ? own : from;
            double part = Math.clamp(Duration.between(start, to).toMillis() / length, 0, 1);
            double weight = perServer.getOrDefault(entry.getKey(), 0L) + 1e-3;
            judged += weight * part;
            all += weight;
        }
        return new Span(from, to, judged / all, 1);
    }

    /// How many arrivals are expected in an interval if the world is as it was.
    double expected(int segment, Side side, Span span) {
        Instant middle =
                span.from().plus(Duration.between(span.from(), span.to()).dividedBy(2));
        double part = side == Side.CHANGED ? span.changed() : span.unchanged();
        return baseline.rate(segment, side) * factors[segment * HOURS + hour(middle)] * part * span.hours();
    }
}
