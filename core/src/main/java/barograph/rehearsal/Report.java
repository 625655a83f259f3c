package barograph.rehearsal;

import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the backup server had to say.
///
/// @param backup who rehearsed
/// @param probes how many probes were tried under each configuration
/// @param differences what is different under the new configuration beyond what differs between two runs of the old
/// @param trouble why it could not be carried through, or could not be undone; empty when it was
/// @param byteExact whether the backup is again exactly what it was before
public record Report(ServerId backup, int probes, List<Difference> differences, String trouble, boolean byteExact) {
    public Report {
        differences = List.copyOf(differences);
    }

    /// Nothing that worked before fails under the new configuration, and it was really tried.
    public boolean passed() {
        return trouble.isEmpty()
                && byteExact
                && probes > 0
                && differences.stream().noneMatch(Difference::worse);
    }

    /// Compares the probes under the old configuration, the old one again (which shows the noise) and the new one.
    public static List<Difference> compare(
            List<ProbeSpec> probes, List<Trial> old, List<Trial> again, List<Trial> candidate) {
        Map<ProbeId, Trial> before = byProbe(old);
        Map<ProbeId, Trial> noise = byProbe(again);
        Map<ProbeId, Trial> after = byProbe(candidate);
        List<Difference> differences = new ArrayList<>();
        for (ProbeSpec probe : probes) {
            Trial was = before.get(probe.id());
            Trial steady = noise.get(probe.id());
            Trial is = after.get(probe.id());
            if (was != null && is != null && steady != null && was.tells() && steady.tells() && !is.tells()) {
                differences.add(new Difference(probe.id(), probe.group(), false, words(was), words(is)));
            } else if (was != null && is != null && steady != null && was.tells() && steady.tells()) {
                differences.addAll(between(probe, was, steady, is));
            }
        }
        return differences;
    }

    private static List<Difference> between(ProbeSpec probe, Trial was, Trial steady, Trial is) {
        if (was.asExpected() != is.asExpected()
                || !was.outcome().reason().equals(is.outcome().reason())) {
            boolean steadily = was.asExpected() && steady.asExpected();
            boolean worse = (steadily && !is.asExpected()) || is.doorLeftOpen();
            return List.of(new Difference(probe.id(), probe.group(), worse, words(was), words(is)));
        }
        Set<String> changed = new TreeSet<>();
        Set<String> names = new HashSet<>(was.reply().keySet());
        names.addAll(is.reply().keySet());
        for (String name : names) {
            String old = was.reply().getOrDefault(name, "absent");
            boolean noisy = !old.equals(steady.reply().getOrDefault(name, "absent"));
            if (!noisy && !old.equals(is.reply().getOrDefault(name, "absent"))) {
                changed.add(name);
            }
        }
        return changed.stream()
                .map(name -> new Difference(
                        probe.id(),
                        probe.group(),
                        false,
                        name + " " + was.reply().getOrDefault(name, "absent"),
                        name + " " + is.reply().getOrDefault(name, "absent")))
                .toList();
    }

    private static String words(Trial trial) {
        if (trial.silence().isPresent()) {
            return "nothing told: " + trial.silence().get();
        }
        return trial.outcome().accepted() ? "accepted" : trial.outcome().reason() + " (" + trial.said() + ")";
    }

    private static Map<ProbeId, Trial> byProbe(List<Trial> trials) {
        Map<ProbeId, Trial> byProbe = new HashMap<>();
        trials.forEach(trial -> byProbe.put(trial.probe(), trial));
        return byProbe;
    }
}
