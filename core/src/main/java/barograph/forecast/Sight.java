package barograph.forecast;

import barograph.verdict.Wording;
import barograph.watch.Foresight;
import java.time.Duration;
import java.util.List;

/// What a watch over some servers can see and what it cannot, told before it begins.
///
/// @param words two or three sentences for a person, with minutes and numbers
/// @param unseen groups of which too few come to see within the watch that nobody of theirs gets in; the busiest first
public record Sight(String words, List<String> unseen) {
    private static final int MOST_NAMES = 5;
    private static final Duration FEW_MINUTES = Duration.ofSeconds(90);

    public Sight {
        unseen = List.copyOf(unseen);
    }

    /// What to do about the [#unseen] groups; empty where there are none.
    public String remedy() {
        return unseen.isEmpty() ? "" : "Cover by a probe each: " + named(unseen) + ".";
    }

    /// @param foresights of everybody, then of each group, the busiest first
    /// @param within the longest that the watch may take
    public static Sight of(List<Foresight> foresights, Duration within) {
        Foresight all = foresights.getFirst();
        List<Foresight> groups = foresights.subList(1, foresights.size());
        List<Foresight> seen =
                groups.stream().filter(group -> isSeen(group, within)).toList();
        List<String> unseen = groups.stream()
                .filter(group -> !isSeen(group, within))
                .map(Foresight::segment)
                .toList();
        if (!isSeen(all, within)) {
            return new Sight(
                    "At this hour too few log in (" + perHour(all.unitsPerHour()) + ") to see even within "
                            + Wording.span(within) + " that nobody gets in: only probes would show it.",
                    unseen);
        }
        return new Sight(everybody(all, within) + groups(groups.size(), seen) + blind(groups, seen, within), unseen);
    }

    private static boolean isSeen(Foresight group, Duration within) {
        return group.broken().compareTo(within) <= 0;
    }

    private static String everybody(Foresight all, Duration within) {
        boolean tenth = all.tenth().compareTo(within) <= 0;
        return "At this hour (" + perHour(all.unitsPerHour()) + "), "
                + (tenth
                        ? "1 in 10 broken logins of everybody would be seen within about " + about(all.tenth())
                                + ", and all of them broken within " + about(all.broken()) + "."
                        : "it would be seen within about " + about(all.broken())
                                + " that nobody gets in; 1 in 10 broken logins of everybody would not be seen within "
                                + Wording.span(within) + ".");
    }

    private static String groups(int all, List<Foresight> seen) {
        if (all < 2 || seen.isEmpty()) {
            return "";
        }
        Foresight slowest = seen.stream()
                .max(java.util.Comparator.comparing(Foresight::broken))
                .orElseThrow();
        String which = seen.size() == all
                ? "Each of the " + all + " groups would be seen alone if nobody of it got in"
                : seen.size() + " of the " + all + " groups would be seen alone if nobody of them got in";
        return " " + which + ", the slowest (" + slowest.segment() + ") within about " + about(slowest.broken()) + ".";
    }

    /// How few is too few, by the group that needs the most to be seen.
    private static String blind(List<Foresight> groups, List<Foresight> seen, Duration within) {
        if (seen.size() == groups.size()) {
            return "";
        }
        double hours = within.toMillis() / 3_600_000.0;
        double few = groups.stream()
                .filter(group -> !seen.contains(group))
                .mapToDouble(group -> group.unitsNeeded() / hours)
                .max()
                .orElse(0);
        List<String> names = groups.stream()
                .filter(group -> !seen.contains(group))
                .map(Foresight::segment)
                .toList();
        return " A group with under " + number(few) + " an hour cannot be seen: cover it by a probe (" + named(names)
                + ").";
    }

    /// Groups by name, the first few of them.
    public static String named(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static String perHour(double logins) {
        return logins == 0 ? "none" : "about " + number(logins) + " an hour";
    }

    private static String number(double logins) {
        long whole = Math.max(1, Math.round(Math.ceil(logins)));
        return whole == 1 ? "1 login" : Wording.count(whole) + " logins";
    }

    /// A span that is an average: whole seconds, from one and a half minutes on whole minutes.
    private static String about(Duration span) {
        if (span.compareTo(FEW_MINUTES) >= 0 && span.toHours() < 2) {
            return Math.ceilDiv(span.toSeconds(), 60) + " min";
        }
        return Wording.span(span.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : span);
    }
}
