package barograph.runner;

import barograph.diagnosis.Observation;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Looks at a server whose logins fail: its door, its backends, its log, each from every vantage point.
///
/// It changes nothing anywhere, and installs nothing. Trouble is an observation, never an exception. Safe for use by
/// several threads.
public interface Diagnostician {
    /// Looks at nothing: for worlds without hosts.
    Diagnostician NONE = (_, _, _, _) -> List.of();

    /// Tries the probes and looks at everything that could be at fault. Blocks for at most about the longest `within`
    /// of the probes, and 15 s on top of it for the looks.
    ///
    /// @param server the one whose logins fail
    /// @param beside other servers, to compare with: without the change, and the backup
    /// @param since how far back the server's log may tell of the trouble
    List<Observation> look(Site site, ServerId server, Set<ServerId> beside, Instant since);
}
