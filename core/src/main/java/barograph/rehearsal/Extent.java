package barograph.rehearsal;

import barograph.expectations.Finding;
import barograph.site.ProbeId;
import java.time.Duration;
import java.util.List;

/// How far a rehearsal went, how much its answers differ anyway, and what else it showed.
///
/// @param restarted whether the server was started anew with the new configuration, by plan or besides its reload
/// @param unsteady the probes that ended differently in two runs of the old configuration: their outcome tells nothing
/// @param jitter the most by which the time of one accepted probe differed between these two runs
/// @param findings whether the change does what it is for, one for each expectation that a probe could look at
/// @param replayed logins of real people that were tried again; empty where the site gives none
public record Extent(
        boolean restarted, List<ProbeId> unsteady, Duration jitter, List<Finding> findings, List<Replayed> replayed) {
    public Extent {
        unsteady = List.copyOf(unsteady);
        findings = List.copyOf(findings);
        replayed = List.copyOf(replayed);
    }

    /// How much differs anyway: `2 probes are unsteady (a, b); times differ by up to 12 ms anyway`.
    public String noise() {
        String times = "times differ by up to " + jitter.toMillis() + " ms anyway";
        return unsteady.isEmpty()
                ? times
                : "unsteady, and so told nothing: "
                        + String.join(
                                ", ", unsteady.stream().map(ProbeId::value).toList())
                        + "; " + times;
    }
}
