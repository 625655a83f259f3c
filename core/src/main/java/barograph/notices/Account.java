package barograph.notices;

import barograph.diagnosis.Diagnosis;
import barograph.lease.Receipt;
import barograph.rollout.Cause;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.site.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a change did to its servers and when, as far as its history tells: the facts that letters are made of.
///
/// @param spells per server that may have run with the new configuration, in the order of names
/// @param calledAt when its rollback was called
/// @param endedAt when it ended
/// @param diagnosis what looks from every vantage point told last about the cause; empty where nobody looked
record Account(
        Rollout rollout,
        List<Spell> spells,
        Optional<Instant> calledAt,
        Optional<Instant> endedAt,
        Optional<Diagnosis> diagnosis) {
    /// How long one server ran with the new configuration.
    ///
    /// @param from when it was in force; where the host never said so, when it was told to put it in force
    /// @param sure whether the host said so
    /// @param until when the old one was in force again, as far as that is known
    /// @param back what the host said of that
    /// @param overtaken why its guard will never put the old one back, if it said so
    record Spell(
            ServerId server,
            Instant from,
            boolean sure,
            Optional<Instant> until,
            Optional<Receipt.RolledBack> back,
            Optional<String> overtaken) {
        private Spell applied(Instant at) {
            return new Spell(server, at, true, Optional.empty(), Optional.empty(), overtaken);
        }

        private Spell over(Instant at, Optional<Receipt.RolledBack> how) {
            return until.isPresent() && how.isEmpty()
                    ? this
                    : new Spell(server, from, sure, Optional.of(at), how, overtaken);
        }

        private Spell with(Hold hold) {
            return new Spell(server, from, sure, until, back, hold.overtaken());
        }

        boolean asBefore() {
            return back.filter(answer -> answer.byteExact() && answer.healthy()).isPresent();
        }
    }

    static Account of(List<Happening> history) {
        Map<ServerId, Spell> spells = new TreeMap<>();
        Optional<Instant> called = Optional.empty();
        Optional<Instant> ended = Optional.empty();
        Optional<Diagnosis> diagnosis = Optional.empty();
        for (Happening each : history) {
            if (each.event() instanceof Event.Ordered(ServerId server, Errand errand) && errand == Errand.APPLY) {
                spells.putIfAbsent(
                        server,
                        new Spell(server, each.at(), false, Optional.empty(), Optional.empty(), Optional.empty()));
            } else if (each.event() instanceof Event.Answered answered) {
                answered(spells, answered, each.at());
            } else if (each.event() instanceof Event.RollbackCalled && called.isEmpty()) {
                called = Optional.of(each.at());
            } else if (each.event() instanceof Event.Ended) {
                ended = Optional.of(each.at());
            } else if (each.event() instanceof Event.Diagnosed(Diagnosis latest)) {
                diagnosis = Optional.of(latest);
            }
        }
        Rollout rollout = Rollout.replay(history);
        rollout.holds().forEach((server, hold) -> spells.computeIfPresent(server, (_, spell) -> spell.with(hold)));
        return new Account(rollout, List.copyOf(spells.values()), called, ended, diagnosis);
    }

    private static void answered(Map<ServerId, Spell> spells, Event.Answered answered, Instant at) {
        spells.computeIfPresent(answered.server(), (_, spell) -> switch (answered.receipt()) {
            case Receipt.Applied _ -> spell.sure() ? spell : spell.applied(at);
            case Receipt.RolledBack back -> spell.over(at, Optional.of(back));
            case Receipt.Refused(Receipt.Reason reason, String _) -> refused(spell, answered.errand(), reason, at);
            case Receipt.Snapped _,
                    Receipt.Renewed _,
                    Receipt.Confirmed _,
                    Receipt.Stuck _,
                    Receipt.Unreachable _,
                    Receipt.Standing _ -> spell;
        });
    }

    /// A server that refused the change never ran with it; one that knows of no change has its old configuration.
    private static @org.jspecify.annotations.Nullable Spell refused(
            Spell spell, Errand errand, Receipt.Reason reason, Instant at) {
        if (errand == Errand.APPLY && !spell.sure()) {
            return null;
        }
        return errand == Errand.ROLL_BACK && reason == Receipt.Reason.UNKNOWN_CHANGE
                ? spell.over(at, Optional.empty())
                : spell;
    }

    Event.Proposed proposed() {
        return rollout.proposed();
    }

    Optional<Cause> cause() {
        return rollout.cause();
    }

    /// When the first server had it, or may have had it.
    Optional<Instant> begun() {
        return spells.stream().map(Spell::from).min(Comparator.naturalOrder());
    }

    /// Since when every server that may have had it runs with the old configuration again.
    Optional<Instant> goodSince() {
        return spells.stream().allMatch(spell -> spell.until().isPresent())
                ? spells.stream().flatMap(spell -> spell.until().stream()).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /// The servers that run with the new configuration, or of which that is not known.
    List<ServerId> changed() {
        return spells.stream()
                .filter(spell -> spell.until().isEmpty())
                .map(Spell::server)
                .toList();
    }

    boolean asBefore() {
        return spells.stream().allMatch(Spell::asBefore);
    }

    /// All servers that it is for.
    Collection<ServerId> servers() {
        return rollout.plan().servers();
    }
}
