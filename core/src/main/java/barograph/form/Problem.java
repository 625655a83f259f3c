package barograph.form;

/// One thing that is wrong with what a person wrote.
///
/// @param what a sentence that says what is wrong, and never shows a secret
/// @param remedy one or more sentences that say what to write instead
public record Problem(Place where, String what, String remedy) {
    /// `change.yaml:14:10  lease: 'ten minutes' is not a duration. Write 10m.`
    @Override
    public String toString() {
        return where + ": " + what + " " + remedy;
    }
}
