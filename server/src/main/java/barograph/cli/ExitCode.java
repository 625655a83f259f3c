package barograph.cli;

/// What a command tells the shell.
final class ExitCode {
    /// Done, and well.
    static final int DONE = 0;

    /// Harmful, rolled back, or not valid.
    static final int HARMFUL = 1;

    /// The command or its input is wrong.
    static final int USAGE = 2;

    /// It could not be judged, or a person has to act.
    static final int PERSON = 3;

    private ExitCode() {}
}
