package barograph.hindcast;

import barograph.login.Login;
import barograph.login.Trial;
import barograph.verdict.Evidence.Suspicion;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import barograph.watch.Watch;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The same [Watch], run over logins of the past: when would it have spoken, and how many logins earlier than
/// people did?
///
/// Logins come in the order of their times, from all servers together; a late one is taken in, but nothing is looked
/// at again for it. Single-threaded. Memory does not grow with the logins: one watch, its turns, and what the
/// picture needs.
public final class Hindcast {
    private static final Duration AFTER_HARM = Duration.ofMinutes(1);

    private final WatchPlan plan;
    private final Watch watch;
    private final Tempo tempo;
    private final List<Turn> turns = new ArrayList<>();
    private final @Nullable Duration every;
    private Instant lastLook;
    /// A login is looked at from here on.
    private Instant earliestLook;
    /// Without one it is looked then.
    private Instant latestLook;
    private Instant newest;
    private Instant harmAt = Instant.MAX;
    private long looks;

    /// Looks as often as the logins are worth it: after each of them, at first, and more rarely the longer ago the
    /// change is; at least every ten seconds, and no more often than every second in the long run.
    public Hindcast(WatchPlan plan) {
        this(plan, null);
    }

    /// @param every how much time of the logs passes between two looks; null: as often as they are worth it
    public Hindcast(WatchPlan plan, @Nullable Duration every) {
        if (every != null && !every.isPositive()) {
            throw new IllegalArgumentException("the time between two looks is above zero, not " + every);
        }
        this.plan = plan;
        this.every = every;
        watch = new Watch(plan);
        tempo = new Tempo(plan);
        newest = plan.learnFrom();
        lastLook = plan.at();
        earliestLook = plan.at().plus(Looks.pause(Duration.ZERO));
        latestLook = every == null ? plan.at().plus(Looks.idle(Duration.ZERO)) : plan.at();
    }

    /// Takes in the next login, after all looks that were due before it.
    public void add(Login login) {
        passTo(login.at());
        watch.add(login);
        tempo.add(login);
        newest = login.at().isAfter(newest) ? login.at() : newest;
    }

    /// Takes in the next try of a probe.
    public void add(Trial trial) {
        passTo(trial.at());
        watch.add(trial);
        newest = trial.at().isAfter(newest) ? trial.at() : newest;
    }

    /// Makes the looks that are due before anything of `at` is known.
    private void passTo(Instant at) {
        if (every == null && at.isAfter(newest) && !newest.isBefore(earliestLook)) {
            look(newest);
        }
        while (every == null ? latestLook.isBefore(at) : !latestLook.isAfter(at)) {
            look(latestLook);
        }
    }

    private boolean harmful() {
        return !harmAt.equals(Instant.MAX);
    }

    private void look(Instant at) {
        looks++;
        lastLook = at;
        Verdict verdict = watch.weigh(at);
        if (turns.isEmpty() || !turns.getLast().verdict().word().equals(verdict.word())) {
            if (verdict instanceof Verdict.Harmful && !harmful()) {
                harmAt = at;
            }
            turns.add(new Turn(at, verdict, watch.counts(), evidence(verdict)));
        }
        plan(at);
    }

    /// When to look again: what was proven stays proven, so that after harm only the picture is drawn on.
    private void plan(Instant at) {
        Duration age = Duration.between(plan.at(), at);
        earliestLook = at.plus(harmful() ? AFTER_HARM : Looks.pause(age));
        Duration idle = harmful() ? AFTER_HARM.multipliedBy(2) : Looks.idle(age);
        latestLook = at.plus(every == null ? idle : every);
    }

    private double evidence(Verdict verdict) {
        if (verdict instanceof Verdict.Harmful(List<Signal> signals, String _)) {
            return signals.isEmpty() ? 1 : signals.getFirst().eValue();
        }
        return watch.suspicion().map(Suspicion::signal).map(Signal::eValue).orElse(1.0);
    }

    /// Looks once more, at the end of the logs, and sums up.
    public Summary end(Instant at) {
        passTo(at);
        if (turns.isEmpty() || at.isAfter(lastLook)) {
            look(at);
        }
        return summary();
    }

    /// What there is to say so far.
    public Summary summary() {
        Optional<Turn> harm = turns.stream()
                .filter(turn -> turn.verdict() instanceof Verdict.Harmful)
                .findFirst();
        return new Summary(List.copyOf(turns), harm, watch.counts(), looks);
    }

    /// The turns so far.
    public List<Turn> turns() {
        return List.copyOf(turns);
    }

    /// The trace so far, for drawing.
    public Drum drum() {
        return watch.drum();
    }

    /// How long logins took, for drawing beside the [#drum].
    public Tempo tempo() {
        return tempo;
    }

    /// The verdict became another one.
    ///
    /// @param at in the time of the logs
    /// @param counts what had happened on the changed servers by then
    /// @param eValue the strongest evidence of harm by then, at least 1: how much less likely it would be if the
    ///        change did nothing
    public record Turn(Instant at, Verdict verdict, Counts counts, double eValue) {
        /// Whom it hits, each once, the strongest evidence first; empty where nobody is known to be hit.
        public List<String> segments() {
            return verdict instanceof Verdict.Harmful(List<Signal> signals, String _)
                    ? signals.stream().map(Signal::segment).distinct().toList()
                    : List.of();
        }
    }

    /// What the watch would have done.
    ///
    /// @param turns each change of the verdict, in order
    /// @param harm the first turn to `HARMFUL`, if there was one
    /// @param counts what happened on the changed servers until the end of the logs
    /// @param looks how often the evidence was looked at
    public record Summary(List<Turn> turns, Optional<Turn> harm, Counts counts, long looks) {
        /// How many failed logins would have been spared: those after the first `HARMFUL`.
        public long failedLoginsAfterHarm() {
            return harm.map(turn -> counts.failedLogins() - turn.counts().failedLogins())
                    .orElse(0L);
        }
    }
}
