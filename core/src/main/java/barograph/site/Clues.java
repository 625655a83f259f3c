package barograph.site;

import com.google.re2j.Pattern;
import java.util.List;

/// What a kind's files and logs tell somebody who looks for the cause of failing logins.
///
/// The patterns are those of RE2, so that no file or line takes long to read.
///
/// @param backends where its files name what the server leans on
/// @param signs which lines of its log say what is wrong; for each line the first that is found in it counts
public record Clues(List<Backend> backends, List<Sign> signs) {
    public static final Clues NONE = new Clues(List.of(), List.of());

    public Clues {
        backends = List.copyOf(backends);
        signs = List.copyOf(signs);
    }

    /// A place in the server's files that names a backend.
    ///
    /// @param in a shell pattern of files below the root
    /// @param names what names it, with the groups `host`, and `port` and `scheme` where they are written
    /// @param speaks the backend's protocol, such as `ldap`
    /// @param port where it listens if nothing else is written, 1 to 65535
    public record Backend(String in, Pattern names, String speaks, int port) {}

    /// A sort of line in the server's log.
    public record Sign(Pattern says, Meaning means) {}

    /// What a line of a log can mean for somebody who looks for a cause.
    public enum Meaning {
        SECRET_WRONG,
        CLIENT_UNKNOWN,
        BACKEND_UNREACHABLE,
        /// The backend answers, and does not let the server itself in.
        BACKEND_REFUSES,
        BACKEND_SILENT,
        NAME_UNKNOWN,
        TLS,
        LOAD,
        CLOCK,
        POLICY,
        ACCOUNT,
        /// The server could not read or use its own files.
        CONFIGURATION
    }
}
