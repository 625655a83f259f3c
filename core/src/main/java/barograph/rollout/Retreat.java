package barograph.rollout;

import barograph.lease.Receipt;
import barograph.site.ServerId;
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
    /// So many times the pause is doubled, to about a minute: each attempt is two entries of the record for ever.
    private static final int DOUBLED = 5;

    private final Rollout rollout;
    private final Instant now;

    Retreat(Rollout rollout, Instant now) {
        this.rollout = rollout;
        this.now = now;
    }

    Step next() {
        Map<ServerId, Errand> errands = new TreeMap<>();
        Optional<Instant> again = Optional.empty();
        for (Hold hold : rollout.holds().values()) {
            if (!hold.involved() || hold.restored()) {
                continue;
            }
            Optional<Receipt> answer = hold.answer(Errand.ROLL_BACK);
            if (answer.isPresent() && !hold.isPersonNeeded() && worthAWord(hold, answer.get())) {
                return new Step.Note(new Event.PersonNeeded(hold.server(), words(hold, answer.get())));
            }
            Instant due =
                    hold.lastAt().equals(Instant.MIN) ? now : hold.lastAt().plus(pause(hold));
            if (answer.isPresent() && now.isBefore(due)) {
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

    private static Duration pause(Hold hold) {
        return SHORTEST_PAUSE.multipliedBy(1L << Math.clamp(hold.attempts() - 1, 0, DOUBLED));
    }

    /// A host that is stuck needs a person at once; one that is silent is given its lease, in which it heals itself.
    private boolean worthAWord(Hold hold, Receipt answer) {
        Instant patience = hold.silentSince().orElse(now).plus(rollout.plan().lease());
        return !(answer instanceof Receipt.Unreachable) || !now.isBefore(patience);
    }

    private static String words(Hold hold, Receipt answer) {
        String heals =
                answer instanceof Receipt.Unreachable ? " Its guard rolls back by itself when the lease ends." : "";
        return hold.server() + " could not be rolled back so far: " + answer.trouble() + heals
                + " It is tried again until it has worked; look at the host.";
    }

    private Step end() {
        for (Hold hold : rollout.holds().values()) {
            Optional<Receipt.RolledBack> bad = hold.rolledBack().filter(back -> !back.byteExact() || !back.healthy());
            if (bad.isPresent() && !hold.isPersonNeeded()) {
                return new Step.Note(
                        new Event.PersonNeeded(
                                hold.server(),
                                hold.server()
                                        + (bad.get().byteExact()
                                                ? " has its old files back, but its health check fails. Logins there may fail."
                                                : " is not exactly as it was before the change. Compare it with the snapshot.")));
            }
        }
        if (rollout.untouched()) {
            return new Step.Note(new Event.Ended(Ending.WITHDRAWN));
        }
        boolean exact = rollout.holds().values().stream()
                .flatMap(hold -> hold.rolledBack().stream())
                .allMatch(back -> back.byteExact() && back.healthy());
        return new Step.Note(new Event.Ended(exact ? Ending.ROLLED_BACK : Ending.NEEDS_A_PERSON));
    }
}
