package barograph.logs;

import barograph.login.Login;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Turns the lines of one server's log into logins.
///
/// A server may tell one login in several lines, so a grammar remembers: there is one per server, and it is given
/// every line once, in the order of the log. It remembers pseudonyms, never names, and only so many of them; what it
/// lets go is counted. It reads no clock and no file, so that it works the same on a log of today and of last year.
/// Not thread-safe.
public interface Grammar {
    /// Takes in the next line, without its line end.
    ///
    /// @param now when the line is read, not when it was written: it tells the year where a log does not
    /// @param out given each login once it is complete: mostly at once, sometimes some seconds later
    void read(String line, Instant now, Consumer<Login> out);

    /// Gives out the logins that have waited too long for their other lines; to be called when no line is left to
    /// read.
    void settle(Instant now, Consumer<Login> out);

    /// When a line was written, as it says itself; empty for a line without a time. Changes nothing.
    Optional<Instant> writtenAt(String line, Instant now);

    /// How many lines so far look like logins but could not be read.
    long unread();

    /// How many unfinished logins or connections so far were forgotten because too many were open at once.
    long letGo();
}
