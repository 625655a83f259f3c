package barograph.expectations;

import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import java.util.Map;
import java.util.Optional;

/// What a probe must answer on each server once the change is applied there.
///
/// @param reply attributes that the answer must have by then, such as `Session-Timeout` with `3600`
/// @param outcome what must come of the probe by then, where that is not what the site expects of it anyway
public record Expectation(ProbeId probe, Map<String, String> reply, Optional<Expect> outcome) {
    public Expectation {
        reply = Map.copyOf(reply);
    }
}
