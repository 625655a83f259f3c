package barograph.runner;

import barograph.diagnosis.ChangedFile;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Facts;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Observation.Tried;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the record of one change knows that a diagnosis needs: what was changed, where, and how the probes ended before
/// it, under it, and after it was taken back.
public final class CaseFile {
    /// So many other servers are looked at, to compare with.
    private static final int MOST_BESIDE = 3;

    private final Site site;
    private final List<Happening> history;
    private final Rollout rollout;
    private final Map<ServerId, Instant> backAt = new TreeMap<>();

    /// @param history all events of the change in the order of the record
    public CaseFile(Site site, List<Happening> history) {
        this.site = site;
        this.history = history;
        this.rollout = Rollout.replay(history);
        history.forEach(each -> {
            if (each.event() instanceof Event.Answered(ServerId server, var _, Receipt.RolledBack _)) {
                backAt.putIfAbsent(server, each.at());
            }
        });
    }

    /// The server to look at: one with the change whose probes fail, else the first that had it; empty while no server
    /// ever had it.
    public Optional<ServerId> suspicious() {
        Set<ServerId> changed = changed();
        return tries().stream()
                .filter(tried ->
                        tried.phase() == Phase.MEANWHILE && !tried.trial().asExpected())
                .map(tried -> tried.trial().server())
                .filter(changed::contains)
                .findFirst()
                .or(() -> changed.stream().findFirst());
    }

    /// Servers that have, had, or were about to have the change, in the order of their names.
    public Set<ServerId> changed() {
        Set<ServerId> changed = new TreeSet<>();
        history.forEach(each -> {
            if (each.event() instanceof Event.Ordered(ServerId server, barograph.rollout.Errand errand)
                    && errand == barograph.rollout.Errand.APPLY) {
                changed.add(server);
            }
        });
        return changed;
    }

    /// Servers without the change that speak what this one speaks: the unchanged ones first, then the backups.
    public static Set<ServerId> beside(Site site, ServerId id, Set<ServerId> changed) {
        List<String> speaks = site.server(id).map(Server::speaks).orElse(List.of());
        Set<ServerId> backups = site.backups().stream().map(Server::id).collect(Collectors.toSet());
        List<ServerId> alike = site.servers().stream()
                .filter(server -> server.speaks().equals(speaks))
                .map(Server::id)
                .filter(other -> !other.equals(id) && !changed.contains(other))
                .toList();
        return java.util.stream.Stream.concat(
                        alike.stream().filter(other -> !backups.contains(other)),
                        alike.stream().filter(backups::contains))
                .limit(MOST_BESIDE)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    public Set<ServerId> beside(ServerId id) {
        return beside(site, id, changed());
    }

    /// How far back a server's log may tell of the trouble: to when it got the change.
    public Instant since(ServerId id, Instant otherwise) {
        return Optional.ofNullable(rollout.holds().get(id))
                .flatMap(Hold::appliedAt)
                .orElse(otherwise);
    }

    /// Judges what was looked at together with what the record knows.
    public Diagnosis diagnosis(ServerId id, List<Observation> looks) {
        List<Observation> all = new ArrayList<>();
        tries().stream().filter(tried -> tried.trial().server().equals(id)).forEach(all::add);
        looks.forEach(look -> all.add(
                look instanceof Tried(Phase _, Trial trial, String via) ? new Tried(phase(trial), trial, via) : look));
        return Diagnosis.of(all, facts(id));
    }

    private Facts facts(ServerId id) {
        Event.Proposed proposed = rollout.proposed();
        boolean harmful = rollout.lastWeighed()
                .map(Event.Weighed::verdict)
                .filter(Verdict.Harmful.class::isInstance)
                .isPresent();
        return new Facts(
                id,
                changed(),
                Optional.of(new Facts.Changed(
                        proposed.change().value(),
                        ChangedFile.of(proposed.paths(), proposed.diff()),
                        harmful ? Facts.Onset.WITH_IT : Facts.Onset.UNTOLD,
                        rehearsed())));
    }

    private Facts.Rehearsed rehearsed() {
        List<Report> reports = rollout.reports();
        boolean harm = reports.stream()
                .anyMatch(report -> report.differences().stream().anyMatch(Difference::worse)
                        || report.trouble().startsWith("the server did not come up"));
        boolean nothing = !reports.isEmpty() && reports.stream().allMatch(Report::passed);
        return harm ? Facts.Rehearsed.HARM : nothing ? Facts.Rehearsed.NOTHING : Facts.Rehearsed.NOT;
    }

    /// The tries that the record holds.
    private List<Tried> tries() {
        Map<ProbeId, String> protocols =
                site.probes().stream().collect(Collectors.toMap(ProbeSpec::id, ProbeSpec::via));
        return history.stream()
                .filter(each -> each.event() instanceof Event.Probed)
                .map(each -> ((Event.Probed) each.event()).trial())
                .filter(trial -> protocols.containsKey(trial.probe()))
                .map(trial -> new Tried(phase(trial), trial, protocols.getOrDefault(trial.probe(), "")))
                .toList();
    }

    private Phase phase(Trial trial) {
        Optional<Instant> applied =
                Optional.ofNullable(rollout.holds().get(trial.server())).flatMap(Hold::appliedAt);
        Instant back = backAt.get(trial.server());
        if (back != null && !trial.at().isBefore(back)) {
            return Phase.AFTERWARDS;
        }
        return changed().contains(trial.server())
                        && applied.filter(at -> trial.at().isBefore(at)).isPresent()
                ? Phase.BEFORE
                : Phase.MEANWHILE;
    }
}
