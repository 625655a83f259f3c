package barograph.site;

import java.util.Optional;

/// Where a server writes its logins down.
///
/// @param path absolute path of the log file on the server's host
/// @param grammar the name of the grammar that reads its lines
/// @param lines that grammar, where a kind's file holds it; absent for one that is built in as code
public record LogSource(String path, String grammar, Optional<LogGrammar> lines) {
    public LogSource(String path, String grammar) {
        this(path, grammar, Optional.empty());
    }
}
