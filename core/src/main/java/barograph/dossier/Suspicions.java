package barograph.dossier;

import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Ranked;
import barograph.diagnosis.Reason;
import barograph.rollout.Event;
import java.util.List;
import java.util.stream.Collectors;

/// Who or what was suspected, with what speaks for and against each; refuted suspects are kept.
final class Suspicions {
    private static final int MOST_SUSPECTS = 5;
    private static final int MOST_REASONS = 3;

    private final Story story;
    private final Chapter.Draft draft;

    Suspicions(Story story, Chapter.Draft draft) {
        this.story = story;
        this.draft = draft;
    }

    void tell() {
        story.last(Event.Diagnosed.class).ifPresent(this::diagnosis);
        story.all(Event.HunchHeld.class).forEach(this::hunch);
    }

    private void diagnosis(Found<Event.Diagnosed> found) {
        Diagnosis diagnosis = found.what().diagnosis();
        draft.brief(Sentence.inferred(
                "Looks at " + diagnosis.server() + " from every vantage point: " + Phrases.decapital(diagnosis.words()),
                List.of(found.index())));
        diagnosis.ranking().stream()
                .limit(MOST_SUSPECTS)
                .forEach(ranked -> draft.more(Sentence.inferred(suspect(ranked), List.of(found.index()))));
        if (!diagnosis.unseen().isEmpty()) {
            draft.more(Sentence.unknown(
                    "It could not be looked at: " + String.join("; ", diagnosis.unseen()) + ".", found.index()));
        }
    }

    private static String suspect(Ranked ranked) {
        return "Suspected was " + ranked.words() + ", " + Diagnosis.percent(ranked.share()) + " likely."
                + reasons(" For it: ", ranked.speaksFor()) + reasons(" Against it: ", ranked.against());
    }

    private static String reasons(String head, List<Reason> reasons) {
        return reasons.isEmpty()
                ? ""
                : head
                        + reasons.stream()
                                .limit(MOST_REASONS)
                                .map(Reason::words)
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    private void hunch(Found<Event.HunchHeld> found) {
        Event.HunchHeld held = found.what();
        draft.more(Sentence.fact(
                story.names().person(held.by()) + " suspected, on " + held.server() + ": "
                        + Phrases.quoted(held.hunch().words()) + ". Held against what was seen, that is "
                        + held.hunch().outcome() + ".",
                found.index()));
    }
}
