package barograph.dossier;

/// The questions that a conference call asks, in the order in which it asks them.
public enum Topic {
    ASKED("asked", "What was asked, and by whom?"),
    CONFIRMED("confirmed", "Who confirmed it, and who did not?"),
    TESTED("tested", "What was tested?"),
    WARNED("warned", "What was forecast, and who signed past which warning?"),
    HAPPENED("happened", "What happened?"),
    HIT("hit", "Who was hit, and from when to when?"),
    CAUSE("cause", "What was the cause?"),
    RESTORED("restored", "Is everything as it was?"),
    TOLD("told", "Who was told, and when?"),
    AGAIN("again", "What is done so that it does not happen again?");

    private final String anchor;
    private final String question;

    Topic(String anchor, String question) {
        this.anchor = anchor;
        this.question = question;
    }

    /// The name of its place in the page.
    public String anchor() {
        return anchor;
    }

    public String question() {
        return question;
    }
}
