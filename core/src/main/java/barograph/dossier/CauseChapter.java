package barograph.dossier;

import barograph.login.Trial;
import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.site.ProbeId;
import barograph.site.ServerId;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What was the cause? What the record shows comes first; what is concluded from it is marked, with what would refute
/// it.
final class CauseChapter {
    private static final int MOST_PROBES = 6;

    private final Story story;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.CAUSE);

    private CauseChapter(Story story) {
        this.story = story;
    }

    /// Empty when nothing was taken back.
    static Optional<Chapter> of(Story story) {
        return story.first(Event.RollbackCalled.class).map(new CauseChapter(story)::chapter);
    }

    private Chapter chapter(Found<Event.RollbackCalled> called) {
        Cause cause = called.what().cause();
        draft.brief(Sentence.fact(
                "The rollback was called because " + why(cause.sort()) + ": " + Phrases.lastQuoted(cause.words()),
                called.index()));
        draft.brief(conclusion(called));
        evidence();
        probes();
        new Suspicions(story, draft).tell();
        if (blames(cause.sort()) && story.last(Event.Diagnosed.class).isEmpty()) {
            draft.more(Sentence.unknown(
                    "Which line of the change it is, or what else on the host, the record does not tell. What the "
                            + "change does to the files is shown under “" + Topic.ASKED.question() + "”",
                    story.proposal()));
        }
        return draft.chapter();
    }

    /// Whether the change itself may be at fault.
    private static boolean blames(Cause.Sort sort) {
        return switch (sort) {
            case HARMFUL, EXPECTATION, GUARD -> true;
            case LEASE, UNCONFIRMED, UNPROVEN, DRIFTED, PERSON -> false;
        };
    }

    private static String why(Cause.Sort sort) {
        return switch (sort) {
            case HARMFUL -> "the logins showed harm";
            case EXPECTATION -> "the change does not do what it is for";
            case GUARD -> "a server did not take the change, or went back by itself";
            case LEASE -> "contact with a server was lost for as long as its lease";
            case UNCONFIRMED -> "nobody confirmed it in time";
            case UNPROVEN -> "nothing had shown by the latest time that it is healthy";
            case DRIFTED -> "somebody else had changed its files meanwhile, and nobody decided about that";
            case PERSON -> "a person asked for it";
        };
    }

    /// What follows from what the record shows, said as no more than that.
    private Sentence conclusion(Found<Event.RollbackCalled> called) {
        return switch (called.what().cause().sort()) {
            case HARMFUL -> theChange(called);
            case EXPECTATION ->
                Sentence.inferred(
                        "The change itself is at fault, or what it expects is wrong; whether logins were harmed is "
                                + "another question, told above.",
                        List.of(called.index()));
            case GUARD ->
                Sentence.inferred(
                        "The server’s own words say why; they are in the timeline. Whether the change or the host is "
                                + "at fault follows from them.",
                        List.of(called.index()));
            case LEASE ->
                Sentence.inferred(
                        "The change itself is not shown to be at fault: contact was lost, and a host that nobody "
                                + "tells to stay goes back. It would be refuted by failures on the changed servers before the silence.",
                        List.of(called.index()));
            case UNCONFIRMED, UNPROVEN ->
                Sentence.inferred(
                        "The change itself is not shown to be at fault: what was missing is the word or the proof "
                                + "that it is good.",
                        List.of(called.index()));
            case DRIFTED ->
                Sentence.unknown(
                        "Whether the change itself was at fault, the record does not decide: what users saw may be "
                                + "the doing of whoever changed its files.",
                        called.index());
            case PERSON ->
                Sentence.unknown(
                        "Whether the change itself was at fault, the record does not decide: a person’s reasons are "
                                + "their own.",
                        called.index());
        };
    }

    private Sentence theChange(Found<Event.RollbackCalled> called) {
        List<String> reasons = new ArrayList<>();
        List<Long> proofs = new ArrayList<>(List.of(called.index()));
        comparison(reasons, proofs);
        rehearsed(reasons, proofs);
        again(reasons, proofs);
        reasons.addFirst("it showed once the change was in force");
        story.harmful().map(Found::index).ifPresent(proofs::add);
        return Sentence.inferred(
                "The change did the harm: " + String.join("; ", reasons)
                        + ". It would be refuted by the same harm, in the same minutes, on servers without it.",
                proofs);
    }

    private void comparison(List<String> reasons, List<Long> proofs) {
        for (Picture picture : story.pictures()) {
            Picture.Total changed = picture.meanwhile(picture.changed());
            Picture.Total unchanged = picture.meanwhile(picture.unchanged());
            if (unchanged.logins() > 0 && changed.failureShare() > 2 * unchanged.failureShare()) {
                reasons.add("servers without it went on ("
                        + Phrases.share(unchanged.failureShare()) + " of the logins failed there, "
                        + Phrases.share(changed.failureShare()) + " here)");
                proofs.add(picture.proof());
                return;
            }
        }
    }

    /// Whether the backup server had shown harm already.
    private void rehearsed(List<String> reasons, List<Long> proofs) {
        story.rehearsedHarm().ifPresent(rehearsal -> {
            reasons.add("the rehearsal on " + rehearsal.what().report().backup() + " had shown harm before");
            proofs.add(rehearsal.index());
        });
    }

    /// Whether probes that failed under the change pass again since it is gone.
    private void again(List<String> reasons, List<Long> proofs) {
        for (Found<Event.Probed> good : goodAgain()) {
            Trial trial = good.what().trial();
            reasons.add("probe " + trial.probe() + " passes on " + trial.server() + " again since the change is gone");
            proofs.add(good.index());
            return;
        }
    }

    private List<Found<Event.Probed>> goodAgain() {
        Set<Place> failed = failedUnderTheChange().stream()
                .map(probed -> Place.of(probed.what().trial()))
                .collect(Collectors.toSet());
        return story.all(Event.Probed.class).stream()
                .filter(probed -> probed.what().trial().asExpected())
                .filter(probed -> failed.contains(Place.of(probed.what().trial())))
                .filter(probed -> stay(probed)
                        .flatMap(Stay::back)
                        .filter(back -> back.index() < probed.index())
                        .isPresent())
                .toList();
    }

    private List<Found<Event.Probed>> failedUnderTheChange() {
        return story.all(Event.Probed.class).stream()
                .filter(probed -> !probed.what().trial().asExpected())
                .filter(probed -> probed.what().trial().tells())
                .filter(probed -> stay(probed)
                        .flatMap(Stay::told)
                        .filter(told -> told.index() < probed.index())
                        .isPresent())
                .toList();
    }

    private Optional<Stay> stay(Found<Event.Probed> probed) {
        return story.stays().stream()
                .filter(stay -> stay.server().equals(probed.what().trial().server()))
                .findFirst();
    }

    private record Place(ProbeId probe, ServerId server) {
        static Place of(Trial trial) {
            return new Place(trial.probe(), trial.server());
        }
    }

    private void evidence() {
        story.harmful().ifPresent(weighed -> {
            if (weighed.what().verdict() instanceof Verdict.Harmful(List<Signal> signals, String _)) {
                signals.forEach(signal -> draft.more(Sentence.measured(
                        Phrases.capital(Signals.words(signal)) + "." + Signals.strength(signal), weighed.index())));
            }
        });
        if (story.plan().bystanders().isEmpty() && story.harmful().isPresent()) {
            draft.more(Sentence.unknown(
                    "No server is left out of this change for good: in its last stage, servers are compared with "
                            + "their own past alone.",
                    story.proposal()));
        }
    }

    private String told(Found<Event.Probed> probed) {
        return "At " + story.at(probed.at()) + " "
                + Narrator.trial(probed.what().trial());
    }

    private void probes() {
        List<Found<Event.Probed>> failed = failedUnderTheChange();
        failed.stream()
                .limit(MOST_PROBES)
                .forEach(probed -> draft.more(Sentence.measured(told(probed), probed.index())));
        if (failed.size() > MOST_PROBES) {
            draft.more(Sentence.measured(
                    "Probes failed " + Phrases.count(failed.size() - MOST_PROBES, "more time", "more times")
                            + " on servers with the change; the timeline has each.",
                    failed.stream().skip(MOST_PROBES).map(Found::index).toList()));
        }
        goodAgain().stream()
                .limit(MOST_PROBES)
                .forEach(probed -> draft.more(
                        Sentence.measured("After the rollback, " + Phrases.decapital(told(probed)), probed.index())));
        if (!failed.isEmpty() && goodAgain().isEmpty()) {
            draft.more(Sentence.unknown(
                    "That these probes pass again, the record does not show.",
                    failed.getLast().index()));
        }
    }
}
