package barograph.dossier;

import java.time.Instant;

/// One line of the timeline: an event, told.
///
/// @param index of its entry, which proves it
/// @param at when it happened, by the clock of the controller that wrote it
/// @param clock that moment as people read it, in UTC
/// @param words without a full stop
/// @param note what is odd about it; empty for nearly all
public record Line(long index, Instant at, String clock, Sort sort, Weight weight, String words, String note) {
    public Line {
        words = Legible.line(words);
    }

    /// How much a line matters to somebody who skims.
    public enum Weight {
        /// It turns the story.
        KEY,
        /// It belongs to it.
        PLAIN,
        /// It is there so that nothing is missing.
        MINOR
    }
}
