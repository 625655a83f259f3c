package barograph.watch;

import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ServerId;
import barograph.verdict.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the probes say, which needs no statistics.
///
/// Harm at once: a probe that was as expected before, or is so on an unchanged server now, and is not so twice
/// running on a changed one; and a door that was shut before, or is shut on an unchanged server, and is open on a
/// changed one. What is the same on an unchanged server is not the change. Keeps four numbers per probe and server.
final class ProbeEvidence {
    private static final int FAILS_TWICE = 2;

    private final WatchPlan plan;
    private final Map<ProbeId, Map<ServerId, Seen>> seen = new TreeMap<>();

    ProbeEvidence(WatchPlan plan) {
        this.plan = plan;
    }

    /// What one probe met on one server.
    private static final class Seen {
        boolean fineBefore;
        boolean shutBefore;

        @Nullable
        Trial last;

        int triesSince;
        int failsRunning;
    }

    void add(Trial trial) {
        Seen met = seen.computeIfAbsent(trial.probe(), _ -> new TreeMap<>())
                .computeIfAbsent(trial.server(), _ -> new Seen());
        var changedAt = plan.changed().getOrDefault(trial.server(), plan.at());
        if (trial.at().isBefore(changedAt)) {
            met.fineBefore = trial.asExpected();
            met.shutBefore = !trial.doorLeftOpen();
            return;
        }
        boolean restarting = trial.at().isBefore(changedAt.plus(plan.rules().settle()));
        if (restarting && !trial.doorLeftOpen()) {
            return;
        }
        met.last = trial;
        met.triesSince++;
        met.failsRunning = trial.asExpected() ? 0 : met.failsRunning + 1;
    }

    /// Open doors first, then logins that fail.
    List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        seen.forEach((probe, servers) -> servers.forEach((server, met) -> {
            if (plan.changed().containsKey(server) && met.last != null) {
                judge(probe, server, met, met.last, signals);
            }
        }));
        signals.sort(Comparator.comparing((Signal signal) -> !signal.stream().startsWith("door:")));
        return signals;
    }

    private void judge(ProbeId probe, ServerId server, Seen met, Trial last, List<Signal> signals) {
        List<Trial> elsewhere = lastOnUnchanged(probe);
        if (last.doorLeftOpen()) {
            boolean shutElsewhere = elsewhere.stream().anyMatch(trial -> !trial.doorLeftOpen());
            boolean openElsewhere = elsewhere.stream().anyMatch(Trial::doorLeftOpen);
            if (!openElsewhere && (met.shutBefore || shutElsewhere)) {
                signals.add(new Signal("door:" + probe, server.value(), 2, 2, met.triesSince, met.failsRunning, 0));
            }
            return;
        }
        boolean fineElsewhere = elsewhere.stream().anyMatch(Trial::asExpected);
        boolean failsElsewhere = elsewhere.stream().anyMatch(trial -> !trial.asExpected());
        if (met.failsRunning >= FAILS_TWICE && !failsElsewhere && (met.fineBefore || fineElsewhere)) {
            int fails = met.failsRunning;
            signals.add(new Signal("probe:" + probe, server.value(), fails, FAILS_TWICE, met.triesSince, fails, 0));
        }
    }

    private List<Trial> lastOnUnchanged(ProbeId probe) {
        List<Trial> last = new ArrayList<>();
        seen.getOrDefault(probe, Map.of()).forEach((server, met) -> {
            if (plan.unchanged().contains(server) && met.last != null) {
                last.add(met.last);
            }
        });
        return last;
    }

    /// The latest trial on a server since the change.
    @Nullable
    Trial last(ProbeId probe, ServerId server) {
        Seen met = seen.getOrDefault(probe, Map.of()).get(server);
        return met == null ? null : met.last;
    }

    /// When a probe last got through on this server; null if none did since the change.
    java.time.@Nullable Instant lastPassOn(ServerId server) {
        return seen.values().stream()
                .map(servers -> servers.get(server))
                .filter(met -> met != null && met.last != null && met.last.asExpected())
                .map(met -> java.util.Objects.requireNonNull(met.last).at())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
