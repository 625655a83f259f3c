package barograph.runner;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rehearsal.Comparison;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Extent;
import barograph.rehearsal.Onset;
import barograph.rehearsal.Report;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tries a change on a backup server: the old configuration, the old one again, the new one as it goes out, the new
/// one after a restart, and back; and looks once more whether all is as before.
///
/// Stateless; one rehearsal at a time on one server.
public final class Rehearser {
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);

    private final GuardLine line;
    private final Prober prober;
    private final Replays replays;

    /// One that replays nothing.
    public Rehearser(GuardLine line, Prober prober) {
        this(line, prober, Replays.NONE);
    }

    public Rehearser(GuardLine line, Prober prober, Replays replays) {
        this.line = line;
        this.prober = prober;
        this.replays = replays;
    }

    /// @param name under which the backup's guard knows this rehearsal; another one each time
    /// @param how in which way the change is to go out
    /// @param probes those that can be tried on this server
    public Report rehearse(Server backup, ChangeId name, Change change, Order.Activation how, List<ProbeSpec> probes) {
        return new Round(backup, name, change, how, probes).run();
    }

    /// The new configuration, put in place once and taken back.
    ///
    /// @param trials one of each probe while it was in place; empty where it never was
    /// @param trouble what went wrong; empty if nothing
    /// @param exact whether the backup's files are again what they were before
    private record Pass(List<Trial> trials, String trouble, boolean exact) {}

    /// One rehearsal.
    private final class Round {
        private final Server backup;
        private final ChangeId name;
        private final Change change;
        private final Order.Activation how;
        private final List<ProbeSpec> probes;
        private final Comparison comparison;
        private final List<Replays.Batch> batches;
        private final List<Replaying> people;

        Round(Server backup, ChangeId name, Change change, Order.Activation how, List<ProbeSpec> probes) {
            this.backup = backup;
            this.name = name;
            this.change = change;
            this.how = how;
            this.probes = probes;
            this.batches = replays.of(backup);
            this.people = batches.stream()
                    .map(batch -> new Replaying(batch, prober, backup))
                    .toList();
            this.comparison = new Comparison(probes, change.request().expectations(), probe(), probe());
        }

        Report run() {
            Optional<String> illness = comparison.illness();
            if (illness.isPresent()) {
                return new Report(backup.id(), probes.size(), List.of(), illness.get(), true);
            }
            people.forEach(Replaying::before);
            Pass first = pass(name, how, Onset.AT_ONCE);
            List<Difference> differences = new ArrayList<>(comparison.differences(first.trials()));
            boolean restarts = how == Order.Activation.RELOAD
                    && first.trouble().isEmpty()
                    && backup.commands().restart().isPresent();
            if (!restarts) {
                return report(first.trouble(), first.exact(), first, differences);
            }
            Pass second = pass(name.with(".restart"), Order.Activation.RESTART, Onset.NEXT_RESTART);
            differences.addAll(comparison.asleep(differences, second.trials()));
            String trouble = second.trouble().isEmpty()
                    ? ""
                    : "what it breaks sleeps until the next restart: after one, " + second.trouble();
            return report(trouble, first.exact() && second.exact(), first, differences);
        }

        private Report report(String carried, boolean exact, Pass first, List<Difference> differences) {
            List<String> spoiled = carried.isEmpty() ? comparison.spoiled(probe()) : List.of();
            String trouble = spoiled.isEmpty()
                    ? carried
                    : "its old files are back, and yet it is not as before: " + String.join("; ", spoiled);
            boolean restarted = how == Order.Activation.RESTART
                    || (first.trouble().isEmpty() && backup.commands().restart().isPresent());
            return new Report(
                    backup.id(),
                    probes.size(),
                    differences,
                    trouble,
                    exact,
                    Optional.of(new Extent(
                            restarted,
                            comparison.unsteady(),
                            comparison.jitter(),
                            comparison.findings(first.trials()),
                            people.stream()
                                    .flatMap(group -> group.told().stream())
                                    .toList())));
        }

        private Pass pass(ChangeId as, Order.Activation activation, Onset onset) {
            Receipt snapped = line.send(backup, new Order.Snapshot(as));
            if (!(snapped instanceof Receipt.Snapped)) {
                return new Pass(List.of(), "its files could not be kept first. " + snapped.trouble(), true);
            }
            Receipt applied =
                    line.send(backup, new Order.Apply(as, change.digest(), change.edit(), activation, lease()));
            if (applied instanceof Receipt.RolledBack back) {
                String both = back.healthy() ? "" : ". Nor is it up with its old files, so look at the server first";
                return new Pass(
                        List.of(), "the server did not come up with it: " + back.because() + both, back.byteExact());
            }
            if (!(applied instanceof Receipt.Applied)) {
                line.send(backup, new Order.RollBack(as));
                return new Pass(List.of(), applied.trouble(), true);
            }
            List<Trial> trials = candidates();
            people.forEach(group -> group.now(onset));
            return back(trials, line.send(backup, new Order.RollBack(as)));
        }

        private Pass back(List<Trial> trials, Receipt receipt) {
            if (!(receipt instanceof Receipt.RolledBack back)) {
                return new Pass(trials, "it could not be undone. " + receipt.trouble(), false);
            }
            boolean early = back.because().contains("lease") || back.because().contains("reboot");
            if (early) {
                return new Pass(
                        List.of(),
                        "it went back by itself while probes were tried: " + back.because(),
                        back.byteExact());
            }
            return new Pass(
                    trials,
                    back.healthy() ? "" : "its old files are back, but it is not up with them: " + back.because(),
                    back.byteExact());
        }

        /// Long enough for all probes, however long each takes: nobody logs in on a backup meanwhile.
        private Duration lease() {
            Stream<ProbeSpec> people = batches.stream().flatMap(batch -> batch.logins().stream());
            Duration longest = Stream.concat(probes.stream(), people)
                    .map(ProbeSpec::within)
                    .reduce(change.request().lease(), (sum, within) -> sum.plus(within.multipliedBy(2)));
            return longest.compareTo(LONGEST_LEASE) < 0 ? longest : LONGEST_LEASE;
        }

        private List<Trial> probe() {
            return probes.stream().map(probe -> prober.probe(probe, backup)).toList();
        }

        /// A login that took long may have met a busy moment, or the first minute of a server: it is tried once more.
        private List<Trial> candidates() {
            return probes.stream()
                    .map(probe -> {
                        Trial trial = prober.probe(probe, backup);
                        return comparison.isSlow(trial)
                                ? Comparison.quicker(trial, prober.probe(probe, backup))
                                : trial;
                    })
                    .toList();
        }
    }
}
