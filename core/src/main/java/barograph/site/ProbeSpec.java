package barograph.site;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A real login by a test account that the site has set up, and what must come of it.
///
/// @param via the protocol, such as `radius-pap`
/// @param user the test account's name
/// @param password the test account's password
/// @param group the group of people that this account stands for, where it stands for one
/// @param expect what must come of it
/// @param within how long one try may take
/// @param options what the protocol needs besides, such as `secret`, `base` or `filter`
public record ProbeSpec(
        ProbeId id,
        String via,
        String user,
        Secret password,
        Optional<String> group,
        Expect expect,
        Duration within,
        Map<String, Secret> options) {
    public ProbeSpec {
        options = Map.copyOf(options);
    }

    /// The same, of which something else must come.
    public ProbeSpec expecting(Expect other) {
        return new ProbeSpec(id, via, user, password, group, other, within, options);
    }

    /// What must come of a probe.
    public enum Expect {
        ACCEPT,
        /// The door must stay shut: an acceptance is as harmful as a lockout.
        REJECT
    }
}
