package barograph.watch;

/// What has been seen on the changed servers since the change.
///
/// @param logins how many logins of people
/// @param failed how many of them failed
/// @param units how many pieces of evidence that makes
/// @param peopleHit how many different people failed at least once, at most what the table holds
public record Counts(long logins, long failed, long units, long peopleHit) {}
