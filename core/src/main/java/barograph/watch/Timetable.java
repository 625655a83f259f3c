package barograph.watch;

import barograph.site.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
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

    private static final double DAY_SECONDS = 0.98 * 86_400;

    private final WatchPlan plan;
    private final long[] perHour = new long[Segments.MOST * HOURS];
    private final Map<ServerId, Long> perServer = new TreeMap<>();
    private final double[] factors = new double[Segments.MOST * HOURS];
    private Baseline baseline = Baseline.NOTHING;
    private double[] quick = {};
    private boolean byHour;

    Timetable(WatchPlan plan) {
        this.plan = plan;
    }

    /// Notes arrivals from before the change.
    void learn(Piece piece, int segment, int times) {
        perHour[segment * HOURS + hour(piece.at())] += times;
        perServer.merge(piece.server(), (long) times, Long::sum);
    }

    /// Counts to one segment what was counted to another.
    void move(int from, int to) {
        for (int hour = 0; hour < HOURS; hour++) {
            perHour[to * HOURS + hour] += perHour[from * HOURS + hour];
            perHour[from * HOURS + hour] = 0;
        }
    }

    private static int hour(Instant at) {
        return at.atOffset(ZoneOffset.UTC).getHour();
    }

    /// Settles what was learned.
    ///
    /// @param reach how far back the logs reach, in seconds before the change
    void close(Baseline learned, double reach, Latencies latencies) {
        baseline = learned;
        quick = latencies.quick();
        Arrays.fill(factors, 1);
        byHour = reach >= DAY_SECONDS;
        if (!byHour) {
            return;
        }
        double[] hours = hoursSeen(reach);
        double[] perHourOfAll = new double[HOURS];
        for (int i = 0; i < perHour.length; i++) {
            perHourOfAll[i % HOURS] += perHour[i];
        }
        double rateOfAll =
                Arrays.stream(perHourOfAll).sum() / Arrays.stream(hours).sum();
        for (int segment = 0; segment < Segments.MOST; segment++) {
            double own = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                own += perHour[segment * HOURS + hour];
            }
            double rate = own / Arrays.stream(hours).sum();
            for (int hour = 0; hour < HOURS; hour++) {
                double profile = (perHourOfAll[hour] + 1) / (rateOfAll * hours[hour] + 1);
                double expected = rate * profile * hours[hour];
                double seen = perHour[segment * HOURS + hour];
                factors[segment * HOURS + hour] = profile * (seen + PULL) / (expected + PULL);
            }
        }
    }

    /// Whether a whole day was seen.
    boolean byHour() {
        return byHour;
    }

    /// For how long the logs show each hour of the day, in hours.
    private double[] hoursSeen(double reach) {
        double[] hours = new double[HOURS];
        double step = 1.0 / 12;
        for (double age = step / 2; age < reach / 3600; age += step) {
            hours[hour(plan.at().minusMillis(Math.round(age * 3_600_000)))] += step;
        }
        return hours;
    }

    /// An interval of time, and which part of each side's people comes to servers that are judged in it.
    record Span(Instant from, Instant to, double changed, double unchanged) {
        double hours() {
            return Duration.between(from, to).toNanos() / 3.6e12;
        }
    }

    /// A slice of the time before the change.
    Span before(int slice, Coverage coverage) {
        Ages ages = coverage.ages();
        Instant from = plan.at().minusNanos(Math.round(ages.begin(slice) * 1e9));
        Instant to = plan.at().minusNanos(Math.round(ages.end(slice) * 1e9));
        double hours = Math.max(1e-9, (ages.begin(slice) - ages.end(slice)) / 3600);
        return new Span(
                from, to, coverage.hours(slice, Side.CHANGED) / hours, coverage.hours(slice, Side.UNCHANGED) / hours);
    }

    /// Between these moments servers are judged from `settle` after the change on, changed ones each after its own.
    /// A login counts that began then and has ended, so that few are due at first: as many as take no longer.
    Span judged(Instant from, Instant to) {
        double length = Math.max(1, Duration.between(from, to).toMillis());
        double judged = 0;
        double all = 0;
        for (Map.Entry<ServerId, Instant> entry : plan.changed().entrySet()) {
            Instant own = plan.judgedFrom(entry.getKey());
            Instant start = own.isAfter(from) ? own : from;
            double part = Math.clamp(Duration.between(start, to).toMillis() / length, 0, 1);
            double weight = perServer.getOrDefault(entry.getKey(), 0L) + 1e-3;
            Duration age = Duration.between(own, start)
                    .plus(Duration.between(start, to).dividedBy(2));
            judged += weight * part * ended(age);
            all += weight;
        }
        return new Span(from, to, judged / all, 1);
    }

    /// The share of logins that take no longer than this.
    private double ended(Duration age) {
        return quick.length == 0 || !age.isPositive() ? 1 : quick[Latencies.bucket(age)];
    }

    /// How busy a segment is at an hour of the day, as a multiple of its average.
    double factor(int segment, Instant at) {
        return factors[segment * HOURS + hour(at)];
    }

    /// How many arrivals are expected in an interval if the world is as it was.
    double expected(int segment, Side side, Span span) {
        Instant middle =
                span.from().plus(Duration.between(span.from(), span.to()).dividedBy(2));
        double part = side == Side.CHANGED ? span.changed() : span.unchanged();
        return baseline.rate(segment, side) * factors[segment * HOURS + hour(middle)] * part * span.hours();
    }
}
