package barograph.forecast;

import barograph.forecast.Week.Rhythm;
import barograph.login.Dimensions;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Whom a change would hit, by hour of the week, if what failed in rehearsal failed for everybody of those sorts.
///
/// @param whom the sorts of people, by their segments; the busiest first
/// @param perHour their logins in each hour of the week, Monday first, in UTC; -1 where nothing is known of it
/// @param peopleNow how many of them log in at the hour of the forecast
/// @param worst the hour with the most of their logins; -1 where nothing is known
/// @param best the hour to apply it at: the quietest of those in which its watch would still see; -1 where none would
/// @param words two sentences for a person
public record Stakes(List<String> whom, List<Double> perHour, int peopleNow, int worst, int best, String words) {
    private static final int TOLD = 3;

    public Stakes {
        whom = List.copyOf(whom);
        perHour = List.copyOf(perHour);
    }

    /// @param rhythms how people log in over the week
    /// @param hit whose logins fail in rehearsal; everybody's where none do
    /// @param failed whether any do
    /// @param now the hour of the week that it is
    /// @param needed logins in an hour with which the watch over the first stage would see in time; 0 where probes
    /// stand for all of them, so that no login is needed to see
    public static Stakes of(List<Rhythm> rhythms, Predicate<Dimensions> hit, boolean failed, int now, double needed) {
        List<Rhythm> struck =
                rhythms.stream().filter(rhythm -> hit.test(rhythm.sort())).toList();
        List<Double> sum = new ArrayList<>();
        int worst = -1;
        int best = -1;
        for (int hour = 0; hour < Week.HOURS; hour++) {
            double logins = at(struck, hour);
            double all = at(rhythms, hour);
            sum.add(logins);
            if (logins < 0) {
                continue;
            }
            worst = worst < 0 || logins > sum.get(worst) ? hour : worst;
            if (all >= needed && (best < 0 || logins < sum.get(best))) {
                best = hour;
            }
        }
        List<String> whom = struck.stream()
                .map(rhythm -> rhythm.sort().segment())
                .distinct()
                .toList();
        int people =
                struck.stream().mapToInt(rhythm -> rhythm.people().get(now)).sum();
        return new Stakes(
                whom,
                sum,
                people,
                worst,
                best,
                words(failed ? "It would hit " : "If it does harm, it could hit ", whom, sum, new int[] {
                    now, worst, best
                }));
    }

    /// All logins of some sorts in one hour; where that hour was not seen, as at the same hour of the other days.
    private static double at(List<Rhythm> rhythms, int hour) {
        double sum = 0;
        for (Rhythm rhythm : rhythms) {
            double here = rhythm.perHour().get(hour);
            if (here < 0) {
                double others = 0;
                int days = 0;
                for (int other = hour % 24; other < Week.HOURS; other += 24) {
                    if (rhythm.perHour().get(other) >= 0) {
                        others += rhythm.perHour().get(other);
                        days++;
                    }
                }
                if (days == 0) {
                    return -1;
                }
                here = others / days;
            }
            sum += here;
        }
        return rhythms.isEmpty() ? 0 : sum;
    }

    private static String words(String would, List<String> whom, List<Double> perHour, int[] hours) {
        int now = hours[0];
        int worst = hours[1];
        int best = hours[2];
        if (whom.isEmpty() || worst < 0) {
            return "Nobody who logged in lately is hit by what failed in rehearsal.";
        }
        String names = String.join(", ", whom.subList(0, Math.min(TOLD, whom.size())))
                + (whom.size() > TOLD ? " and " + (whom.size() - TOLD) + " more" : "");
        String begin = would + names + ": " + logins(perHour.get(now)) + " in this hour, " + logins(perHour.get(worst))
                + " at the worst (" + name(worst) + ").";
        return best < 0
                ? begin + " In no hour do enough people log in to see harm in time: cover them by probes first."
                : begin + " The best hour to apply is " + name(best) + ", with " + logins(perHour.get(best)) + ".";
    }

    private static String logins(double logins) {
        long whole = Math.round(logins);
        return logins < 0 ? "an unknown number" : whole == 1 ? "1 login" : whole + " logins";
    }

    /// For a person: "Tuesday 03:00 UTC".
    public static String name(int hour) {
        return DayOfWeek.of(hour / 24 + 1).getDisplayName(TextStyle.FULL, Locale.ROOT)
                + String.format(Locale.ROOT, " %02d:00 UTC", hour % 24);
    }
}
