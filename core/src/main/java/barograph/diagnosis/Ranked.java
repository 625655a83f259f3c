package barograph.diagnosis;

import java.util.List;

/// One suspect, with everything that was held against it.
///
/// @param how in which way, where that is known: `packets are dropped`, or the files of a change
/// @param decibans all that counts, added up
/// @param share how likely it is among all suspects, 0 to 1: a way to read the sum, no measured frequency
/// @param speaksFor the strongest first
/// @param against the strongest first
public record Ranked(
        Suspect suspect, String how, int decibans, double share, List<Reason> speaksFor, List<Reason> against) {
    public Ranked {
        speaksFor = List.copyOf(speaksFor);
        against = List.copyOf(against);
    }

    /// As it goes on in a sentence.
    public String words() {
        return suspect.title() + (how.isEmpty() ? "" : " (" + how + ")");
    }
}
