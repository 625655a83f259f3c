package barograph.verdict;

import java.util.List;

/// What the logins say about the change.
public sealed interface Verdict {
    /// The data rule out a harm as large as the site would mind.
    ///
    /// @param units pieces of evidence on the changed servers
    /// @param because two sentences for a person
    record Healthy(long units, String because) implements Verdict {}

    /// The change does harm.
    ///
    /// @param signals what tripped, the strongest first; at least one
    /// @param because two sentences for a person
    record Harmful(List<Signal> signals, String because) implements Verdict {
        public Harmful {
            signals = List.copyOf(signals);
        }
    }

    /// Too early to say.
    ///
    /// @param unitsNeeded about how many more pieces of evidence an answer needs if all stays as it is
    record Undecided(long unitsNeeded, String because) implements Verdict {}

    /// It cannot see.
    ///
    /// @param because why, and what would let it see
    record Blind(String because) implements Verdict {}

    String because();

    /// The verdict's word: `HEALTHY`, `HARMFUL`, `UNDECIDED` or `BLIND`.
    default String word() {
        return switch (this) {
            case Healthy _ -> "HEALTHY";
            case Harmful _ -> "HARMFUL";
            case Undecided _ -> "UNDECIDED";
            case Blind _ -> "BLIND";
        };
    }
}
