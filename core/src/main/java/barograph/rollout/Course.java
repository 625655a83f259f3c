package barograph.rollout;

import barograph.gates.GateState;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides what to do next for a change: a pure function of what has happened and of the time.
///
/// Order is: backup, gates, then wave by wave (snapshot, apply, check, watch), then the last word. Whatever goes
/// wrong calls the rollback, and from then on only [Retreat] decides.
final class Course {
    /// How often an order that nobody answered is sent again before it counts as refused.
    private static final int TRIES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_AFTERMATH = Duration.ofMinutes(1);

    private final Rollout rollout;
    private final Site site;
    private final Instant now;

    Course(Rollout rollout, Site site, Instant now) {
        this.rollout = rollout;
        this.site = site;
        this.now = now;
    }

    Step next() {
        if (rollout.ending().isPresent()) {
            return aftermath(rollout.ending().get());
        }
        if (rollout.cause().isPresent()) {
            return new Retreat(rollout, now).next();
        }
        Optional<Cause> cause = alarm();
        if (cause.isPresent()) {
            return new Step.Note(new Event.RollbackCalled(cause.get()));
        }
        if (rollout.untouched()) {
            Optional<Step> before = beforeTheFirstServer();
            if (before.isPresent()) {
                return before.get();
            }
        }
        if (!rollout.drifted().isEmpty()) {
            return held(rollout.drifted().getFirst());
        }
        for (Wave wave : rollout.plan().waves()) {
            if (!rollout.passed(wave.stage())) {
                return carry(wave);
            }
        }
        return lastWord();
    }

    /// After a rollback the logins are watched a little longer, so that the record shows that they are well again.
    private Step aftermath(Ending ending) {
        Optional<Stage> stage = rollout.lastChangedStage();
        if (ending == Ending.CONFIRMED || stage.isEmpty() || rollout.tracedSinceTheEnd()) {
            return new Step.End(ending);
        }
        WatchRules rules = rollout.plan().watch();
        Duration wanted = rules.settle().plus(rules.probeEvery().multipliedBy(3));
        Instant until = rollout.endedAt().plus(wanted.compareTo(LONGEST_AFTERMATH) < 0 ? wanted : LONGEST_AFTERMATH);
        boolean back = now.isBefore(rollout.endedAt()); // a clock was set back: it is not waited for
        return now.isBefore(until) && !back
                ? new Step.Watch(stage.get(), Optional.of(until), "logins to be seen well again")
                : new Step.Trace(stage.get());
    }

    /// What calls for a rollback at once, whatever the stage.
    private Optional<Cause> alarm() {
        for (Hold hold : rollout.holds().values()) {
            if (hold.rolledBack().isPresent()) {
                return Optional.of(new Cause(
                        byItself(hold.rolledBack().get()),
                        hold.server() + " put its old configuration back by itself: "
                                + hold.rolledBack().get().because()));
            }
            Duration lease = rollout.plan().lease();
            if (hold.applied()
                    && hold.silentSince()
                            .filter(since -> !since.plus(lease).isAfter(now))
                            .isPresent()) {
                return Optional.of(new Cause(Cause.Sort.LEASE, silence(hold, lease)));
            }
            if (hold.unmet().isPresent()) {
                return Optional.of(new Cause(
                        Cause.Sort.EXPECTATION,
                        "On " + hold.server() + " the change does not do what it is for: "
                                + hold.unmet().get()));
            }
        }
        return rollout.lastWeighed()
                .map(Event.Weighed::verdict)
                .filter(Verdict.Harmful.class::isInstance)
                .map(verdict -> new Cause(Cause.Sort.HARMFUL, verdict.because()));
    }

    /// What silence means: only answers may be lost, and then the lease goes on being renewed.
    private static String silence(Hold hold, Duration lease) {
        return hold.server() + " has not answered for " + lease.toSeconds() + " s, as long as its lease. "
                + (hold.toldToKeep()
                        ? "It was told to keep the change for good, and nobody knows whether it heard that"
                        : "Unless orders still reach it, its guard puts the old configuration back by itself");
    }

    private static Cause.Sort byItself(Receipt.RolledBack back) {
        return back.because().contains("lease") || back.because().contains("reboot")
                ? Cause.Sort.LEASE
                : Cause.Sort.GUARD;
    }

    /// Somebody else has changed files of the change on a server: nothing goes on, and the leases are kept alive, until
    /// a person has decided. A site that takes back what is undecided at the latest time has that done here too.
    private Step held(Hold hold) {
        WatchRules rules = rollout.plan().watch();
        Instant latest = hold.driftedAt().plus(rules.atMost());
        boolean ends = rules.undecided() == WatchRules.Policy.ROLL_BACK;
        if (ends && !now.isBefore(latest)) {
            return new Step.Note(new Event.RollbackCalled(new Cause(
                    Cause.Sort.DRIFTED,
                    "On " + hold.server() + " somebody else changed files of the change: " + Drift.words(hold.drift())
                            + ". Nobody decided about that within "
                            + rules.atMost().toSeconds() + " s")));
        }
        return new Step.Watch(
                rollout.lastChangedStage().orElseThrow(),
                ends ? Optional.of(latest) : Optional.empty(),
                "an operator to decide about what somebody else changed on " + hold.server() + ": go on or roll back");
    }

    private Optional<Step> beforeTheFirstServer() {
        if (rollout.released().isEmpty()) {
            return Optional.of(rest("an operator to apply it"));
        }
        List<ServerId> unrehearsed = rollout.plan().backups().keySet().stream()
                .filter(backup -> rollout.reports().stream()
                        .noneMatch(report -> report.backup().equals(backup)))
                .sorted()
                .toList();
        if (!unrehearsed.isEmpty()) {
            return Optional.of(new Step.Rehearse(unrehearsed));
        }
        if (rollout.forecast().isEmpty()) {
            return Optional.of(new Step.Predict());
        }
        List<GateState> gates = rollout.gates(site);
        return gates.stream()
                .filter(gate -> !gate.passable())
                .findFirst()
                .map(shut ->
                        new Step.Rest(Optional.empty(), "gate " + shut.gate().name(), gates));
    }

    private Step rest(String waiting) {
        return new Step.Rest(Optional.empty(), waiting, rollout.gates(site));
    }

    private Step carry(Wave wave) {
        Map<ServerId, Errand> errands = new TreeMap<>();
        for (ServerId server : wave.servers().keySet()) {
            Hold hold = rollout.hold(server);
            if (!hold.applied()) {
                Errand errand = hold.snapshot().isEmpty() ? Errand.SNAPSHOT : Errand.APPLY;
                Optional<Step> trouble = trouble(hold, errand);
                if (trouble.isPresent()) {
                    return trouble.get();
                }
                errands.put(server, errand);
            }
        }
        if (errands.containsValue(Errand.SNAPSHOT)) {
            errands.values().removeIf(errand -> errand != Errand.SNAPSHOT);
        }
        if (!errands.isEmpty()) {
            return new Step.Send(errands);
        }
        return checkOrWatch(wave);
    }

    /// Whether a server's last answer to this errand forbids to send it once more now.
    private Optional<Step> trouble(Hold hold, Errand errand) {
        Optional<Receipt> answer = hold.answer(errand);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        boolean patient = hold.attempts() < TRIES || errand == Errand.CONFIRM; // which the alarm ends, after a lease
        if (answer.get() instanceof Receipt.Unreachable && patient) {
            Instant again = hold.lastAt().plus(hold.pause(PAUSE));
            return hold.rests(now, PAUSE)
                    ? Optional.of(new Step.Rest(Optional.of(again), hold.server() + " to answer", List.of()))
                    : Optional.empty();
        }
        return Optional.of(new Step.Note(new Event.RollbackCalled(new Cause(
                Cause.Sort.GUARD,
                hold.server() + " did not take the change: " + answer.get().trouble()))));
    }

    private Step checkOrWatch(Wave wave) {
        if (!rollout.proposed().expect().isEmpty()) {
            for (ServerId server : wave.servers().keySet()) {
                if (!rollout.hold(server).isChecked()) {
                    return new Step.Check(server);
                }
            }
        }
        Instant since = wave.servers().keySet().stream()
                .map(server -> rollout.hold(server).appliedAt().orElse(now))
                .max(Instant::compareTo)
                .orElse(now);
        Instant latest = since.plus(rollout.plan().watch().atMost());
        Optional<Verdict> verdict = rollout.verdict(wave.stage());
        if (verdict.orElse(null) instanceof Verdict.Healthy healthy) {
            return passed(wave, healthy.because());
        }
        if (now.isBefore(latest)) {
            return new Step.Watch(wave.stage(), Optional.of(latest), "a verdict on stage " + wave.stage());
        }
        return atTheLatest(wave, verdict);
    }

    private Step passed(Wave wave, String because) {
        return rollout.traced(wave.stage())
                ? new Step.Note(new Event.StagePassed(wave.stage(), because))
                : new Step.Trace(wave.stage());
    }

    /// The time is over and nothing is proven: the site's policy decides.
    private Step atTheLatest(Wave wave, Optional<Verdict> verdict) {
        WatchRules rules = rollout.plan().watch();
        boolean blind = verdict.orElse(null) instanceof Verdict.Blind;
        String why = verdict.map(Verdict::because).orElse("No login has been seen yet.");
        return switch (blind ? rules.blind() : rules.undecided()) {
            case CONTINUE -> passed(wave, "The site goes on without a verdict. " + why);
            case ROLL_BACK ->
                new Step.Note(new Event.RollbackCalled(new Cause(
                        Cause.Sort.UNPROVEN,
                        "After " + rules.atMost().toSeconds() + " s nothing shows that stage " + wave.stage()
                                + " is healthy. " + why)));
            case ASK -> ask(wave, why);
        };
    }

    private Step ask(Wave wave, String why) {
        if (rollout.decisionGiven(wave.stage())) {
            return passed(wave, "A person decided to go on. " + why);
        }
        if (!rollout.decisionAsked(wave.stage())) {
            return new Step.Note(new Event.DecisionAsked(wave.stage(), why));
        }
        return new Step.Watch(
                wave.stage(),
                Optional.empty(),
                "an operator to decide about stage " + wave.stage() + ": go on or roll back");
    }

    private Step lastWord() {
        Wave last = rollout.plan().waves().getLast();
        Optional<Plan.Confirmer> confirmer = rollout.plan().confirm();
        if (confirmer.isPresent() && rollout.confirmed().isEmpty()) {
            if (rollout.confirmationDeadline().isEmpty()) {
                return new Step.Note(
                        new Event.ConfirmationAsked(now.plus(confirmer.get().within())));
            }
            Instant deadline = rollout.confirmationDeadline().get();
            if (!now.isBefore(deadline)) {
                return new Step.Note(new Event.RollbackCalled(new Cause(
                        Cause.Sort.UNCONFIRMED,
                        confirmer.get().by() + " did not confirm within "
                                + confirmer.get().within().toSeconds() + " s")));
            }
            return new Step.Watch(
                    last.stage(), Optional.of(deadline), confirmer.get().by() + " to confirm");
        }
        Map<ServerId, Errand> errands = new TreeMap<>();
        for (ServerId server : rollout.plan().servers()) {
            Hold hold = rollout.hold(server);
            if (!hold.confirmed()) {
                Optional<Step> trouble = trouble(hold, Errand.CONFIRM);
                if (trouble.isPresent()) {
                    return trouble.get();
                }
                errands.put(server, Errand.CONFIRM);
            }
        }
        return errands.isEmpty() ? new Step.Note(new Event.Ended(Ending.CONFIRMED)) : new Step.Send(errands);
    }
}
