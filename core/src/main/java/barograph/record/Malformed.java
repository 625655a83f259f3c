package barograph.record;

/// Bytes that came from outside are not what they should be: a leaf, a note, a checkpoint, a proof.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what was expected, and what was found
    public Malformed(String message) {
        super(message);
    }

    /// @param message what was expected, and what was found
    public Malformed(String message, Throwable cause) {
        super(message, cause);
    }
}
