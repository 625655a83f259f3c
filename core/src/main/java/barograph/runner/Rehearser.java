package barograph.runner;

import barograph.change.Change;
import barograph.change.ChangeId;
import barograph.lease.Order;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import java.time.Duration;
import java.util.List;

/// Tries a change on a backup server: the old configuration, the old one again, the new one, and back.
final class Rehearser {
    private final GuardLine line;
    private final Prober prober;

    Rehearser(GuardLine line, Prober prober) {
        this.line = line;
        this.prober = prober;
    }

    /// @param name under which the backup's guard knows this rehearsal; another one each time
    Report rehearse(Server backup, ChangeId name, Change change, Order.Activation how, List<ProbeSpec> probes) {
        Duration lease = change.request().lease();
        List<Trial> old = probe(probes, backup);
        List<Trial> again = probe(probes, backup);
        Receipt snapped = line.send(backup, new Order.Snapshot(name));
        if (!(snapped instanceof Receipt.Snapped)) {
            return failed(backup, probes, "its files could not be kept first. " + snapped.trouble());
        }
        Receipt applied = line.send(backup, new Order.Apply(name, change.digest(), change.edit(), how, lease));
        if (applied instanceof Receipt.RolledBack(var _, boolean exact, boolean _, String because, var _)) {
            return new Report(
                    backup.id(), probes.size(), List.of(), "the server did not come up with it: " + because, exact);
        }
        if (!(applied instanceof Receipt.Applied)) {
            line.send(backup, new Order.RollBack(name));
            return failed(backup, probes, applied.trouble());
        }
        List<Trial> candidate = probe(probes, backup);
        Receipt back = line.send(backup, new Order.RollBack(name));
        List<Difference> differences = Report.compare(probes, old, again, candidate);
        return back instanceof Receipt.RolledBack restored
                ? new Report(backup.id(), told(candidate), differences, "", restored.byteExact() && restored.healthy())
                : new Report(
                        backup.id(), probes.size(), differences, "it could not be undone. " + back.trouble(), false);
    }

    private static int told(List<Trial> trials) {
        return (int) trials.stream().filter(Trial::tells).count();
    }

    private List<Trial> probe(List<ProbeSpec> probes, Server backup) {
        return probes.stream().map(probe -> prober.probe(probe, backup)).toList();
    }

    private static Report failed(Server backup, List<ProbeSpec> probes, String trouble) {
        return new Report(backup.id(), probes.size(), List.of(), trouble, true);
    }
}
