package barograph.site;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/// How the lines of a log tell logins, as data: for logs in which one line tells one login.
///
/// The patterns are those of RE2, which reads a line in time proportional to its length, whatever names an attacker
/// chooses to write into it.
///
/// @param logins what lines that look like logins have in common; those of them that no line fits are counted as
///     unread. Without it every line is tried, and none is unread but those without a time
/// @param lines tried in their order; the first that is found in a line of the log counts
public record LogGrammar(Optional<Pattern> logins, List<LogLine> lines) {
    public LogGrammar {
        lines = List.copyOf(lines);
    }
}
