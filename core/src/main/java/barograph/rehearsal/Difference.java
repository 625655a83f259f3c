package barograph.rehearsal;

import barograph.site.ProbeId;
import java.util.Optional;

/// One thing that a probe was answered differently under the new configuration.
///
/// @param group the people that the probe stands for
/// @param worse whether a login that went as it should no longer does
/// @param before what came of it under the old configuration, in words
/// @param after what comes of it under the new one, in words
public record Difference(ProbeId probe, Optional<String> group, boolean worse, String before, String after) {}
