package barograph.corpus;

import barograph.forecast.Forecast;
import java.util.List;
import java.util.Optional;

/// What came of playing one change of the corpus.
///
/// @param rehearsal what the backup server saw
/// @param canary what the first server's logins told; empty where it was not tried on one
/// @param alone whether the canary had no probe for the people whom it hits, so that logins alone could tell
/// @param exact whether each server was to the byte what it was before, where the change was taken back
/// @param ending how the first rollout ended: `CONFIRMED`, `ROLLED_BACK`, or `gate` where a gate stayed shut
/// @param forecast what was forecast before the first server had it
/// @param diagnosed whether the diagnosis named the change first; empty where none was asked
/// @param took seconds for the whole of it
public record Result(
        String kind,
        Entry entry,
        Seen rehearsal,
        Optional<Seen> canary,
        boolean alone,
        boolean exact,
        String ending,
        Optional<Forecast> forecast,
        Optional<Boolean> diagnosed,
        double took) {

    /// Whether it was kept from most people, or where harmless, let through.
    public boolean right() {
        return entry.effect().harmful()
                ? rehearsal.saw() || canary.filter(Seen::saw).isPresent()
                : ending.equals("CONFIRMED");
    }

    List<String> hits() {
        return entry.hits();
    }
}
