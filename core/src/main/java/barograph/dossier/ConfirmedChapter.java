package barograph.dossier;

import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.claims.Standing;
import barograph.rollout.Event;
import barograph.rollout.Plan;
import barograph.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who confirmed it, and who did not? What was said about a party counts once that party says so too.
final class ConfirmedChapter {
    private static final int MOST_IN_BRIEF = 3;

    private final Story story;
    private final List<Found<Event.ClaimAnswered>> answers;

    private ConfirmedChapter(Story story) {
        this.story = story;
        this.answers = story.all(Event.ClaimAnswered.class);
    }

    static Chapter of(Story story) {
        return new ConfirmedChapter(story).chapter();
    }

    private Chapter chapter() {
        Chapter.Draft draft = new Chapter.Draft(Topic.CONFIRMED);
        claims(draft);
        lastWord().ifPresent(draft::brief);
        return draft.table(
                        "Claims about other parties, and their own answers",
                        List.of("Claim", "About", "Said by", "Answer", "Stands as"),
                        rows())
                .chapter();
    }

    private void claims(Chapter.Draft draft) {
        List<Claim> claims = story.proposed().claims();
        if (claims.isEmpty()) {
            draft.brief(
                    Sentence.fact("The change rests on no claim about what another party wants.", story.proposal()));
        }
        for (int i = 0; i < claims.size(); i++) {
            Sentence sentence = sentence(i, claims.get(i));
            if (i < MOST_IN_BRIEF) {
                draft.brief(sentence);
            } else {
                draft.more(sentence);
            }
            whenItWentOut(i, claims.get(i)).ifPresent(draft::more);
        }
    }

    private static Standing standing(Rollout rollout, Claim claim) {
        return rollout.claims().getOrDefault(claim, new Standing.Hearsay());
    }

    private Sentence sentence(int number, Claim claim) {
        String party = story.names().party(claim.about());
        String said = story.names().person(story.proposed().requestedBy()) + " said that " + party + " "
                + verb(claim.demand()) + ": " + Phrases.lastQuoted(claim.says());
        List<Found<Event.ClaimAnswered>> given = answersTo(number);
        if (given.isEmpty()) {
            return Sentence.unknown(
                    said + " " + party + " itself has not answered, so this is hearsay.", story.proposal());
        }
        List<String> told = given.stream().map(this::told).toList();
        return Sentence.fact(
                said + " " + String.join(" ", told) + " So the claim is "
                        + standing(story.rollout(), claim).words() + ".",
                proofs(given, story.proposal()));
    }

    private String told(Found<Event.ClaimAnswered> answer) {
        return story.names().person(answer.what().by()) + " answered at " + story.at(answer.at())
                + " by " + answer.what().how() + ": "
                + Phrases.lastQuoted(answer.what().answer().words());
    }

    private static String verb(Demand demand) {
        return switch (demand) {
            case MUST -> "requires this";
            case WANT -> "would like this";
            case SAYS -> "says this";
        };
    }

    /// How a claim stood when the first server was told to apply the change, where that is not how it stands now.
    private Optional<Sentence> whenItWentOut(int number, Claim claim) {
        Standing then = standing(story.departure(), claim);
        if (then.equals(standing(story.rollout(), claim)) || story.rollout().untouched()) {
            return Optional.empty();
        }
        return Optional.of(Sentence.fact(
                "When the first server was told to apply the change, the claim " + Phrases.quoted(claim.says())
                        + " was still " + then.words() + ".",
                proofs(answersTo(number), story.proposal())));
    }

    private Optional<Sentence> lastWord() {
        Optional<Plan.Confirmer> confirmer = story.plan().confirm();
        if (confirmer.isEmpty()) {
            return Optional.empty();
        }
        String party = story.names().party(confirmer.get().by());
        Optional<Found<Event.ConfirmationGiven>> given = story.last(Event.ConfirmationGiven.class)
                .filter(confirmation -> story.rollout().confirmed().isPresent());
        if (given.isPresent()) {
            return Optional.of(Sentence.decided(
                    story.names().person(given.get().what().by()) + " confirmed at "
                            + story.at(given.get().at()) + " that the change does what was wanted.",
                    given.get().index()));
        }
        return Optional.of(story.last(Event.ConfirmationAsked.class)
                .map(asked -> Sentence.fact(
                        party + " was asked at " + story.at(asked.at()) + " to confirm the change by "
                                + story.at(asked.what().deadline())
                                + ", and has not done so in this record.",
                        asked.index()))
                .orElseGet(() -> Sentence.fact(
                        story.rollout().ending().isPresent()
                                ? party + " was to confirm the change once it was in force everywhere. It did not come "
                                        + "that far."
                                : party + " is to confirm the change once it is in force everywhere.",
                        story.proposal())));
    }

    private List<Table.Row> rows() {
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < story.proposed().claims().size(); i++) {
            Claim claim = story.proposed().claims().get(i);
            List<Found<Event.ClaimAnswered>> given = answersTo(i);
            String answer = given.isEmpty()
                    ? "none"
                    : String.join(" ", given.stream().map(this::told).toList());
            rows.add(new Table.Row(
                    List.of(
                            claim.says(),
                            story.names().party(claim.about()) + " " + verb(claim.demand()),
                            story.names().person(story.proposed().requestedBy()),
                            answer,
                            Phrases.capital(standing(story.rollout(), claim).words())),
                    proofs(given, story.proposal())));
        }
        return rows;
    }

    private List<Found<Event.ClaimAnswered>> answersTo(int claim) {
        return answers.stream().filter(answer -> answer.what().claim() == claim).toList();
    }

    private static List<Long> proofs(List<Found<Event.ClaimAnswered>> answers, long proposal) {
        List<Long> proofs = new ArrayList<>(List.of(proposal));
        answers.forEach(answer -> proofs.add(answer.index()));
        return proofs;
    }
}
