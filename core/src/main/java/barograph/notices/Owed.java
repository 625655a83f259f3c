package barograph.notices;

import barograph.claims.Claim;
import barograph.gates.Gate;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.lease.Receipt;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.rollout.Wave;
import barograph.site.PersonId;
import barograph.site.Right;
import barograph.site.ServerId;
import barograph.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What has to be said about one change, as of the end of its history, whether it was said already or not.
///
/// What later events have overtaken is no longer owed: nobody is told "it is on the first server" after it was rolled
/// back, and nobody is asked what was answered. Waivers are the exception: everyone gets a copy of each, however late.
final class Owed {
    private final List<Happening> history;
    private final Site site;
    private final Audience audience;
    private final Rollout rollout;
    private final List<Notice> notices = new ArrayList<>();

    private Owed(List<Happening> history, Site site) {
        this.history = history;
        this.site = site;
        this.audience = new Audience(site);
        this.rollout = Rollout.replay(history);
    }

    static List<Notice> of(List<Happening> history, Site site) {
        Owed owed = new Owed(history, site);
        owed.waivers();
        if (owed.rollout.ending().isPresent()) {
            owed.ended(owed.rollout.ending().get());
        } else {
            owed.personsNeeded();
            if (owed.rollout.cause().isEmpty()) {
                owed.underWay();
            }
        }
        return owed.notices;
    }

    private void underWay() {
        claims();
        if (rollout.untouched() && rollout.forecast().isPresent()) {
            Instant at = lastAt(Event.Forecasted.class::isInstance);
            warnings(at);
            approvals(at);
        }
        applied();
        drifted();
        questions();
    }

    private void claims() {
        List<Claim> claims = rollout.proposed().claims();
        for (int i = 0; i < claims.size(); i++) {
            int place = i;
            boolean answered = history.stream()
                    .anyMatch(each -> each.event() instanceof Event.ClaimAnswered given && given.claim() == place);
            if (!answered) {
                owe(
                        new Occasion.ClaimAsked(i + 1, claims.get(i)),
                        history.getFirst().at(),
                        audience.of(claims.get(i).about(), Right.CONFIRM));
            }
        }
    }

    /// Those hear of it who can do something about it: they can test, wait, withdraw, or sign.
    private void warnings(Instant at) {
        List<GateState.Shut> shut = shut().stream()
                .filter(gate -> gate.gate() instanceof Gate.Rehearsal || gate.gate() instanceof Gate.ForecastLimit)
                .toList();
        if (!shut.isEmpty()) {
            List<Recipient> deciders = Audience.both(
                    audience.person(rollout.proposed().requestedBy()),
                    audience.everyone().stream()
                            .filter(each -> each.person().flatMap(site::person).stream()
                                    .anyMatch(person -> person.may(Right.WAIVE) || person.may(Right.APPROVE)))
                            .toList());
            owe(new Occasion.Warned(shut), at, Audience.both(deciders, audience.operators()));
        }
    }

    private void approvals(Instant at) {
        Set<PersonId> excused = new HashSet<>(Set.of(rollout.proposed().requestedBy()));
        history.forEach(each -> {
            if (each.event() instanceof Event.Approved given
                    && given.digest().equals(rollout.proposed().digest())) {
                excused.add(given.by());
            }
        });
        for (GateState.Shut shut : shut()) {
            if (shut.gate() instanceof Gate.Approvals gate) {
                owe(
                        new Occasion.ApprovalAsked(gate, shut.waitsFor()),
                        at,
                        audience.of(gate.role(), Right.APPROVE).stream()
                                .filter(each ->
                                        each.person().filter(excused::contains).isEmpty())
                                .toList());
            }
        }
    }

    private List<GateState.Shut> shut() {
        return rollout.gates(site).stream()
                .filter(GateState.Shut.class::isInstance)
                .map(GateState.Shut.class::cast)
                .toList();
    }

    private void waivers() {
        int number = 0;
        for (Happening each : history) {
            if (each.event() instanceof Event.WaiverSigned(Waiver waiver)) {
                number++;
                owe(new Occasion.Waived(number, waiver), each.at(), audience.people());
            }
        }
    }

    private void applied() {
        for (Wave wave : rollout.plan().waves()) {
            history.stream()
                    .filter(each -> each.event() instanceof Event.Answered answered
                            && answered.receipt() instanceof Receipt.Applied
                            && wave.servers().containsKey(answered.server()))
                    .findFirst()
                    .ifPresent(first -> owe(new Occasion.Applied(wave.stage()), first.at(), audience.everyone()));
        }
    }

    /// Everyone hears of it: what users see from now on may be somebody else's doing.
    private void drifted() {
        for (Hold hold : rollout.drifted()) {
            history.reversed().stream()
                    .filter(each -> each.event() instanceof Event.Drifted found
                            && found.server().equals(hold.server()))
                    .findFirst()
                    .ifPresent(last -> owe(
                            new Occasion.Drifted(last.index(), hold.server(), hold.drift()),
                            last.at(),
                            audience.everyone()));
        }
    }

    private void questions() {
        rollout.confirmationDeadline()
                .filter(_ -> rollout.confirmed().isEmpty())
                .ifPresent(deadline -> rollout.plan()
                        .confirm()
                        .ifPresent(confirmer -> owe(
                                new Occasion.ConfirmationAsked(deadline),
                                lastAt(Event.ConfirmationAsked.class::isInstance),
                                audience.of(confirmer.by(), Right.CONFIRM))));
        for (Happening each : history) {
            if (each.event() instanceof Event.DecisionAsked asked
                    && rollout.undecidedStage().equals(Optional.of(asked.stage()))) {
                owe(new Occasion.DecisionAsked(asked.stage(), asked.because()), each.at(), audience.operators());
            }
        }
    }

    /// Everyone hears of a server that cannot be brought back: users there may be locked out for as long as that lasts.
    private void personsNeeded() {
        for (Happening each : history) {
            if (each.event() instanceof Event.PersonNeeded(ServerId server, String because) && !well(server)) {
                owe(new Occasion.PersonNeeded(server, because), each.at(), audience.everyone());
            }
        }
    }

    private boolean well(ServerId server) {
        return Optional.ofNullable(rollout.holds().get(server))
                .flatMap(hold -> hold.rolledBack())
                .filter(back -> back.byteExact() && back.healthy())
                .isPresent();
    }

    private void ended(Ending ending) {
        Instant at = lastAt(Event.Ended.class::isInstance);
        switch (ending) {
            case CONFIRMED -> owe(new Occasion.Confirmed(), at, audience.everyone());
            case ROLLED_BACK -> owe(new Occasion.RolledBack(), at, audience.everyone());
            case NEEDS_A_PERSON -> owe(new Occasion.LeftAmiss(), at, audience.everyone());
            case WITHDRAWN -> owe(new Occasion.Withdrawn(), at, thoseWhoKnowOfIt());
        }
    }

    /// Nobody felt anything of a change that no server ever had: only those need to hear of its end who heard of it.
    private List<Recipient> thoseWhoKnowOfIt() {
        Set<String> told = new HashSet<>();
        history.forEach(each -> {
            if (each.event() instanceof Event.NoticeSent sent) {
                told.add(Recipient.key(sent.recipient()));
            }
        });
        List<Recipient> heard = audience.everyone().stream()
                .filter(each -> told.contains(Recipient.key(each.mail())))
                .toList();
        return Audience.both(
                Audience.both(audience.person(rollout.proposed().requestedBy()), heard), audience.operators());
    }

    private Instant lastAt(Predicate<Event> sort) {
        return history.reversed().stream()
                .filter(each -> sort.test(each.event()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a state without the event that led to it"))
                .at();
    }

    private void owe(Occasion occasion, Instant at, List<Recipient> recipients) {
        if (!recipients.isEmpty()) {
            notices.add(new Notice(occasion, at, recipients));
        }
    }
}
