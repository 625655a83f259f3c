package barograph.dossier;

import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Rollout;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one sentence at the top: how it ended, whom it hit, and how things stand now.
final class Headlines {
    private static final int MOST_NAMES = 3;

    private final Story story;
    private final List<String> clauses = new ArrayList<>();
    private final List<Long> proofs = new ArrayList<>();
    private Sort sort = Sort.MEASUREMENT;

    private Headlines(Story story) {
        this.story = story;
        story.last(Event.Ended.class).map(Found::index).ifPresent(proofs::add);
    }

    static Sentence of(Story story) {
        return new Headlines(story).headline();
    }

    /// How it stands, in one or two words for a stamp.
    static String stamp(Story story) {
        return story.rollout()
                .ending()
                .map(Headlines::word)
                .orElse(Phrases.capital(Phrases.word(story.rollout().state())));
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case CONFIRMED -> "Confirmed";
            case ROLLED_BACK -> "Rolled back";
            case WITHDRAWN -> "Withdrawn";
            case NEEDS_A_PERSON -> "Needs a person";
        };
    }

    private Sentence headline() {
        if (story.rollout().ending().isEmpty()) {
            return Sentence.fact(
                    "Not over: " + state(story.rollout().state()) + ".",
                    List.of(story.proposal(), story.last().index()));
        }
        switch (story.rollout().ending().orElseThrow()) {
            case CONFIRMED -> confirmed();
            case ROLLED_BACK -> rolledBack();
            case WITHDRAWN -> withdrawn();
            case NEEDS_A_PERSON -> needsAPerson();
        }
        return new Sentence(sort, stamp(story) + ": " + String.join("; ", clauses) + ".", proofs);
    }

    private static String state(Rollout.State state) {
        return switch (state) {
            case PROPOSED -> "the change has been asked for";
            case REHEARSED -> "a backup server has tried the change";
            case READY -> "the change waits at its gates";
            case APPLYING -> "the change is going out";
            case WATCHING -> "the servers that have the change are being watched";
            case AWAITING_CONFIRMATION -> "the change is in force, and waits to be confirmed";
            case ROLLING_BACK -> "the change is being taken back";
            case CONFIRMED, ROLLED_BACK, WITHDRAWN, NEEDS_A_PERSON ->
                throw new IllegalStateException("a change that has ended is over");
        };
    }

    private void confirmed() {
        clauses.add("the change stays on " + Phrases.some(servers(story.stays()), MOST_NAMES));
        story.stays().stream()
                .flatMap(stay -> stay.kept().stream())
                .map(Found::index)
                .forEach(proofs::add);
        story.last(Event.ConfirmationGiven.class).ifPresent(given -> {
            clauses.add(story.names().person(given.what().by()) + " confirmed it");
            proofs.add(given.index());
        });
        story.last(Event.Weighed.class).ifPresent(weighed -> {
            proofs.add(weighed.index());
            String logins = Phrases.count(weighed.what().counts().logins(), "login", "logins");
            clauses.add(
                    weighed.what().verdict() instanceof Verdict.Healthy
                            ? "no sign of harm in " + logins
                            : "without a clear verdict, after " + logins);
        });
    }

    private void rolledBack() {
        List<Stay> touched = story.stays().stream().filter(Stay::touched).toList();
        story.harmful()
                .ifPresentOrElse(
                        weighed -> {
                            proofs.add(weighed.index());
                            clauses.add(harm(weighed.what().verdict(), touched));
                            people(weighed.what().counts().peopleHit());
                        },
                        () -> {
                            cause();
                            clauses.add(
                                    Phrases.some(servers(touched), MOST_NAMES) + " had the change" + until(touched));
                        });
        touched.forEach(stay -> proofs.addAll(stay.proofs()));
        clauses.add(
                touched.stream().allMatch(Stay::restored)
                        ? "every file is as before"
                        : "not every file is proven to be as before");
    }

    private String harm(Verdict verdict, List<Stay> touched) {
        if (!(verdict instanceof Verdict.Harmful(var signals, String because))) {
            return Phrases.first(verdict.because());
        }
        return signals.stream().findFirst().map(Signals::harm).orElse(Phrases.first(because)) + " on "
                + Phrases.some(servers(touched), MOST_NAMES)
                + until(touched);
    }

    /// For how long servers had the change; where they all went back by themselves, until when.
    private String until(List<Stay> touched) {
        List<Instant> ends = touched.stream()
                .flatMap(stay -> stay.endedBy(story.plan().lease()).stream())
                .toList();
        if (!touched.isEmpty() && ends.size() == touched.size()) {
            sort = Sort.INFERENCE;
            touched.forEach(stay -> stay.silent().map(Found::index).ifPresent(proofs::add));
            return " until " + (touched.size() == 1 ? "its lease" : "their leases") + " ended, by "
                    + ends.stream()
                            .max(Comparator.naturalOrder())
                            .map(story::at)
                            .orElseThrow() + " at the latest";
        }
        return span(touched).map(span -> " for up to " + span).orElse("");
    }

    private void people(long hit) {
        if (hit > 0) {
            clauses.add(Phrases.count(hit, "person", "people") + " hit");
        }
    }

    /// The longest that any server can have had the change.
    private static Optional<String> span(List<Stay> touched) {
        return touched.stream()
                .flatMap(stay -> stay.atMost().stream())
                .max(Comparator.<Duration>naturalOrder())
                .map(Phrases::span);
    }

    private void cause() {
        story.first(Event.RollbackCalled.class).ifPresent(called -> {
            proofs.add(called.index());
            clauses.add(brief(called.what().cause()));
        });
    }

    private static String brief(Cause cause) {
        return switch (cause.sort()) {
            case EXPECTATION -> "the change does not do what it is for";
            case LEASE -> "contact with a server was lost for as long as its lease";
            case UNCONFIRMED -> "nobody confirmed it in time";
            case UNPROVEN -> "nothing showed in time that it is healthy";
            case HARMFUL, GUARD, DRIFTED, PERSON -> Phrases.first(cause.words());
        };
    }

    private void withdrawn() {
        clauses.add("no server ever had the change");
        cause();
        proofs.add(story.proposal());
    }

    private void needsAPerson() {
        List<Stay> touched = story.stays().stream().filter(Stay::touched).toList();
        List<Stay> open = touched.stream()
                .filter(stay -> !stay.restored() && stay.kept().isEmpty())
                .toList();
        clauses.add(
                open.isEmpty()
                        ? Phrases.first(lastCall())
                        : Phrases.some(servers(open), MOST_NAMES) + (open.size() == 1 ? " is" : " are")
                                + " not proven to be as before");
        cause();
        List<Stay> good = touched.stream().filter(Stay::restored).toList();
        if (!good.isEmpty()) {
            clauses.add("every file on " + Phrases.some(servers(good), MOST_NAMES) + " is as before");
        }
        touched.forEach(stay -> proofs.addAll(stay.proofs()));
        story.all(Event.PersonNeeded.class).forEach(needed -> proofs.add(needed.index()));
    }

    private String lastCall() {
        return story.last(Event.PersonNeeded.class)
                .map(needed -> needed.what().because())
                .orElse("it could not be ended by any machine");
    }

    private static List<ServerId> servers(List<Stay> stays) {
        return stays.stream().map(Stay::server).toList();
    }
}
