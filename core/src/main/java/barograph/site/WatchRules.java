package barograph.site;

import java.time.Duration;

/// How long and how strictly real logins are watched after a stage has the change.
///
/// @param bake the least time that a stage is watched, however good the evidence
/// @param atMost the longest; what is not decided by then is settled by `undecided`
/// @param settle how long after the change a login must have begun to count: the restart itself is not judged
/// @param unit the least time between two logins of one person or device that count as two pieces of evidence
/// @param learn how much of the time before the change is read to learn what is normal
/// @param falseRollback the chance, over the whole watch, of ever rolling back a harmless change; above 0, below 1
/// @param harmlessBelow the rise in the share of failing logins that the site calls harmless; above 0, below 1
/// @param quiet how long a log may give no sign of life, while probes pass, before the watch calls itself blind
/// @param undecided what happens when nothing is proven at the latest time
/// @param blind what happens when the watch could not see at the latest time
/// @param probeEvery how often each probe is tried on each watched server
public record WatchRules(
        Duration bake,
        Duration atMost,
        Duration settle,
        Duration unit,
        Duration learn,
        double falseRollback,
        double harmlessBelow,
        Duration quiet,
        Policy undecided,
        Policy blind,
        Duration probeEvery) {
    /// What to do when the watch has come to no verdict.
    public enum Policy {
        /// Stop here, keep the lease alive, and ask a person.
        ASK,
        /// Go on to the next stage, as if it were healthy.
        CONTINUE,
        ROLL_BACK
    }
}
