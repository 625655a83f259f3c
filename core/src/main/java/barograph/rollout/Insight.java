package barograph.rollout;

import barograph.coverage.Coverage;
import barograph.looks.Remark;
import java.util.List;
import java.util.Optional;

/// What could be told of a change when it was proposed, before anything was tried.
///
/// @param remarks what caught the eye in its diff, the heaviest first
/// @param coverage which logins the probes stand for; empty where no log told
public record Insight(List<Remark> remarks, Optional<Coverage> coverage) {
    /// Nothing was looked at.
    public static final Insight NONE = new Insight(List.of(), Optional.empty());

    public Insight {
        remarks = List.copyOf(remarks);
    }
}
