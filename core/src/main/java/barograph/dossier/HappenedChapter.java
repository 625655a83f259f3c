package barograph.dossier;

import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Wave;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What happened? The turns of the story; the timeline has every step.
final class HappenedChapter {
    private static final int MOST_NAMES = 4;

    private final Story story;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.HAPPENED);
    private final List<Sentence> turns = new ArrayList<>();

    private HappenedChapter(Story story) {
        this.story = story;
    }

    static Chapter of(Story story) {
        return new HappenedChapter(story).chapter();
    }

    private Chapter chapter() {
        story.plan().waves().forEach(this::wave);
        verdicts();
        story.first(Event.RollbackCalled.class).ifPresent(this::rollback);
        back().ifPresent(turns::add);
        story.last(Event.Ended.class)
                .ifPresentOrElse(
                        this::ended,
                        () -> turns.add(Sentence.fact(
                                "It is not over: the last entry here is of "
                                        + story.at(story.last().at()) + ".",
                                story.last().index())));
        turns.sort(Comparator.comparing(turn -> turn.proofs().getLast()));
        turns.forEach(draft::brief);
        decisions();
        controllers();
        return draft.chapter();
    }

    private void wave(Wave wave) {
        List<Stay> stays = story.stays().stream()
                .filter(stay -> stay.stage().equals(wave.stage()))
                .toList();
        List<Stay> applied =
                stays.stream().filter(stay -> stay.applied().isPresent()).toList();
        if (!applied.isEmpty()) {
            turns.add(Sentence.fact(
                    "Stage " + wave.stage() + ": "
                            + names(applied)
                            + " had the change from "
                            + applied.stream()
                                    .flatMap(stay -> stay.applied().stream())
                                    .map(Found::at)
                                    .min(Comparator.naturalOrder())
                                    .map(story::at)
                                    .orElseThrow()
                            + " on.",
                    applied.stream()
                            .flatMap(stay -> stay.applied().stream())
                            .map(Found::index)
                            .toList()));
        }
        List<Stay> never = stays.stream()
                .filter(stay -> stay.touched() && stay.applied().isEmpty())
                .toList();
        if (!never.isEmpty()) {
            turns.add(Sentence.fact(
                    "Stage " + wave.stage() + ": "
                            + names(never)
                            + (never.size() == 1 ? " was" : " were")
                            + " told to apply the change and never answered that it was in force.",
                    never.stream().flatMap(stay -> stay.proofs().stream()).toList()));
        }
        List<Stay> spared = stays.stream().filter(stay -> !stay.touched()).toList();
        if (!spared.isEmpty() && !story.rollout().untouched()) {
            draft.more(Sentence.fact(
                    names(spared) + " (stage " + wave.stage()
                            + ") "
                            + (story.rollout().ending().isPresent()
                                    ? "never got the change."
                                    : spared.size() == 1 ? "does not have it yet." : "do not have it yet."),
                    List.of(story.proposal(), story.last().index())));
        }
    }

    /// The last verdict on each stage.
    private void verdicts() {
        TreeMap<Stage, Found<Event.Weighed>> last = new TreeMap<>();
        story.all(Event.Weighed.class)
                .forEach(weighed -> last.put(weighed.what().stage(), weighed));
        for (Found<Event.Weighed> weighed : last.values()) {
            Verdict verdict = weighed.what().verdict();
            turns.add(Sentence.measured(
                    "At " + story.at(weighed.at()) + " the verdict on stage "
                            + weighed.what().stage() + " was " + verdict.word() + ".",
                    weighed.index()));
            draft.more(Sentence.measured(
                    "The verdict on stage " + weighed.what().stage() + " in its own words: "
                            + Phrases.quoted(verdict.because()),
                    weighed.index()));
        }
    }

    private void rollback(Found<Event.RollbackCalled> called) {
        turns.add(Sentence.decided(
                "At " + story.at(called.at()) + " the rollback was called: "
                        + Phrases.lastQuoted(called.what().cause().words()),
                called.index()));
    }

    private Optional<Sentence> back() {
        List<Stay> back =
                story.stays().stream().filter(stay -> stay.back().isPresent()).toList();
        if (back.isEmpty()) {
            return Optional.empty();
        }
        List<Stay> exact = back.stream().filter(Stay::restored).toList();
        List<Stay> other = back.stream().filter(stay -> !stay.restored()).toList();
        List<Stay> lasting = story.stays().stream().filter(Stay::lasts).toList();
        List<String> words = new ArrayList<>();
        if (!exact.isEmpty()) {
            words.add(names(exact) + " had answered that every file is as before");
        }
        if (!other.isEmpty()) {
            words.add(names(other) + " had answered, and " + (other.size() == 1 ? "is" : "are")
                    + " not proven to be as before");
        }
        if (!lasting.isEmpty()) {
            words.add(names(lasting) + " had not answered");
        }
        String last = back.stream()
                .flatMap(stay -> stay.back().stream())
                .map(Found::at)
                .max(Comparator.naturalOrder())
                .map(story::at)
                .orElseThrow();
        return Optional.of(Sentence.fact(
                "By " + last + " " + String.join("; ", words) + ".",
                back.stream().flatMap(stay -> stay.spanProofs().stream()).toList()));
    }

    private static String names(List<Stay> stays) {
        return Phrases.some(stays.stream().map(Stay::server).toList(), MOST_NAMES);
    }

    private void ended(Found<Event.Ended> ended) {
        turns.add(Sentence.fact(
                "At " + story.at(ended.at()) + " it ended: "
                        + words(ended.what().ending()) + ".",
                ended.index()));
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case CONFIRMED -> "confirmed, and the change stays";
            case ROLLED_BACK -> "rolled back";
            case WITHDRAWN -> "withdrawn before any server had it";
            case NEEDS_A_PERSON -> "it needs a person";
        };
    }

    private void decisions() {
        story.all(Event.DecisionAsked.class)
                .forEach(asked -> draft.more(Sentence.fact(
                        "At " + story.at(asked.at()) + " an operator was asked to decide about stage "
                                + asked.what().stage() + ": "
                                + Phrases.sentence(asked.what().because()),
                        asked.index())));
        story.all(Event.DecisionGiven.class)
                .forEach(given -> draft.more(Sentence.decided(
                        story.names().person(given.what().by()) + " decided at "
                                + story.at(given.at()) + " that stage "
                                + given.what().stage() + " goes on without a verdict.",
                        given.index())));
        story.all(Event.StagePassed.class)
                .forEach(passed -> draft.more(Sentence.decided(
                        "Stage " + passed.what().stage() + " was passed at " + story.at(passed.at()) + ": "
                                + Phrases.sentence(passed.what().because()),
                        passed.index())));
        story.all(Event.PersonNeeded.class)
                .forEach(needed -> draft.more(Sentence.fact(
                        "At " + story.at(needed.at()) + " a person was called to "
                                + needed.what().server() + ": "
                                + Phrases.sentence(needed.what().because()),
                        needed.index())));
    }

    private void controllers() {
        List<Found<Event.TakenOn>> taken = story.all(Event.TakenOn.class);
        for (int i = 1; i < taken.size(); i++) {
            draft.more(Sentence.fact(
                    "At " + story.at(taken.get(i).at()) + " controller "
                            + taken.get(i).what().controller() + " took the change on, after "
                            + taken.get(i - 1).what().controller() + ".",
                    List.of(taken.get(i - 1).index(), taken.get(i).index())));
        }
    }
}
