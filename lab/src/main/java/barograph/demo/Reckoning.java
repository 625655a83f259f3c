package barograph.demo;

import barograph.change.ChangeId;
import barograph.lease.Receipt;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.toy.ToyPeople;
import barograph.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reckons up what happened: from the record, and from what the people themselves went through.
final class Reckoning {
    private Reckoning() {}

    static Finale of(
            Theatre theatre, ChangeId change, Ending ending, boolean recordValid, boolean byteExact, Path dossier) {
        List<Happening> history = theatre.workplace().journal().of(change);
        Rollout rollout = Rollout.replay(history);
        Optional<Instant> applied = when(
                history,
                event -> event instanceof Event.Answered answered && answered.receipt() instanceof Receipt.Applied);
        Optional<Instant> verdict = when(
                history,
                event -> event instanceof Event.Weighed weighed && weighed.verdict() instanceof Verdict.Harmful);
        Optional<Instant> restored = history.stream()
                .filter(happening -> happening.event() instanceof Event.Answered answered
                        && answered.receipt() instanceof Receipt.RolledBack)
                .map(Happening::at)
                .max(Instant::compareTo);
        List<ToyPeople.Attempt> suffered = applied.map(from -> suffered(theatre, from, restored.orElse(Instant.MAX)))
                .orElseGet(List::of);
        Optional<Instant> first = suffered.stream()
                .map(ToyPeople.Attempt::at)
                .min(Instant::compareTo)
                .or(() -> applied);
        return new Finale(
                change.value(),
                ending,
                rollout.lastWeighed().map(weighed -> weighed.verdict().word()).orElse("NONE"),
                suffered.stream().filter(ToyPeople.Attempt::lockedOut).count(),
                verdict.flatMap(at -> first.map(from -> seconds(from, at))),
                verdict.flatMap(from -> restored.map(at -> seconds(from, at))),
                byteExact,
                recordValid,
                delivered(theatre),
                history.stream()
                        .map(Happening::event)
                        .filter(Event.MailAnswered.class::isInstance)
                        .map(event -> ((Event.MailAnswered) event).after().toMillis() / 1000.0)
                        .findFirst(),
                dossier,
                theatre.seed());
    }

    private static List<ToyPeople.Attempt> suffered(Theatre theatre, Instant from, Instant until) {
        return theatre.people().attempts().stream()
                .filter(attempt -> !attempt.at().isBefore(from) && attempt.at().isBefore(until))
                .filter(attempt -> attempt.lockedOut() || attempt.intruded())
                .toList();
    }

    private static long delivered(Theatre theatre) {
        return java.util.Arrays.stream(theatre.mail().getReceivedMessages()).count() - Letterbox.sent(theatre.mail());
    }

    private static Optional<Instant> when(List<Happening> history, java.util.function.Predicate<Event> what) {
        return history.stream()
                .filter(happening -> what.test(happening.event()))
                .map(Happening::at)
                .findFirst();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
