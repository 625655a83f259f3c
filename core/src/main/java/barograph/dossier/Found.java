package barograph.dossier;

import java.time.Instant;

/// Something that was found in the record, with its place.
///
/// @param index of the entry that tells it
/// @param at when it happened, by the clock of the controller that wrote it
record Found<T>(long index, Instant at, T what) {}
