package barograph.gates;

import barograph.site.Role;

/// What must hold before a change goes out.
public sealed interface Gate {
    /// Every claim about a party is confirmed by that party.
    record Claims() implements Gate {}

    /// A backup server has rehearsed it, and nothing got worse.
    record Rehearsal() implements Gate {}

    /// The forecast is below the site's limit.
    record ForecastLimit(double limit) implements Gate {}

    /// The probes stand for enough of the logins of the last days.
    record Covered(double wanted) implements Gate {}

    /// Enough people of a role have agreed.
    record Approvals(Role role, int wanted) implements Gate {}

    /// Its word in commands: `claims`, `rehearsal`, `forecast`, `coverage`, `approvals-customer`.
    default String name() {
        return switch (this) {
            case Claims() -> "claims";
            case Rehearsal() -> "rehearsal";
            case ForecastLimit(double _) -> "forecast";
            case Covered(double _) -> "coverage";
            case Approvals(Role role, int _) -> "approvals-" + role.name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
