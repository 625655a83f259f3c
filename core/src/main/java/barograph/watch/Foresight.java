package barograph.watch;

import java.time.Duration;

/// How soon a watch would see harm to one segment, at the traffic of before the change.
///
/// @param segment whose logins; `everybody` for all
/// @param unitsPerHour pieces of evidence that changed servers see of it in an hour, at the hour of the change
/// @param broken how long it takes, on average, to see that none gets in; at most [#NEVER]
/// @param partly how long it takes to see that one in twenty does not get in; at most [#NEVER]
/// @param tenth how long it takes to see that one in ten does not get in; at most [#NEVER]
/// @param unitsNeeded pieces of evidence that it takes, on average, to see that none gets in
public record Foresight(
        String segment, double unitsPerHour, Duration broken, Duration partly, Duration tenth, double unitsNeeded) {
    /// Longer than any watch.
    public static final Duration NEVER = Duration.ofDays(365);
}
