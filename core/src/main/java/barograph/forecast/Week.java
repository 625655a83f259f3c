package barograph.forecast;

import barograph.login.Dimensions;
import barograph.login.Login;
import barograph.login.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How people log in over the hours of a week, by sort of login, counted from old logins.
///
/// Single-threaded. Memory: a week of counts for each of at most [#MOST] sorts, and about 40 bytes for each person and
/// hour.
public final class Week {
    /// Hours of a week, the first of Monday first.
    public static final int HOURS = 7 * 24;

    static final int MOST = 500;
    private static final Dimensions OTHERS =
            new Dimensions("others", Dimensions.UNTOLD, Dimensions.UNTOLD, Dimensions.UNTOLD);

    private final Map<Dimensions, long[]> logins = new HashMap<>();
    private final Map<Dimensions, List<Set<Pseudonym>>> people = new HashMap<>();
    private final Instant now;
    private Instant first;

    /// @param now what is later does not count
    public Week(Instant now) {
        this.now = now;
        this.first = now;
    }

    /// Takes in a login of a person; those that were not let in are passed over.
    public void add(Login login) {
        if (!login.outcome().accepted() || login.at().isAfter(now)) {
            return;
        }
        Dimensions sort = logins.containsKey(login.dimensions()) || logins.size() < MOST ? login.dimensions() : OTHERS;
        int hour = hour(login.at());
        logins.computeIfAbsent(sort, _ -> new long[HOURS])[hour]++;
        people.computeIfAbsent(sort, _ -> hours()).get(hour).add(login.user());
        first = login.at().isBefore(first) ? login.at() : first;
    }

    private static List<Set<Pseudonym>> hours() {
        List<Set<Pseudonym>> hours = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            hours.add(new HashSet<>());
        }
        return hours;
    }

    /// Which hour of the week it is, in UTC: 0 is the first of Monday.
    public static int hour(Instant at) {
        ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
        return (utc.getDayOfWeek().getValue() - 1) * 24 + utc.getHour();
    }

    /// The rhythms of the busiest sorts.
    ///
    /// @param most how many; what is left is not told
    public List<Rhythm> rhythms(int most) {
        double[] times = times();
        return logins.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Dimensions, long[]>>comparingLong(each ->
                                -java.util.Arrays.stream(each.getValue()).sum())
                        .thenComparing(each -> each.getKey().segment()))
                .limit(most)
                .map(each -> rhythm(each.getKey(), each.getValue(), times))
                .toList();
    }

    private Rhythm rhythm(Dimensions sort, long[] counts, double[] times) {
        List<Double> perHour = new ArrayList<>();
        List<Integer> persons = new ArrayList<>();
        List<Set<Pseudonym>> own = people.getOrDefault(sort, List.of());
        for (int hour = 0; hour < HOURS; hour++) {
            perHour.add(times[hour] == 0 ? -1 : Math.round(counts[hour] / times[hour] * 10) / 10.0);
            persons.add(own.isEmpty() ? 0 : own.get(hour).size());
        }
        return new Rhythm(sort, perHour, persons);
    }

    /// How often each hour of the week lies in the time that was seen, in hours.
    private double[] times() {
        double[] times = new double[HOURS];
        Instant at = first;
        while (at.isBefore(now)) {
            ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
            Instant next = utc.truncatedTo(java.time.temporal.ChronoUnit.HOURS)
                    .plusHours(1)
                    .toInstant();
            Instant end = next.isBefore(now) ? next : now;
            times[hour(at)] += Duration.between(at, end).toMillis() / 3_600_000.0;
            at = next;
        }
        return times;
    }

    /// How one sort of people logs in over a week.
    ///
    /// @param sort by realm, method, client and group
    /// @param perHour logins in each hour of the week, Monday first, in UTC; -1 where that hour was not seen
    /// @param people different people in each hour, of all weeks that were seen
    public record Rhythm(Dimensions sort, List<Double> perHour, List<Integer> people) {
        public Rhythm {
            perHour = List.copyOf(perHour);
            people = List.copyOf(people);
        }
    }
}
