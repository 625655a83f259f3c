package barograph.cli;

import barograph.change.ChangeId;
import barograph.gates.GateState;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Step;
import barograph.runner.Runner;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// One controller's turn of duty over one change: it keeps the runner turning until the change has ended or only a
/// person can move it, and tells what happens as it happens.
public final class Duty {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Workplace workplace;
    private final ChangeId change;
    private final Consumer<Happening> listener;
    private final Consumer<Runner.Glance> onlooker;
    private volatile boolean relieved;
    private long told;

    /// @param listener hears of each event once, in the order of the record
    /// @param onlooker sees each look at the logins
    public Duty(Workplace workplace, ChangeId change, Consumer<Happening> listener, Consumer<Runner.Glance> onlooker) {
        this.workplace = workplace;
        this.change = change;
        this.listener = listener;
        this.onlooker = onlooker;
        List<Happening> history = workplace.journal().of(change);
        this.told = history.isEmpty() ? 0 : history.getLast().index() + 1;
    }

    /// How a turn of duty ended.
    public sealed interface Outcome {
        record Ended(Ending ending) implements Outcome {}

        /// Gates are shut, or nobody has let it go.
        record Waits(String waiting, List<GateState> gates) implements Outcome {}

        /// A person has to decide, and the leases are no longer kept alive from here.
        record Relieved() implements Outcome {}
    }

    /// Blocks until there is nothing more to do here.
    public Outcome run() {
        workplace.journal().append(change, new Event.TakenOn(workplace.controller()));
        Runner runner = new Runner(workplace.journal(), workplace.site(), workplace.world(), change);
        while (!relieved) {
            Step step = runner.turn();
            tell();
            switch (step) {
                case Step.End(Ending ending) -> {
                    return new Outcome.Ended(ending);
                }
                case Step.Rest(Optional<Instant> until, String waiting, List<GateState> gates) -> {
                    if (until.isEmpty()) {
                        return new Outcome.Waits(waiting, gates);
                    }
                    pause();
                }
                case Step.Watch _ -> {
                    runner.glance().ifPresent(onlooker);
                    pause();
                }
                case Step.Rehearse _, Step.Predict _, Step.Send _, Step.Check _, Step.Trace _, Step.Note _ -> {}
            }
        }
        return new Outcome.Relieved();
    }

    /// Lets the running turn be the last one.
    public void relieve() {
        relieved = true;
    }

    /// Whether the listener has heard of an event.
    public boolean heard(Happening happening) {
        return happening.index() < told;
    }

    private static void pause() {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    private void tell() {
        for (Happening happening : workplace.journal().of(change)) {
            if (happening.index() >= told) {
                listener.accept(happening);
                told = happening.index() + 1;
            }
        }
    }

    /// The exit code that an ending stands for.
    static int exitCode(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ended(Ending ending) ->
                switch (ending) {
                    case CONFIRMED -> ExitCode.DONE;
                    case ROLLED_BACK, WITHDRAWN -> ExitCode.HARMFUL;
                    case NEEDS_A_PERSON -> ExitCode.PERSON;
                };
            case Outcome.Waits _, Outcome.Relieved _ -> ExitCode.PERSON;
        };
    }

    /// The one line that shows how a watch goes.
    public static String line(Runner.Glance glance) {
        int width = 20;
        int filled = (int) Math.round(Math.clamp(glance.needle(), 0, 1) * width);
        String needle = "▁".repeat(width - filled) + "█".repeat(filled);
        String verdict = switch (glance.verdict()) {
            case Verdict.Undecided(long needed, String _) -> "too early, about " + needed + " more";
            case Verdict.Healthy _ -> "healthy";
            case Verdict.Harmful _ -> "harmful";
            case Verdict.Blind _ -> "blind";
        };
        return "          " + glance.stage() + "  storm " + needle + "  "
                + glance.counts().logins() + " logins, " + glance.counts().failedLogins() + " failed  ·  " + verdict;
    }
}
