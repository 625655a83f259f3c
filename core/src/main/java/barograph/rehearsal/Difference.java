package barograph.rehearsal;

import barograph.site.ProbeId;
import java.util.Objects;
import java.util.Optional;

/// One thing that a probe was answered differently under the new configuration.
///
/// @param group the people that the probe stands for
/// @param worse whether a login that went as it should no longer does, or takes a second longer
/// @param before what came of it under the old configuration, in words
/// @param after what comes of it under the new one, in words
/// @param dimension in what respect; in entries of before this was told apart, [Dimension#OUTCOME]
/// @param onset when it sets in; in entries of before restarts were rehearsed, [Onset#AT_ONCE]
public record Difference(
        ProbeId probe,
        Optional<String> group,
        boolean worse,
        String before,
        String after,
        Dimension dimension,
        Onset onset) {
    public Difference {
        dimension = Objects.requireNonNullElse(dimension, Dimension.OUTCOME);
        onset = Objects.requireNonNullElse(onset, Onset.AT_ONCE);
    }

    /// One of the outcome, at once.
    public Difference(ProbeId probe, Optional<String> group, boolean worse, String before, String after) {
        this(probe, group, worse, before, after, Dimension.OUTCOME, Onset.AT_ONCE);
    }

    /// Whether it shows only once the server is started anew.
    public boolean sleeps() {
        return onset == Onset.NEXT_RESTART;
    }

    /// For the end of a sentence: `probe staff (group staff) went from accepted to timeout (…)`.
    public String words() {
        return "probe " + probe + group.map(people -> " (group " + people + ")").orElse("") + " went from " + before
                + " to " + after + (sleeps() ? ", which sleeps until the next restart" : "");
    }

    /// Whether another one of the same probe tells nothing that this one does not.
    boolean covers(Difference other) {
        boolean same = probe.equals(other.probe) && dimension == other.dimension && worse == other.worse;
        return switch (dimension) {
            case OUTCOME, LATENCY -> same;
            case REPLY, CERTIFICATE -> same && after.equals(other.after);
        };
    }
}
