package barograph.site;

import java.util.Map;
import java.util.Optional;

/// What a site wants to be true before a change goes out.
///
/// @param rehearsal whether the backup server must have rehearsed it without a difference for the worse
/// @param claims whether every claim about a party must be confirmed by that party
/// @param forecast the highest probability of harm that needs no waiver, 0 to 1
/// @param approvals how many people of each role must have agreed
/// @param coverage the least share of the logins of the last days that the probes must stand for, 0 to 1; absent where
///     any will do
public record GateRules(
        boolean rehearsal, boolean claims, double forecast, Map<Role, Integer> approvals, Optional<Double> coverage) {
    public GateRules {
        approvals = Map.copyOf(approvals);
    }

    /// Rules that ask for no coverage.
    public GateRules(boolean rehearsal, boolean claims, double forecast, Map<Role, Integer> approvals) {
        this(rehearsal, claims, forecast, approvals, Optional.empty());
    }
}
