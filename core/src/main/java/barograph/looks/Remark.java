package barograph.looks;

/// What was noticed about a change by looking at it alone. It blocks nothing.
///
/// @param path the file that it is about, below the configuration root
/// @param words what may come of it, a clause for a person
/// @param source where that is known from
/// @param weight what it adds to the log odds of harm
public record Remark(String path, String words, String source, double weight) {
    /// For a line of its own: `clients.conf: the secret of a client changes … (source)`.
    public String line() {
        return path + ": " + words + " (" + source + ")";
    }
}
