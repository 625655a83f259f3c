package barograph.record;

/// The record could not be read or written. Nothing may be done that was to be recorded first.
public final class RecordTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what happened, to what, what it means, and what to do now
    public RecordTrouble(String message) {
        super(message);
    }

    /// @param message what happened, to what, what it means, and what to do now
    public RecordTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
