package barograph.runner;

import barograph.change.ChangeId;
import barograph.login.Trial;
import barograph.notices.Answers;
import barograph.notices.Letter;
import barograph.notices.Letters;
import barograph.notices.Notice;
import barograph.notices.Notices;
import barograph.record.Draft;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.runner.Courier.Delivery;
import barograph.site.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells people what they are owed, and writes down that they were told.
///
/// It walks over the same record as the [Runner], on a loop of its own: a mail server that is down delays no rollback.
/// What was handed over is written down afterwards; a crash between the two hands the same letter over once more, with
/// the same message id. At most one messenger per site; not for use by several threads.
public final class Messenger {
    private final Journal journal;
    private final Site site;
    private final Letters letters;
    private final Courier courier;
    private final FreshLook look;
    private final InstantSource clock;
    private long seen = -1;
    private Optional<Instant> next = Optional.empty();

    /// @param look what tells whether logins work now, for automatic answers
    public Messenger(Journal journal, Letters letters, Courier courier, FreshLook look, InstantSource clock) {
        this.journal = journal;
        this.site = letters.site();
        this.letters = letters;
        this.courier = courier;
        this.look = look;
        this.clock = clock;
    }

    /// A round for every change and for the site. It costs next to nothing where nothing has happened since the last.
    ///
    /// @return when something is due again, if anything is outstanding
    public Optional<Instant> rounds() {
        long size = journal.size();
        Instant now = clock.instant();
        boolean due = next.filter(at -> !at.isAfter(now)).isPresent();
        if (size == seen && !due) {
            return next;
        }
        List<Optional<Instant>> all = new ArrayList<>();
        journal.changes().forEach(change -> all.add(round(change)));
        all.add(roundOfSite());
        seen = size;
        next = all.stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
        return next;
    }

    /// Hands over what is due about one change, one attempt each, an answer to an emergency first.
    ///
    /// @return when something is due again, if anything is outstanding
    public Optional<Instant> round(ChangeId change) {
        List<Happening> history = journal.of(change);
        if (history.isEmpty() || !(history.getFirst().event() instanceof Event.Proposed) || isLongOver(history)) {
            return Optional.empty();
        }
        if (answer(change, history)) {
            tell(Optional.of(change));
        }
        Instant now = clock.instant();
        List<Happening> after = journal.of(change);
        return Stream.of(
                        Notices.next(after, site, now),
                        Answers.due(after, site, now).map(Answers.Due::when))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> roundOfSite() {
        if (isLongOver(journal.ofSite())) {
            return Optional.empty();
        }
        tell(Optional.empty());
        return Notices.next(journal.ofSite(), site, clock.instant());
    }

    /// Nothing is outstanding where nothing has happened for longer than any notice stays owed.
    private boolean isLongOver(List<Happening> history) {
        return history.isEmpty() || history.getLast().at().plus(Notices.LAPSE).isBefore(clock.instant());
    }

    /// What is due is asked for again after each letter: what has happened meanwhile may have overtaken the next.
    private void tell(Optional<ChangeId> change) {
        Set<String> tried = new HashSet<>();
        while (true) {
            Optional<Notice.Due> due = Notices.due(history(change), site, clock.instant()).stream()
                    .filter(each -> tried.add(
                            each.notice().id() + " " + each.recipient().mail()))
                    .findFirst();
            if (due.isEmpty() || !tell(change, due.get())) {
                return;
            }
        }
    }

    /// @return whether it makes sense to try another letter now
    private boolean tell(Optional<ChangeId> change, Notice.Due due) {
        Notice notice = due.notice();
        String recipient = due.recipient().mail();
        Letter letter =
                letters.compose(notice, due.recipient(), history(change), journal.checkpoint(), clock.instant());
        return switch (courier.deliver(letter)) {
            case Delivery.Accepted(String messageId) -> {
                Event sent = new Event.NoticeSent(notice.id(), recipient, letter.subject(), messageId);
                append(change, sent, List.of(copy(letter)));
                yield true;
            }
            case Delivery.Refused(String because) -> {
                append(change, new Event.NoticeFailed(notice.id(), recipient, because, due.attempt()), List.of());
                yield true;
            }
            case Delivery.Unreachable(String because) -> {
                append(change, new Event.NoticeFailed(notice.id(), recipient, because, due.attempt()), List.of());
                yield false;
            }
        };
    }

    /// @return whether it makes sense to try another letter now
    private boolean answer(ChangeId change, List<Happening> history) {
        Instant now = clock.instant();
        Optional<Answers.Due> due =
                Answers.due(history, site, now).filter(each -> !each.when().isAfter(now));
        if (due.isEmpty() || Answers.tooMany(everything(), now)) {
            return true;
        }
        Event.MailReceived mail = due.get().mail();
        List<Trial> trials = look.at(Rollout.replay(history).plan().servers());
        Letter letter = letters.answer(
                due.get(),
                journal.of(change),
                new Letters.Present(clock.instant(), journal.checkpoint(), trials, everything()));
        return switch (courier.deliver(letter)) {
            case Delivery.Accepted _ -> {
                Duration after = Duration.between(mail.arrived(), clock.instant());
                Event answered = new Event.MailAnswered(mail.messageId(), mail.from(), letter.subject(), after);
                append(Optional.of(change), answered, List.of(copy(letter)));
                yield true;
            }
            case Delivery.Refused(String because) -> {
                append(Optional.of(change), failed(due.get(), because), List.of());
                yield true;
            }
            case Delivery.Unreachable(String because) -> {
                append(Optional.of(change), failed(due.get(), because), List.of());
                yield false;
            }
        };
    }

    private static Event failed(Answers.Due due, String because) {
        return new Event.NoticeFailed(due.id(), due.mail().from(), because, due.attempt());
    }

    private List<List<Happening>> everything() {
        return journal.changes().stream().map(journal::of).toList();
    }

    private List<Happening> history(Optional<ChangeId> change) {
        return change.map(journal::of).orElseGet(journal::ofSite);
    }

    private void append(Optional<ChangeId> change, Event event, List<Draft.Attachment> attachments) {
        if (change.isPresent()) {
            journal.append(change.get(), event, attachments);
        } else {
            journal.appendToSite(event, attachments);
        }
    }

    /// What was said is kept beside the record, word for word.
    private static Draft.Attachment copy(Letter letter) {
        return new Draft.Attachment("letter.txt", "text/plain", letter.print().getBytes(StandardCharsets.UTF_8));
    }
}
