package barograph.logs;

import barograph.login.Pseudonym;

/// Hears from a trace what was known of a person or device before the trace began.
///
/// A failed login is evidence only for somebody who could log in before. A log that is read from some time on does
/// not tell this of those it has not yet met; a trace does, in its field `prior`. It does so on every line, so the
/// listener takes it for a pair that it has not met, and passes it over for all others.
@FunctionalInterface
public interface Prior {
    /// Listens to nothing: each pair is then met for the first time in the trace itself.
    Prior FORGOTTEN = (_, _, _) -> {};

    /// Called before the login of the same line is given out.
    ///
    /// @param couldLogIn whether the last login of this user from this source was accepted
    void known(Pseudonym user, Pseudonym source, boolean couldLogIn);
}
