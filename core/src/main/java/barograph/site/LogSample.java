package barograph.site;

import java.util.List;

/// Lines of a real log, and the logins that they tell: what a grammar is tested with.
///
/// @param log one line or several
/// @param tells one login each: `rejected alice reason=bad_password method=imap-plain`
public record LogSample(String log, List<String> tells) {
    public LogSample {
        tells = List.copyOf(tells);
    }
}
