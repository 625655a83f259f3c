package barograph.form;

/// What came of reading a value in a notation of its own.
public sealed interface Parsed<T> {
    record Right<T>(T value) implements Parsed<T> {}

    /// @param complaint goes on after the value in quotes: `is not a duration.`
    /// @param remedy what to write instead, in whole sentences
    record Wrong<T>(String complaint, String remedy) implements Parsed<T> {}
}
