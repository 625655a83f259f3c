package barograph.dossier;

import barograph.rollout.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is done so that it does not happen again? People decide that; the record can only show which warnings were
/// right.
final class AgainChapter {
    private final Story story;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.AGAIN);

    private AgainChapter(Story story) {
        this.story = story;
    }

    /// Empty when nothing was taken back.
    static Optional<Chapter> of(Story story) {
        return story.first(Event.RollbackCalled.class).map(new AgainChapter(story)::chapter);
    }

    private Chapter chapter(Found<Event.RollbackCalled> called) {
        story.harmful().ifPresent(harm -> {
            signedAway(harm);
            rehearsed(harm);
        });
        return draft.brief(Sentence.unknown(
                        "What people decide to do about it is not in this record.",
                        story.last().index()))
                .more(Sentence.fact(
                        "Proposed again with any edit, the change has another digest, so that every approval, waiver "
                                + "and confirmation must be given anew.",
                        List.of(story.proposal(), called.index())))
                .chapter();
    }

    /// Warnings that came true.
    private void signedAway(Found<Event.Weighed> harm) {
        List<Found<Event.WaiverSigned>> waivers = story.all(Event.WaiverSigned.class);
        if (!waivers.isEmpty()) {
            Set<String> gates = new LinkedHashSet<>();
            waivers.forEach(signed -> gates.add(signed.what().waiver().gate()));
            List<Long> proofs = new ArrayList<>(List.of(harm.index()));
            waivers.forEach(signed -> proofs.add(signed.index()));
            draft.brief(Sentence.inferred(
                    "What " + (gates.size() == 1 ? "gate " : "the gates ") + Phrases.list(gates)
                            + " warned of was signed away, and harm followed.",
                    proofs));
        }
    }

    /// Whether the rehearsal could have warned, and did.
    private void rehearsed(Found<Event.Weighed> harm) {
        List<Found<Event.Rehearsed>> rehearsals = story.all(Event.Rehearsed.class);
        if (rehearsals.isEmpty()) {
            draft.brief(Sentence.inferred(
                    "No rehearsal was there to warn before users saw it.", List.of(story.proposal(), harm.index())));
            return;
        }
        draft.brief(story.rehearsedHarm()
                .map(rehearsed -> Sentence.inferred(
                        "The rehearsal on " + rehearsed.what().report().backup()
                                + " had shown harm before any user saw it.",
                        List.of(rehearsed.index(), harm.index())))
                .orElseGet(() -> Sentence.inferred(
                        "The rehearsal did not show the harm: its probes do not stand for the logins that failed, or "
                                + "the backup server is unlike the others.",
                        List.of(rehearsals.getFirst().index(), harm.index()))));
    }
}
