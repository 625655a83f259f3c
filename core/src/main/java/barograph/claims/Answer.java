package barograph.claims;

/// What a party says of a claim about itself. There are exactly these five.
public enum Answer {
    REQUESTED("we requested this"),
    AGREED("we agree to this"),
    WISHED("we would like this, and did not request it"),
    NO("no, we do not want this"),
    NOT_US("we never said so");

    private final String words;

    Answer(String words) {
        this.words = words;
    }

    /// The answer as the party reads and gives it.
    public String words() {
        return words;
    }
}
