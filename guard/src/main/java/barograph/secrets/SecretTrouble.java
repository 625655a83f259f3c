package barograph.secrets;

import barograph.site.Secret;

/// A reference to a secret leads nowhere.
///
/// The message names the reference, what it means and what to do; it never holds the secret or any part of it.
public final class SecretTrouble extends RuntimeException {
    private final String code;

    SecretTrouble(String code, Secret reference, String what, String remedy) {
        super("Could not read the secret " + reference + ": " + what
                + ". Whatever needs it cannot log in anywhere until this is put right. " + remedy + " [secret." + code
                + "]");
        this.code = code;
    }

    /// A word that stays the same from version to version: `unset`, `unreadable`, `empty`, `too-long`, `not-text`,
    /// `command-failed`, `command-late`, `interrupted`.
    public String code() {
        return code;
    }
}
