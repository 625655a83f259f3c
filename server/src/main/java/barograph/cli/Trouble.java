package barograph.cli;

/// Something that ends a command with a message for a person.
///
/// Its message says what happened, to what, what it means, and what to do now; no stack trace is shown.
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
