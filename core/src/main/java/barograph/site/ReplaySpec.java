package barograph.site;

import java.util.Optional;

/// Logins of real people that a rehearsal tries again, each under the old configuration and under the new.
///
/// @param name the group of people that they stand for
/// @param like the probe whose protocol and options they use, with names and passwords of their own
/// @param list where names and references to passwords are, as CSV or YAML; absent for a capture
/// @param capture a file with captured RADIUS packets (pcap), relative to the site's file; absent for a list
/// @param atMost how many of them are tried
public record ReplaySpec(String name, ProbeId like, Optional<Secret> list, Optional<String> capture, int atMost) {
    public ReplaySpec {
        Name.check("replay", name);
    }
}
