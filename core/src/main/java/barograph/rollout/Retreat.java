package barograph.rollout;

import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides what to do next for a change that is being taken back.
///
/// Every server whose guard may hold something of it is told to roll back until it says that it has. A server that
/// cannot is said so to people, once, and tried on: nothing is ever given up silently.
final class Retreat {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

    private final Rollout rollout;
    private final Site site;
    private final Instant now;

    Retreat(Rollout rollout, Site site, Instant now) {
        this.rollout = rollout;
        this.site = site;
        this.now = now;
    }

    Step next() {
        Map<ServerId, Errand> errands = new TreeMap<>();
        Optional<Instant> again = Optional.empty();
        for (Hold hold : rollout.holds().values()) {
            if (!hold.involved() || hold.restored() || hold.overtaken().isPresent()) {
                continue;
            }
            Optional<Receipt> answer = hold.answer(Errand.ROLL_BACK);
            if (answer.isPresent() && hold.covered().isPresent() && !hold.looked()) {
                errands.put(hold.server(), Errand.LOOK); // the refusal does not say how far this change had come
                continue;
            }
            if (answer.isPresent() && !hold.isPersonNeeded() && worthAWord(hold, answer.get())) {
                return new Step.Note(new Event.PersonNeeded(hold.server(), words(hold, answer.get())));
            }
            if (answer.isPresent() && hold.rests(now, SHORTEST_PAUSE)) {
                Instant due = hold.lastAt().plus(hold.pause(SHORTEST_PAUSE));
                again = again.filter(due::isAfter).or(() -> Optional.of(due));
            } else {
                errands.put(hold.server(), Errand.ROLL_BACK);
            }
        }
        if (!errands.isEmpty()) {
            return new Step.Send(errands);
        }
        return again.<Step>map(due -> new Step.Rest(Optional.of(due), "hosts that do not answer", List.of()))
                .orElseGet(this::end);
    }

    /// A host that is stuck needs a person at once; one that is silent is given its lease, in which it heals itself.
    private boolean worthAWord(Hold hold, Receipt answer) {
        Instant patience = hold.silentSince().orElse(now).plus(rollout.plan().lease());
        return !(answer instanceof Receipt.Unreachable) || !now.isBefore(patience);
    }

    private String words(Hold hold, Receipt answer) {
        String heals = !(answer instanceof Receipt.Unreachable)
                ? ""
                : hold.toldToKeep()
                        ? " It was told to keep the change for good; if it heard that, it keeps it until it is reached."
                        : site.hasDeadMan(hold.server())
                                ? " Its guard rolls back by itself when the lease ends."
                                : " It has no dead-man: the change stays there until it is reached.";
        return hold.server() + " could not be rolled back so far: " + answer.trouble() + heals
                + " It is tried again until it has worked; look at the host.";
    }

    private Step end() {
        for (Hold hold : rollout.holds().values()) {
            if (hold.overtaken().isPresent() && !hold.isPersonNeeded()) {
                return new Step.Note(new Event.PersonNeeded(
                        hold.server(), stays(hold, hold.overtaken().get())));
            }
            Optional<Receipt.RolledBack> bad = hold.rolledBack().filter(back -> !back.byteExact() || !back.healthy());
            if (bad.isPresent() && !hold.isPersonNeeded()) {
                return new Step.Note(new Event.PersonNeeded(
                        hold.server(),
                        hold.server()
                                + (bad.get().byteExact()
                                        ? " has its old files back, but its health check fails. Logins there may fail."
                                        : amiss(hold))));
            }
        }
        if (rollout.untouched()) {
            return new Step.Note(new Event.Ended(Ending.WITHDRAWN));
        }
        boolean exact = rollout.holds().values().stream()
                        .flatMap(hold -> hold.rolledBack().stream())
                        .allMatch(back -> back.byteExact() && back.healthy())
                && rollout.holds().values().stream()
                        .allMatch(hold -> hold.overtaken().isEmpty());
        return new Step.Note(new Event.Ended(exact ? Ending.ROLLED_BACK : Ending.NEEDS_A_PERSON));
    }

    private static String stays(Hold hold, String why) {
        return hold.server() + " keeps the change: it was confirmed there, and its guard cannot put the old files back,"
                + " because " + why + ". Whether it is to go on as it is there is for a person to decide.";
    }

    private static String amiss(Hold hold) {
        return hold.drift().isEmpty() || hold.appliedAt().isPresent()
                ? " is not exactly as it was before the change. Compare it with the snapshot."
                : " never got the change: somebody else had changed " + Drift.words(hold.drift())
                        + " since the snapshot, and that was left as it is.";
    }
}
