package barograph.corpus;

import java.util.List;

/// Whether a change was seen to do harm, and by what.
///
/// @param saw whether it was taken for harmful
/// @param seconds from the server having the change to the decision to take it back; negative where that is no answer
/// @param how in words: the first difference, the cause of the rollback
/// @param named the groups of people that it named as hit
public record Seen(boolean saw, double seconds, String how, List<String> named) {
    public Seen {
        named = List.copyOf(named);
    }

    /// Whether it named somebody whom the change hits and nobody else.
    public boolean rightAbout(List<String> hits) {
        return !named.isEmpty() && hits.containsAll(named);
    }
}
