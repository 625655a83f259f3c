package barograph.dossier;

import barograph.gates.Waiver;
import barograph.rollout.Event;
import java.util.List;
import java.util.Optional;

/// What is done so that it does not happen again? People decide that; the record can only show which warnings were
/// right.
final class AgainChapter {
    private final Story story;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.AGAIN);

    private AgainChapter(Story story) {
        this.story = story;
    }

    static Chapter of(Story story) {
        return new AgainChapter(story).chapter();
    }

    private Chapter chapter() {
        Optional<Found<Event.Weighed>> harm = story.harmful();
        harm.ifPresent(found -> {
            warnings(found);
            unasked(found);
        });
        story.first(Event.RollbackCalled.class)
                .ifPresent(called -> draft.brief(Sentence.fact(
                        "Proposed again with any edit, the change has another digest, so that every approval, waiver "
                                + "and confirmation must be given anew.",
                        List.of(story.proposal(), called.index()))));
        return draft.brief(Sentence.unknown(
                        "What people decide to do about it is not in this record.",
                        story.last().index()))
                .chapter();
    }

    /// Warnings that came true.
    private void warnings(Found<Event.Weighed> harm) {
        for (Found<Event.WaiverSigned> signed : story.all(Event.WaiverSigned.class)) {
            Waiver waiver = signed.what().waiver();
            draft.brief(Sentence.inferred(
                    "The warning at gate " + waiver.gate() + " was signed away by "
                            + story.names().person(waiver.by()) + ", and harm followed.",
                    List.of(signed.index(), harm.index())));
        }
        story.rehearsedHarm()
                .ifPresent(rehearsed -> draft.brief(Sentence.inferred(
                        "The rehearsal on " + rehearsed.what().report().backup()
                                + " had shown harm before any user saw it.",
                        List.of(rehearsed.index(), harm.index()))));
    }

    /// What was not there to warn.
    private void unasked(Found<Event.Weighed> harm) {
        if (story.all(Event.Rehearsed.class).isEmpty()) {
            draft.brief(Sentence.inferred(
                    "No rehearsal was there to warn before users saw it.", List.of(story.proposal(), harm.index())));
        } else if (story.rehearsedHarm().isEmpty()) {
            draft.brief(Sentence.inferred(
                    "The rehearsal did not show the harm: its probes do not stand for the logins that failed, or the "
                            + "backup server is unlike the others.",
                    List.of(story.all(Event.Rehearsed.class).getFirst().index(), harm.index())));
        }
    }
}
