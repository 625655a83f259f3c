package barograph.record;

/// Bytes that came from outside are not what they should be: a leaf, a note, a checkpoint, a proof.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    /// @param why what was expected, and what was found
    public Malformed(String why) {
        super(why);
        this.why = why;
    }

    /// @param why what was expected, and what was found
    public Malformed(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
