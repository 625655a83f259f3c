package barograph.forecast;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The probability that the change breaks logins, written down before the first server gets it.
///
/// @param harm 0 to 1
/// @param reasons what moved it away from the base rate, the strongest first
/// @param people how many people logged in on the change's servers within the last hour that was seen, whom it could
/// hit
/// @param loginsPerHour how many logins that is in an hour; negative where no log could tell
/// @param sight what the watch over the first stage would see; empty where no log could tell, and in forecasts of
/// before there was one
/// @param range between which shares it lies, four times of five; empty in forecasts of before there was one
/// @param stakes whom it would hit at which hour of the week; empty where no log could tell, and in forecasts of
/// before there was one
public record Forecast(
        double harm,
        List<Reason> reasons,
        long people,
        long loginsPerHour,
        Optional<Sight> sight,
        Optional<Range> range,
        Optional<Stakes> stakes) {
    public Forecast {
        reasons = List.copyOf(reasons);
        sight = Objects.requireNonNullElse(sight, Optional.empty());
        range = Objects.requireNonNullElse(range, Optional.empty());
        stakes = Objects.requireNonNullElse(stakes, Optional.empty());
    }

    /// A forecast that says nothing about the watch.
    public Forecast(double harm, List<Reason> reasons, long people, long loginsPerHour) {
        this(harm, reasons, people, loginsPerHour, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same with what the watch would see.
    public Forecast with(Optional<Sight> seen) {
        return new Forecast(harm, reasons, people, loginsPerHour, seen, range, stakes);
    }

    /// The same with whom it would hit when.
    public Forecast at(Optional<Stakes> hours) {
        return new Forecast(harm, reasons, people, loginsPerHour, sight, range, hours);
    }

    /// One thing that speaks for or against harm.
    ///
    /// @param words a clause for a person: "the backup server's rehearsal failed for group staff"
    /// @param weight what it adds to the log odds of harm; above 0 speaks for harm
    /// @param factor what it is about
    public record Reason(String words, double weight, Factor factor) {
        public Reason {
            factor = Objects.requireNonNullElse(factor, Factor.OTHER);
        }

        public Reason(String words, double weight) {
            this(words, weight, Factor.OTHER);
        }
    }

    /// Between which shares, 0 to 1.
    public record Range(double low, double high) {}

    /// For a person: "37%".
    public String percent() {
        return percent(harm);
    }

    /// For a person: "37% (15% to 66%)".
    public String percents() {
        return percent(harm)
                + range.map(each -> " (" + percent(each.low()) + " to " + percent(each.high()) + ")")
                        .orElse("");
    }

    private static String percent(double share) {
        double percent = share * 100;
        return (percent < 1 ? "below 1" : percent > 99 ? "above 99" : String.valueOf(Math.round(percent))) + "%";
    }
}
