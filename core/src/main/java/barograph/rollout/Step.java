package barograph.rollout;

import barograph.gates.GateState;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be done next for a change.
public sealed interface Step {
    /// Try it on the backup servers that have not reported yet.
    record Rehearse(List<ServerId> backups) implements Step {}

    /// Write the forecast down.
    record Predict() implements Step {}

    /// Send each server its order.
    record Send(Map<ServerId, Errand> errands) implements Step {}

    /// Hold the change's expectations against a server that has it.
    record Check(ServerId server) implements Step {}

    /// Look at the logins of the servers that have it, keep their leases alive, and weigh.
    ///
    /// @param waiting what it is waited for besides a verdict, for people
    record Watch(Stage stage, Optional<Instant> until, String waiting) implements Step {}

    /// Write down the picture of a stage's logins.
    record Trace(Stage stage) implements Step {}

    /// Write down a decision that follows from what is known.
    record Note(Event event) implements Step {}

    /// Nothing to do until a person acts, or until `until`.
    record Rest(Optional<Instant> until, String waiting, List<GateState> gates) implements Step {}

    record End(Ending ending) implements Step {}
}
