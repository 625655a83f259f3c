package barograph.watch;

import java.time.Duration;

/// How soon a watch would see harm to one segment, at the traffic of before the change.
///
/// @param segment whose logins; `everybody` for all
/// @param unitsPerHour pieces of evidence that changed servers saw of it in an hour
/// @param broken how long it takes, on average, to see that none gets in; at most [#NEVER]
/// @param partly how long it takes to see that one in twenty does not get in; at most [#NEVER]
public record Foresight(String segment, double unitsPerHour, Duration broken, Duration partly) {
    /// Longer than any watch.
    public static final Duration NEVER = Duration.ofDays(365);
}
