package barograph.rollout;

import barograph.coverage.Coverage;
import barograph.forecast.Week.Rhythm;
import barograph.looks.Remark;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What could be told of a change when it was proposed, before anything was tried.
///
/// @param remarks what caught the eye in its diff, the heaviest first
/// @param coverage which logins the probes stand for; empty where no log told
/// @param rhythms how people log in over the week, the busiest sorts first; none where no log told, and in entries of
/// before there were any
public record Insight(List<Remark> remarks, Optional<Coverage> coverage, List<Rhythm> rhythms) {
    /// Nothing was looked at.
    public static final Insight NONE = new Insight(List.of(), Optional.empty(), List.of());

    public Insight {
        remarks = List.copyOf(remarks);
        rhythms = List.copyOf(Objects.requireNonNullElse(rhythms, List.of()));
    }

    /// One that knows nothing of the hours of the week.
    public Insight(List<Remark> remarks, Optional<Coverage> coverage) {
        this(remarks, coverage, List.of());
    }
}
