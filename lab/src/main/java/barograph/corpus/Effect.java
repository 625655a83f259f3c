package barograph.corpus;

import java.util.Locale;

/// What a change of the corpus does to people who log in.
public enum Effect {
    /// Logins that worked are refused or fail.
    BREAKS,
    /// Nothing happens until the server is next restarted; then logins fail.
    SLEEPS,
    /// People get in, and are not given what they had: an attribute, a claim.
    SILENT,
    /// Logins work and take much longer.
    SLOW,
    /// Somebody gets in who must not.
    OPENS,
    /// Nothing that anybody notices.
    HARMLESS;

    /// As the corpus' files and tables write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean harmful() {
        return this != HARMLESS;
    }
}
