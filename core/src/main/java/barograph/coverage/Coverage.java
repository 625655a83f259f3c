package barograph.coverage;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What share of the logins of the last days the probes stand for, by realm, method and client.
///
/// @param logins how many people's logins were counted: those that were let in
/// @param span over how long
/// @param whole the share that a probe of the same realm and method stands for, from the same client, 0 to 1
/// @param kin the share that a probe of the same realm and method stands for, but from another client: what is special
///     to a client, such as its secret, it does not show
/// @param gaps the sorts of logins that no probe stands for, the largest first; of very many, the first few
public record Coverage(long logins, Duration span, double whole, double kin, List<Gap> gaps) {
    private static final int TOLD = 4;

    public Coverage {
        gaps = List.copyOf(gaps);
    }

    /// The share that some probe stands for, from whatever client.
    public double share() {
        return whole + kin;
    }

    /// For a person, one or two sentences.
    public String words() {
        String begin = "The probes stand for " + percent(share()) + " of " + String.format(Locale.ROOT, "%,d", logins)
                + (logins == 1 ? " login" : " logins") + " of the last " + words(span)
                + (kin > 0.005 ? " (" + percent(kin) + " from another client than theirs)" : "") + ".";
        if (gaps.isEmpty()) {
            return begin;
        }
        String more = gaps.size() > TOLD ? " and " + (gaps.size() - TOLD) + " more" : "";
        return begin + " No probe stands for "
                + gaps.stream().limit(TOLD).map(Gap::words).collect(Collectors.joining(", ")) + more + ".";
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    private static String words(Duration span) {
        long hours = Math.max(1, Math.round(span.toMinutes() / 60.0));
        return hours < 48 ? hours + " h" : Math.round(hours / 24.0) + " days";
    }
}
