package barograph.hindcast;

import barograph.login.Login;
import barograph.login.Trial;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Watch;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same [Watch], run over logins of the past: when would it have spoken, and how many logins earlier than
/// people did?
///
/// Logins come in the order of their times, from all servers together. The watch is asked at fixed intervals of
/// their time, as it would have been live. Single-threaded; keeps only the turns.
public final class Hindcast {
    private final Watch watch;
    private final Duration every;
    private final List<Turn> turns = new ArrayList<>();
    private Instant nextLook;

    /// @param every how much time of the logs passes between two looks
    public Hindcast(WatchPlan plan, Duration every) {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the time between two looks is above zero, not " + every);
        }
        watch = new Watch(plan);
        this.every = every;
        nextLook = plan.at();
    }

    /// Takes in the next login, after all looks that were due before it.
    public void add(Login login) {
        lookUntil(login.at());
        watch.add(login);
    }

    /// Takes in the next try of a probe.
    public void add(Trial trial) {
        lookUntil(trial.at());
        watch.add(trial);
    }

    private void lookUntil(Instant at) {
        while (!nextLook.isAfter(at)) {
            look(nextLook);
            nextLook = nextLook.plus(every);
        }
    }

    private void look(Instant at) {
        Verdict verdict = watch.weigh(at);
        if (turns.isEmpty() || !turns.getLast().verdict().word().equals(verdict.word())) {
            turns.add(new Turn(at, verdict, watch.counts()));
        }
    }

    /// Looks once more, at the end of the logs, and sums up.
    public Summary end(Instant at) {
        lookUntil(at);
        look(at);
        return summary();
    }

    /// What there is to say so far.
    public Summary summary() {
        Optional<Turn> harm = turns.stream()
                .filter(turn -> turn.verdict() instanceof Verdict.Harmful)
                .findFirst();
        return new Summary(List.copyOf(turns), harm, watch.counts());
    }

    /// The turns so far.
    public List<Turn> turns() {
        return List.copyOf(turns);
    }

    /// The verdict became another one.
    ///
    /// @param at in the time of the logs
    /// @param counts what had happened on the changed servers by then
    public record Turn(Instant at, Verdict verdict, Counts counts) {}

    /// What the watch would have done.
    ///
    /// @param turns each change of the verdict, in order
    /// @param harm the first turn to `HARMFUL`, if there was one
    /// @param counts what happened on the changed servers until the end of the logs
    public record Summary(List<Turn> turns, Optional<Turn> harm, Counts counts) {
        /// How many failed logins would have been spared: those after the first `HARMFUL`.
        public long failedLoginsAfterHarm() {
            return harm.map(turn -> counts.failedLogins() - turn.counts().failedLogins())
                    .orElse(0L);
        }
    }
}
