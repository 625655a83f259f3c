package barograph.watch;

/// What happened on the changed servers since the change, in numbers.
///
/// @param units pieces of evidence: one person or device counts once in a while, however often it tries
/// @param logins lines of the log
/// @param failedLogins how many of them were no acceptance
/// @param peopleHit different people and devices that could log in before and failed since; counted up to
///        [#MOST_PEOPLE]
public record Counts(long units, long logins, long failedLogins, long peopleHit) {
    /// Beyond this many, people are no longer told apart (8 bytes each).
    public static final int MOST_PEOPLE = 100_000;
}
