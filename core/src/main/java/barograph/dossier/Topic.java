package barograph.dossier;

/// The questions that a conference call asks, in the order in which it asks them.
public enum Topic {
    ASKED("asked", "Asked", "What was asked, and by whom?"),
    CONFIRMED("confirmed", "Confirmed", "Who confirmed it, and who did not?"),
    TESTED("tested", "Tested", "What was tested?"),
    WARNED("warned", "Warned", "What was forecast, and who signed past which warning?"),
    HAPPENED("happened", "Happened", "What happened?"),
    HIT("hit", "Hit", "Who was hit, and from when to when?"),
    CAUSE("cause", "Cause", "What was the cause?"),
    RESTORED("restored", "Restored", "Is everything as it was?"),
    TOLD("told", "Told", "Who was told, and when?"),
    AGAIN("again", "Next", "What is done so that it does not happen again?");

    private final String anchor;
    private final String heading;
    private final String question;

    Topic(String anchor, String heading, String question) {
        this.anchor = anchor;
        this.heading = heading;
        this.question = question;
    }

    /// The name of its place in the page.
    public String anchor() {
        return anchor;
    }

    /// In one word.
    public String heading() {
        return heading;
    }

    public String question() {
        return question;
    }
}
