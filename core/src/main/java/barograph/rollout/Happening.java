package barograph.rollout;

import java.time.Instant;

/// An event with its place in the record.
///
/// @param index the entry's index
/// @param at when it happened, by the clock of the controller that wrote it
public record Happening(long index, Instant at, Event event) {}
