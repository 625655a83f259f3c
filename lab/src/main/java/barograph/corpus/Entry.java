package barograph.corpus;

import java.util.List;

/// One change of the corpus: a mistake that somebody made, or one that harms nobody.
///
/// @param source where it is told: addresses of threads, issues or documentation
/// @param does what it does to whom, in words
/// @param hits the groups of people that it hits; none where it is harmless
/// @param heldOut whether it is kept out of sight while anything is being tuned
public record Entry(
        String name,
        String title,
        List<String> source,
        String does,
        Effect effect,
        List<String> hits,
        boolean heldOut,
        List<Touch> touches) {
    public Entry {
        source = List.copyOf(source);
        hits = List.copyOf(hits);
        touches = List.copyOf(touches);
    }
}
