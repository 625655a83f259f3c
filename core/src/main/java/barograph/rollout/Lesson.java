package barograph.rollout;

import barograph.change.ChangeId;
import barograph.forecast.Calibration;
import barograph.forecast.Calibration.Scored;
import barograph.forecast.Forecast;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the end of a change says about its forecast.
public final class Lesson {
    private Lesson() {}

    /// The forecasts of some changes, held against what became of them.
    ///
    /// @param histories what happened to each change
    public static Calibration of(Collection<List<Happening>> histories) {
        return new Calibration(
                histories.stream().flatMap(history -> scored(history).stream()).toList());
    }

    /// Empty where there is no forecast, or nobody can say: the change was withdrawn, taken back by a person, for want
    /// of proof or because its controller was away, or has not ended.
    static Optional<Scored> scored(List<Happening> history) {
        Optional<ChangeId> change = Optional.empty();
        Optional<Forecast> forecast = Optional.empty();
        Optional<Cause> cause = Optional.empty();
        Optional<Ending> ending = Optional.empty();
        for (Happening happening : history) {
            if (happening.event() instanceof Event.Proposed proposed) {
                change = Optional.of(proposed.change());
            } else if (happening.event() instanceof Event.Forecasted(Forecast told)) {
                forecast = Optional.of(told);
            } else if (happening.event() instanceof Event.RollbackCalled(Cause called)) {
                cause = cause.or(() -> Optional.of(called));
            } else if (happening.event() instanceof Event.Ended(Ending ended)) {
                ending = Optional.of(ended);
            }
        }
        if (change.isEmpty() || forecast.isEmpty() || ending.isEmpty()) {
            return Optional.empty();
        }
        String name = change.get().value();
        double harm = forecast.get().harm();
        return happened(ending.get(), cause).map(did -> new Scored(name, harm, did));
    }

    private static Optional<Boolean> happened(Ending ending, Optional<Cause> cause) {
        return switch (ending) {
            case CONFIRMED -> Optional.of(false);
            case WITHDRAWN -> Optional.empty();
            case ROLLED_BACK, NEEDS_A_PERSON -> cause.flatMap(each -> harmful(each.sort()));
        };
    }

    private static Optional<Boolean> harmful(Cause.Sort sort) {
        return switch (sort) {
            case HARMFUL, GUARD -> Optional.of(true);
            case EXPECTATION, LEASE, UNCONFIRMED, UNPROVEN, DRIFTED, PERSON -> Optional.empty();
        };
    }
}
