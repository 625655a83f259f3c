package barograph.runner;

import barograph.login.Trial;
import barograph.rehearsal.Onset;
import barograph.rehearsal.Replayed;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The logins of one group, tried again and again in one rehearsal.
///
/// Nobody's account is to be locked by that: who is not let in once is not tried again.
final class Replaying {
    /// More of one group that no longer get in would show nothing new, and each may take its whole time limit.
    private static final int ENOUGH = 25;

    private final Replays.Batch batch;
    private final Prober prober;
    private final Server backup;
    private final List<ProbeSpec> steady = new ArrayList<>();
    private final Map<Onset, Map<String, Integer>> reasons = new TreeMap<>();
    private int tried;
    private int shut;
    private int unsteady;

    Replaying(Replays.Batch batch, Prober prober, Server backup) {
        this.batch = batch;
        this.prober = prober;
        this.backup = backup;
    }

    /// Tries all under the old configuration: those that are let in twice count from then on.
    void before() {
        for (ProbeSpec login : batch.logins()) {
            if (!prober.probe(login, backup).outcome().accepted()) {
                shut++;
            } else if (prober.probe(login, backup).outcome().accepted()) {
                steady.add(login);
            } else {
                unsteady++;
            }
        }
        tried = steady.size();
    }

    /// Tries those that count under the new configuration.
    void now(Onset onset) {
        for (ProbeSpec login : List.copyOf(steady)) {
            if (worse(onset) >= ENOUGH) {
                return;
            }
            Trial trial = prober.probe(login, backup);
            if (!trial.outcome().accepted()) {
                steady.remove(login);
                reasons.computeIfAbsent(onset, _ -> new TreeMap<>())
                        .merge(trial.outcome().reason(), 1, Integer::sum);
            }
        }
    }

    private int worse(Onset onset) {
        return reasons.getOrDefault(onset, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// One for each time at which some got worse; one that says that all are as before, where none did.
    List<Replayed> told() {
        return reasons.isEmpty()
                ? List.of(told(Onset.AT_ONCE))
                : reasons.keySet().stream().map(this::told).toList();
    }

    private Replayed told(Onset onset) {
        String why = reasons.getOrDefault(onset, Map.of()).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                .collect(Collectors.joining(", "));
        List<String> over = new ArrayList<>();
        if (!batch.passedOver().isEmpty()) {
            over.add(batch.passedOver());
        }
        if (shut > 0) {
            over.add(shut + " not let in before the change either");
        }
        if (worse(onset) >= ENOUGH) {
            over.add("the rest, as these are enough");
        }
        return new Replayed(batch.group(), tried, worse(onset), unsteady, why, onset, String.join(", ", over));
    }
}
