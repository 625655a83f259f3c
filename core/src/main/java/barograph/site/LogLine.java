package barograph.site;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;

/// One sort of line of a log, and what it tells.
///
/// What stands in braces is filled in with what the group of that name has found.
///
/// @param pattern with groups such as `(?P<user>…)`; a group `time` is for logs whose lines do not begin with their
///     time, a group `seconds` tells how long the login took; a line with a group `ended` tells its login only where no
///     line before it has told one whose group `connection` found the same
/// @param step where it broke, for a login that failed without an answer: a step of the way in, such as `tls`
/// @param reason a short word, such as `bad_password`
/// @param reasons the word for what stands in the group `reason`, by texts that it contains; the first counts
public record LogLine(
        Pattern pattern,
        Tells tells,
        String step,
        String reason,
        Map<String, String> reasons,
        Optional<String> user,
        Optional<String> realm,
        Optional<String> method,
        Optional<String> client,
        Optional<String> group,
        Optional<String> source) {

    /// What has become of the login.
    public enum Tells {
        ACCEPTED,
        REJECTED,
        /// It broke before there was an answer.
        FAILED,
        /// It looks like a login and is none.
        NOTHING
    }
}
