package barograph.replay;

import barograph.site.Secret;

/// One login that may be tried again.
///
/// @param user the person's name
/// @param password where the password is, or, out of a capture, the password itself
record Entry(String user, Secret password) {
    /// Never the name.
    @Override
    public String toString() {
        return "a login";
    }
}
