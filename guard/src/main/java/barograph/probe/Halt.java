package barograph.probe;

import barograph.login.Outcome;

/// The way of a probe ends here, before an acceptance.
///
/// It unwinds a protocol from any depth to the one place that writes the trial; it never leaves this package.
final class Halt extends Exception {
    private final transient Outcome outcome;

    /// @param said what happened, in the words that a person reads
    Halt(Outcome outcome, String said) {
        super(said, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
