package barograph.dossier;

import barograph.rollout.Event;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Who was hit, and from when to when? Only what was counted; what was not counted is said to be not known.
final class HitChapter {
    private static final int MOST_IN_BRIEF = 2;

    private final Story story;
    private final List<Stay> touched;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.HIT);

    private HitChapter(Story story) {
        this.story = story;
        this.touched = story.stays().stream().filter(Stay::touched).toList();
    }

    static Chapter of(Story story) {
        return new HitChapter(story).chapter();
    }

    private Chapter chapter() {
        if (touched.isEmpty()) {
            return draft.brief(Sentence.fact(
                            "Nobody: no server was ever told to apply the change.",
                            List.of(story.proposal(), story.last().index())))
                    .chapter();
        }
        weighed().ifPresentOrElse(this::counted, this::uncounted);
        story.harmful().ifPresent(this::whom);
        spans();
        story.pictures().forEach(this::compared);
        return draft.table(
                        "How long each server had the change",
                        List.of(
                                "Server",
                                "Stage",
                                "Told to apply",
                                "In force",
                                "Down for",
                                "Old files back",
                                "At most"),
                        touched.stream().map(this::row).toList())
                .table(
                        "What was counted on the changed servers, verdict by verdict",
                        List.of("Stage", "At", "Verdict", "Logins", "Failed", "People who could before and failed"),
                        counts())
                .chapter();
    }

    private Optional<Found<Event.Weighed>> weighed() {
        return story.harmful().or(() -> story.last(Event.Weighed.class));
    }

    private void counted(Found<Event.Weighed> weighed) {
        Counts counts = weighed.what().counts();
        boolean harmful = weighed.what().verdict() instanceof Verdict.Harmful;
        String people = counts.peopleHit() == 0
                ? "Nobody who could log in before failed"
                : Phrases.count(counts.peopleHit(), "person", "people") + " who could log in before failed";
        draft.brief(Sentence.measured(
                people + " on the servers with the change, up to the verdict at " + story.at(weighed.at()) + ": of "
                        + Phrases.count(counts.logins(), "login", "logins") + ", "
                        + (counts.failedLogins() == 0 ? "none" : Phrases.number(counts.failedLogins())) + " failed."
                        + (counts.peopleHit() >= Counts.MOST_PEOPLE
                                ? " From that many on, people were not counted."
                                : ""),
                weighed.index()));
        if (!harmful && counts.peopleHit() > 0) {
            draft.brief(Sentence.inferred(
                    "No verdict found harm: that some fail is what happens without any change, too.",
                    List.of(weighed.index())));
        }
        if (story.first(Event.RollbackCalled.class).isPresent()) {
            draft.more(Sentence.unknown(
                    "What failed between that verdict and the last server’s answer is not in this count"
                            + (story.pictures().isEmpty() ? "." : "; the drum shows it as far as it was drawn."),
                    weighed.index()));
        }
    }

    private void uncounted() {
        draft.brief(Sentence.unknown(
                "How many people were hit is not known: no login was weighed while servers had the change.",
                touched.getFirst().proofs().toArray(Long[]::new)));
    }

    private void whom(Found<Event.Weighed> weighed) {
        if (!(weighed.what().verdict() instanceof Verdict.Harmful(List<Signal> signals, String _))) {
            throw new IllegalStateException("only a harmful verdict names whom it hits");
        }
        signals.stream()
                .limit(1)
                .forEach(signal -> draft.brief(Sentence.measured(
                        Phrases.capital(Signals.words(signal)) + "." + Signals.usual(signal), weighed.index())));
        signals.stream()
                .skip(1)
                .forEach(signal -> draft.more(Sentence.measured(
                        Phrases.capital(Signals.words(signal)) + "." + Signals.usual(signal), weighed.index())));
    }

    private void spans() {
        List<Stay> over =
                touched.stream().filter(stay -> stay.atMost().isPresent()).toList();
        over.stream()
                .max(Comparator.comparing(stay -> stay.atMost().orElseThrow()))
                .ifPresent(longest -> draft.brief(Sentence.measured(
                        longest.server() + " had the change for at most "
                                + Phrases.span(longest.atMost().orElseThrow())
                                + (over.size() > 1 ? ", longer than the others" : "") + ": from the order at "
                                + longest.told().map(Found::at).map(story::at).orElseThrow()
                                + " to its guard’s answer at "
                                + longest.back().map(Found::at).map(story::at).orElseThrow() + ".",
                        longest.spanProofs())));
        touched.stream()
                .filter(Stay::lasts)
                .filter(stay -> stay.kept().isEmpty())
                .forEach(stay -> draft.brief(lasting(stay)));
        List<Stay> alone = touched.stream().filter(Stay::byItself).toList();
        for (Stay stay : alone) {
            if (alone.size() <= MOST_IN_BRIEF) {
                draft.brief(byItself(stay));
            } else {
                draft.more(byItself(stay));
            }
        }
    }

    private Sentence lasting(Stay stay) {
        return story.rollout().cause().isEmpty()
                ? Sentence.fact(
                        stay.server() + " was told to apply the change at "
                                + stay.told().map(Found::at).map(story::at).orElseThrow() + ", and has it still.",
                        stay.proofs())
                : Sentence.unknown(
                        stay.server() + " has not answered that it is back; as far as the record knows, it still has "
                                + "the change.",
                        stay.proofs().toArray(Long[]::new));
    }

    /// What is known of a server that went back without being told.
    private Sentence byItself(Stay stay) {
        return stay.endedBy(story.plan().lease())
                .map(end -> Sentence.inferred(
                        stay.server() + " went back by itself, and could say so only later. It had not answered at "
                                + stay.silent().map(Found::at).map(story::at).orElseThrow()
                                + ", so its lease of "
                                + Phrases.span(story.plan().lease()) + " had ended by " + story.at(end)
                                + " at the latest.",
                        silence(stay)))
                .orElseGet(() -> Sentence.unknown(
                        stay.server() + " went back by itself; at which moment, the record does not tell, only that "
                                + "it had done so when it answered.",
                        stay.proofs().toArray(Long[]::new)));
    }

    private static List<Long> silence(Stay stay) {
        List<Long> proofs = new ArrayList<>(stay.spanProofs());
        stay.silent().map(Found::index).ifPresent(proofs::add);
        return proofs;
    }

    private void compared(Picture picture) {
        Picture.Total changed = picture.meanwhile(picture.changed());
        if (changed.logins() == 0) {
            return;
        }
        draft.more(Sentence.measured(
                "On the drum of stage " + picture.stage() + ", from " + story.at(picture.begin()) + " to "
                        + story.at(picture.over()) + ": " + outOf(changed) + " failed on "
                        + Phrases.some(picture.changed().servers(), 4) + " with the change" + unchanged(picture) + ".",
                picture.proof()));
        if (story.harmful().isPresent()) {
            failures(picture).ifPresent(draft::more);
        }
    }

    private static String outOf(Picture.Total total) {
        return Phrases.number(total.failed()) + " of " + Phrases.count(total.logins(), "login", "logins");
    }

    private static String unchanged(Picture picture) {
        if (picture.unchanged().servers().isEmpty()) {
            return "; no server was left unchanged to compare with";
        }
        return "; " + outOf(picture.meanwhile(picture.unchanged())) + " failed on "
                + Phrases.some(picture.unchanged().servers(), 4) + " without it";
    }

    /// When the first and the last failure were counted, to the bucket.
    private Optional<Sentence> failures(Picture picture) {
        List<Instant> buckets = IntStream.range(0, picture.buckets())
                .filter(i -> picture.changed().failed().get(i) > 0)
                .mapToObj(i -> picture.start().plus(picture.bucket().multipliedBy(i)))
                .filter(begins ->
                        begins.plus(picture.bucket()).isAfter(picture.begin()) && begins.isBefore(picture.over()))
                .toList();
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Sentence.measured(
                "The first failure there was counted in the " + Phrases.span(picture.bucket()) + " after "
                        + story.at(buckets.getFirst()) + ", the last in those after "
                        + story.at(buckets.getLast()) + ".",
                picture.proof()));
    }

    private Table.Row row(Stay stay) {
        return new Table.Row(
                List.of(
                        stay.server().value(),
                        stay.stage().name(),
                        stay.told().map(Found::at).map(story::at).orElse("–"),
                        stay.applied().map(Found::at).map(story::at).orElse("no answer"),
                        stay.applied()
                                .map(applied -> Phrases.span(applied.what().downtime()))
                                .orElse("not known"),
                        stay.back()
                                .map(Found::at)
                                .map(story::at)
                                .orElse(stay.kept().isPresent() ? "stays" : "not known"),
                        stay.atMost().map(Phrases::span).orElse(stay.kept().isPresent() ? "for good" : "not known")),
                stay.proofs());
    }

    private List<Table.Row> counts() {
        List<Table.Row> rows = new ArrayList<>();
        for (Found<Event.Weighed> weighed : story.all(Event.Weighed.class)) {
            Counts counts = weighed.what().counts();
            rows.add(new Table.Row(
                    List.of(
                            weighed.what().stage().name(),
                            story.at(weighed.at()),
                            weighed.what().verdict().word(),
                            Phrases.number(counts.logins()),
                            Phrases.number(counts.failedLogins()),
                            Phrases.number(counts.peopleHit())),
                    List.of(weighed.index())));
        }
        return rows;
    }
}
