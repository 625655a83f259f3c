package barograph.rehearsal;

import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.login.Trial;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.ProbeSpec.Expect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Holds the answers to probes under a new configuration against those under the old one.
///
/// The old one is tried twice: what differs between these two runs is noise, and no difference of the new one.
public final class Comparison {
    /// Less than this is no difference of time, however steady the two runs were.
    private static final Duration LEAST = Duration.ofMillis(100);
    /// A login that takes this much longer is worse: people begin to wait (Nielsen, Usability Engineering, 1993, 5.5).
    private static final Duration WAITING = Duration.ofSeconds(1);

    private final List<ProbeSpec> probes;
    private final List<Expectation> expectations;
    private final Map<ProbeId, Trial> old;
    private final Map<ProbeId, Trial> again;
    private final Duration jitter;

    /// @param expectations what the change is to alter: an outcome that it wants is not worse
    /// @param old one trial of each probe under the old configuration
    /// @param again the same once more
    public Comparison(List<ProbeSpec> probes, List<Expectation> expectations, List<Trial> old, List<Trial> again) {
        this.probes = List.copyOf(probes);
        this.expectations = List.copyOf(expectations);
        this.old = byProbe(old);
        this.again = byProbe(again);
        this.jitter = probes.stream()
                .map(ProbeSpec::id)
                .filter(id -> accepted(this.old.get(id)) && accepted(this.again.get(id)))
                .map(id -> took(trial(this.old, id))
                        .minus(took(trial(this.again, id)))
                        .abs())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static boolean accepted(@Nullable Trial trial) {
        return trial != null && trial.outcome().accepted();
    }

    /// The most by which the time of one accepted probe differs between the two runs of the old configuration.
    public Duration jitter() {
        return jitter;
    }

    /// The probes that ended differently in the two runs.
    public List<ProbeId> unsteady() {
        return probes.stream()
                .map(ProbeSpec::id)
                .filter(id -> old.containsKey(id) && again.containsKey(id) && !steady(id))
                .toList();
    }

    private boolean steady(ProbeId id) {
        Trial one = trial(old, id);
        Trial other = trial(again, id);
        return one.asExpected() == other.asExpected()
                && one.outcome().reason().equals(other.outcome().reason());
    }

    private static Trial trial(Map<ProbeId, Trial> trials, ProbeId id) {
        return Optional.ofNullable(trials.get(id))
                .orElseThrow(() -> new IllegalArgumentException("probe " + id + " was not tried"));
    }

    /// Why nothing can be learned on this server: probes that did not end as the site expects in either run of the old
    /// configuration. Empty where the server is well.
    public Optional<String> illness() {
        List<String> ill = probes.stream()
                .map(ProbeSpec::id)
                .filter(id -> !trial(old, id).asExpected() && !trial(again, id).asExpected())
                .map(id -> failure(trial(old, id)))
                .toList();
        return ill.isEmpty()
                ? Optional.empty()
                : Optional.of("it was not well before anything was touched: " + String.join("; ", ill)
                        + ". Nothing was tried. Mend the server, the test account or the probe, and apply again");
    }

    /// What worked before the rehearsal and no longer does after it, though the old configuration is back.
    ///
    /// @param back one trial of each probe after the way back
    public List<String> spoiled(List<Trial> back) {
        return back.stream()
                .filter(trial -> !trial.asExpected() && wasFine(trial.probe()))
                .map(Comparison::failure)
                .toList();
    }

    private boolean wasFine(ProbeId id) {
        return trial(old, id).asExpected() && trial(again, id).asExpected();
    }

    private static String failure(Trial trial) {
        String wanted = trial.expected() == Expect.ACCEPT ? "accepted" : "rejected";
        String got = trial.outcome().accepted() && trial.expected() == Expect.ACCEPT
                ? "was accepted without all that it asks for (" + trial.said() + ")"
                : "was to be " + wanted + " and ended as " + words(trial);
        return "probe " + trial.probe() + " " + got
                + (isOfAccount(trial) ? ", which is the test account's own trouble and not the server's" : "");
    }

    /// The reasons that a protocol gives for what an administrator did to an account.
    private static boolean isOfAccount(Trial trial) {
        return switch (trial.outcome().reason()) {
            case "locked", "disabled", "expired_password", "expired_account" -> true;
            default -> false;
        };
    }

    /// Whether an accepted login took longer than noise explains; such a probe deserves a second try.
    public boolean isSlow(Trial trial) {
        return slowness(trial).compareTo(Duration.ZERO) > 0;
    }

    /// By how much longer it took than noise explains; never negative.
    private Duration slowness(Trial trial) {
        Trial one = trial(old, trial.probe());
        Trial other = trial(again, trial.probe());
        if (!trial.outcome().accepted()
                || !one.outcome().accepted()
                || !other.outcome().accepted()) {
            return Duration.ZERO; // servers let refusals wait, so their time says nothing
        }
        Duration usual = took(one).compareTo(took(other)) > 0 ? took(one) : took(other);
        Duration noise = jitter.multipliedBy(3).plus(LEAST).plus(usual.dividedBy(2));
        Duration beyond = took(trial).minus(usual).minus(noise);
        return beyond.isNegative() ? Duration.ZERO : beyond;
    }

    /// Of two trials of one probe the one that tells less of a busy moment: the quicker one, if both were accepted.
    public static Trial quicker(Trial one, Trial other) {
        boolean both = one.outcome().accepted() && other.outcome().accepted();
        return !both || took(one).compareTo(took(other)) <= 0 ? one : other;
    }

    private static Duration took(Trial trial) {
        return trial.steps().stream().map(Trial.Stride::took).reduce(Duration.ZERO, Duration::plus);
    }

    /// What is different about a run under the new configuration as it goes out, in the order of the probes.
    ///
    /// @param candidate one trial of each probe that was tried
    public List<Difference> differences(List<Trial> candidate) {
        return differences(candidate, Onset.AT_ONCE);
    }

    /// What is different only once the server is started anew.
    ///
    /// @param early what was found without a restart
    /// @param restarted one trial of each probe that was tried after it
    public List<Difference> asleep(List<Difference> early, List<Trial> restarted) {
        return differences(restarted, Onset.NEXT_RESTART).stream()
                .filter(late -> early.stream().noneMatch(known -> known.covers(late)))
                .toList();
    }

    private List<Difference> differences(List<Trial> candidate, Onset onset) {
        Map<ProbeId, Trial> now = byProbe(candidate);
        List<Difference> differences = new ArrayList<>();
        for (ProbeSpec probe : probes) {
            Trial is = now.get(probe.id());
            if (is != null) {
                differences.addAll(new Pair(probe, is, onset).differences());
            }
        }
        return differences;
    }

    /// Whether the change does what it is for: it must, and the old configuration must not have done so already.
    ///
    /// @param candidate the run under the new configuration as it goes out
    public List<Finding> findings(List<Trial> candidate) {
        Map<ProbeId, Trial> now = byProbe(candidate);
        List<Finding> findings = new ArrayList<>();
        for (Expectation expectation : expectations) {
            Trial is = now.get(expectation.probe());
            if (is != null) {
                findings.add(Finding.of(expectation, Optional.of(trial(old, expectation.probe())), is));
            }
        }
        return findings;
    }

    private static Map<ProbeId, Trial> byProbe(List<Trial> trials) {
        Map<ProbeId, Trial> byProbe = new HashMap<>();
        trials.forEach(trial -> byProbe.put(trial.probe(), trial));
        return byProbe;
    }

    private static String words(Trial trial) {
        return trial.outcome().accepted() ? "accepted" : trial.outcome().reason() + " (" + trial.said() + ")";
    }

    /// One probe, before and after.
    private final class Pair {
        private final ProbeSpec probe;
        private final Trial was;
        private final Trial steady;
        private final Trial is;
        private final Onset onset;

        Pair(ProbeSpec probe, Trial is, Onset onset) {
            this.probe = probe;
            this.was = trial(old, probe.id());
            this.steady = trial(again, probe.id());
            this.is = is;
            this.onset = onset;
        }

        List<Difference> differences() {
            List<Difference> differences = new ArrayList<>();
            if (!sameOutcome(was, is)) {
                if (is.doorLeftOpen() || steady(probe.id())) {
                    differences.add(make(isWorse(), words(was), words(is), Dimension.OUTCOME));
                    differences.addAll(attributes(Dimension.CERTIFICATE));
                }
                return differences;
            }
            differences.addAll(attributes(Dimension.REPLY));
            differences.addAll(attributes(Dimension.CERTIFICATE));
            Duration beyond = slowness(is);
            if (!beyond.isZero()) {
                differences.add(make(
                        beyond.compareTo(WAITING) >= 0,
                        "accepted after " + took(was).toMillis() + " ms",
                        "accepted after " + took(is).toMillis() + " ms",
                        Dimension.LATENCY));
            }
            return differences;
        }

        private static boolean sameOutcome(Trial one, Trial other) {
            return one.asExpected() == other.asExpected()
                    && one.outcome().reason().equals(other.outcome().reason());
        }

        /// What the change itself wants is not worse, whatever the site expects of the probe otherwise.
        private boolean isWorse() {
            Optional<Expect> wanted = expectations.stream()
                    .filter(expectation -> expectation.probe().equals(probe.id()))
                    .flatMap(expectation -> expectation.outcome().stream())
                    .findFirst();
            return wanted.map(outcome -> is.outcome().accepted() != (outcome == Expect.ACCEPT))
                    .orElseGet(() -> (was.asExpected() && !is.asExpected()) || is.doorLeftOpen());
        }

        /// A run that did not come as far as a certificate says nothing about it.
        private List<Difference> attributes(Dimension dimension) {
            TreeSet<String> names = new TreeSet<>(was.reply().keySet());
            names.addAll(is.reply().keySet());
            return names.stream()
                    .filter(name -> Dimension.of(name) == dimension)
                    .filter(name -> dimension == Dimension.REPLY || is.reply().containsKey(name))
                    .filter(name -> value(was, name).equals(value(steady, name))
                            && !value(was, name).equals(value(is, name)))
                    .map(name -> make(false, name + " " + value(was, name), name + " " + value(is, name), dimension))
                    .toList();
        }

        private static String value(Trial trial, String name) {
            return trial.reply().getOrDefault(name, "absent");
        }

        private Difference make(boolean worse, String before, String after, Dimension dimension) {
            return new Difference(probe.id(), probe.group(), worse, before, after, dimension, onset);
        }
    }
}
