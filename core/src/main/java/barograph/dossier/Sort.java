package barograph.dossier;

/// What sort of statement a sentence is, so that nobody takes an opinion for a fact.
public enum Sort {
    /// It was written down when it happened.
    FACT("fact"),
    /// It was counted or timed.
    MEASUREMENT("measured"),
    /// It was concluded from facts and measurements, and could turn out wrong.
    INFERENCE("inferred"),
    /// A person, or a rule that people had agreed upon, chose it.
    DECISION("decided"),
    /// The record does not tell.
    UNKNOWN("not known");

    private final String words;

    Sort(String words) {
        this.words = words;
    }

    /// As it stands beside the sentence.
    public String words() {
        return words;
    }
}
