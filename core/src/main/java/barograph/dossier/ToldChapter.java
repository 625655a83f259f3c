package barograph.dossier;

import barograph.rollout.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Who was told, and when?
final class ToldChapter {
    private static final int MOST_NAMES = 6;

    private final Story story;
    private final List<Found<Event.NoticeSent>> sent;
    private final Chapter.Draft draft = new Chapter.Draft(Topic.TOLD);

    private ToldChapter(Story story) {
        this.story = story;
        this.sent = story.all(Event.NoticeSent.class);
    }

    static Chapter of(Story story) {
        return new ToldChapter(story).chapter();
    }

    private Chapter chapter() {
        if (sent.isEmpty()) {
            draft.brief(Sentence.unknown("That anybody was told, the record does not show: it holds no notice."));
        } else {
            afterTheRollback();
            everybody();
        }
        emergencies();
        failures();
        return draft.table(
                        "Every notice that was handed over",
                        List.of("At", "To", "Subject", "Notice"),
                        sent.stream()
                                .map(notice -> new Table.Row(
                                        List.of(
                                                story.at(notice.at()),
                                                Names.recipient(notice.what().recipient()),
                                                notice.what().subject(),
                                                notice.what().notice()),
                                        List.of(notice.index())))
                                .toList())
                .chapter();
    }

    /// Who was told after the rollback was called, and how soon.
    private void afterTheRollback() {
        story.first(Event.RollbackCalled.class).ifPresent(called -> {
            List<Found<Event.NoticeSent>> after = sent.stream()
                    .filter(notice -> notice.index() > called.index())
                    .toList();
            if (after.isEmpty()) {
                draft.brief(Sentence.unknown(
                        "That anybody was told of the rollback, the record does not show.", called.index()));
                return;
            }
            draft.brief(Sentence.fact(
                    "After the rollback was called at " + story.at(called.at()) + ", "
                            + Phrases.some(recipients(after), MOST_NAMES) + " "
                            + (recipients(after).size() == 1 ? "was sent word at " : "were sent word, the first at ")
                            + story.at(after.getFirst().at()) + ".",
                    proofs(after, called.index())));
        });
    }

    private void everybody() {
        Sentence all = Sentence.fact(
                Phrases.count(sent.size(), "notice was", "notices were") + " handed over in all, to "
                        + Phrases.some(recipients(sent), MOST_NAMES)
                        + (sent.size() == 1
                                ? ", at " + story.at(sent.getFirst().at())
                                : ", from " + story.at(sent.getFirst().at()) + " to "
                                        + story.at(sent.getLast().at()))
                        + ".",
                sent.stream().map(Found::index).toList());
        if (story.first(Event.RollbackCalled.class).isPresent()) {
            draft.more(all);
        } else {
            draft.brief(all);
        }
        draft.more(Sentence.unknown(
                "A notice that was handed over need not have been read: that is not in the record.",
                sent.getLast().index()));
    }

    private void emergencies() {
        List<Found<Event.MailAnswered>> answers = story.all(Event.MailAnswered.class);
        for (Found<Event.MailReceived> mail : story.all(Event.MailReceived.class)) {
            List<Long> proofs = new ArrayList<>(List.of(mail.index()));
            String words = Narrator.sort(mail.what()) + " of " + mail.what().from() + " came in at "
                    + story.at(mail.what().arrived()) + ": "
                    + Phrases.lastQuoted(mail.what().subject());
            words += story.last(Event.Ended.class)
                    .filter(ended -> ended.index() < mail.index())
                    .map(ended -> {
                        proofs.add(ended.index());
                        return " By then it had been over for "
                                + Phrases.span(
                                        Duration.between(ended.at(), mail.what().arrived())) + ".";
                    })
                    .orElse("");
            words += answers.stream()
                    .filter(answer ->
                            Objects.equals(answer.what().to(), mail.what().messageId()))
                    .findFirst()
                    .map(answer -> {
                        proofs.add(answer.index());
                        return " It was answered with the state of the change after "
                                + Phrases.span(answer.what().after()) + ".";
                    })
                    .orElse(" The record holds no answer to it.");
            Sentence sentence = Sentence.fact(words, proofs);
            if (mail.what().emergency()) {
                draft.brief(sentence);
            } else {
                draft.more(sentence);
            }
        }
    }

    /// Notices that never got through: every failure without a later delivery of the same notice to the same recipient.
    private void failures() {
        Map<List<String>, Found<Event.NoticeFailed>> last = new LinkedHashMap<>();
        story.all(Event.NoticeFailed.class)
                .forEach(failed ->
                        last.put(List.of(failed.what().notice(), failed.what().recipient()), failed));
        sent.forEach(notice ->
                last.remove(List.of(notice.what().notice(), notice.what().recipient())));
        last.values()
                .forEach(failed -> draft.brief(Sentence.fact(
                        "Notice " + failed.what().notice() + " never got through to "
                                + Names.recipient(failed.what().recipient()) + " in "
                                + Phrases.count(failed.what().attempt(), "attempt", "attempts") + ": "
                                + Phrases.sentence(failed.what().because()),
                        failed.index())));
    }

    private static Set<String> recipients(List<Found<Event.NoticeSent>> notices) {
        Set<String> recipients = new LinkedHashSet<>();
        notices.forEach(notice -> recipients.add(Names.recipient(notice.what().recipient())));
        return recipients;
    }

    private static List<Long> proofs(List<Found<Event.NoticeSent>> notices, long first) {
        List<Long> proofs = new ArrayList<>(List.of(first));
        notices.forEach(notice -> proofs.add(notice.index()));
        return proofs;
    }
}
