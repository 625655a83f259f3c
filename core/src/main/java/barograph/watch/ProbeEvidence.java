package barograph.watch;

import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ServerId;
import barograph.verdict.Charge;
import barograph.verdict.Signal;
import barograph.verdict.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the probes say, which needs no statistics.
///
/// Harm at once: a probe that was as expected before, or is so on an unchanged server now, and is not so twice
/// running on a changed one; and a door that was shut before, or is shut on an unchanged server, and is open on a
/// changed one. What is the same on an unchanged server is not the change, and neither
/// is an account that is locked or has expired. Keeps four numbers per probe and server.
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
        if (!trial.tells()) {
            return;
        }
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
    List<Charge> charges() {
        List<Charge> doors = new ArrayList<>();
        List<Charge> failing = new ArrayList<>();
        seen.forEach((probe, servers) -> servers.forEach((server, met) -> {
            if (plan.changed().containsKey(server) && met.last != null) {
                if (met.last.doorLeftOpen()) {
                    door(probe, server, met, met.last).ifPresent(doors::add);
                } else {
                    failure(probe, server, met, met.last).ifPresent(failing::add);
                }
            }
        }));
        doors.addAll(failing);
        return doors;
    }

    private Optional<Charge> door(ProbeId probe, ServerId server, Seen met, Trial last) {
        List<Trial> elsewhere = lastOnUnchanged(probe);
        Optional<Trial> shut =
                elsewhere.stream().filter(trial -> !trial.doorLeftOpen()).findFirst();
        boolean openElsewhere = elsewhere.stream().anyMatch(Trial::doorLeftOpen);
        if (openElsewhere || (!met.shutBefore && shut.isEmpty())) {
            return Optional.empty();
        }
        String where = shut.map(trial -> " It is still refused on " + trial.server() + ", which is unchanged.")
                .orElse(" It was refused there before the change.");
        Signal signal = new Signal("door:" + probe, server.value(), 2, 2, met.triesSince, met.failsRunning, 0);
        return Optional.of(new Charge(
                signal,
                "On " + server + ", probe " + probe + " got in at " + Wording.clock(last.at())
                        + ", though it must be refused: a door is left open." + where));
    }

    private Optional<Charge> failure(ProbeId probe, ServerId server, Seen met, Trial last) {
        List<Trial> elsewhere = lastOnUnchanged(probe);
        Optional<Trial> fine = elsewhere.stream().filter(Trial::asExpected).findFirst();
        boolean failsElsewhere = elsewhere.stream().anyMatch(trial -> !trial.asExpected());
        if (met.failsRunning < FAILS_TWICE || failsElsewhere || (!met.fineBefore && fine.isEmpty())) {
            return Optional.empty();
        }
        String where = fine.map(trial -> " It passes on " + trial.server() + ", which is unchanged.")
                .orElse(" It passed there before the change.");
        int fails = met.failsRunning;
        Signal signal = new Signal("probe:" + probe, server.value(), fails, FAILS_TWICE, met.triesSince, fails, 0);
        String how = last.outcome().accepted()
                ? "got in, but not with the answer that it expects"
                : "failed with " + last.outcome().reason();
        return Optional.of(new Charge(
                signal,
                "On " + server + ", probe " + probe + " " + how + ", " + fails + " times running, last at "
                        + Wording.clock(last.at()) + "." + where));
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
}
