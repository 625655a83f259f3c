package barograph.runner;

import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.util.List;

/// Where the logins come from that a rehearsal tries again.
public interface Replays {
    /// Nothing is replayed.
    Replays NONE = _ -> List.of();

    /// The logins that can be tried on a server. Blocks while lists and captures are read.
    List<Batch> of(Server server);

    /// Logins of one group of people.
    ///
    /// @param logins each as a probe: with the person's own name and password, which never leave this process
    /// @param passedOver what could not be taken, and why, in words; empty if nothing
    record Batch(String group, List<ProbeSpec> logins, String passedOver) {
        public Batch {
            logins = List.copyOf(logins);
        }
    }
}
