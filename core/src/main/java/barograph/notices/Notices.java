package barograph.notices;

import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.Role;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says which notices are owed because of what happened, to whom, and when each is to be tried next.
///
/// A history is that of one change, or that of the site: the mails that belong to no change. A notice to a recipient
/// is settled by the [Event.NoticeSent] that names both.
public final class Notices {
    /// A notice that could not be handed over for so long lapses. Without an end, somebody who is added to the site
    /// would be told of every change that there ever was.
    public static final Duration LAPSE = Duration.ofDays(7);

    /// After so many attempts, about 13 minutes, operators hear that somebody was not reached.
    static final int HOPELESS = 5;

    /// How many mails of one sender within an hour are passed on to operators; the others are only written down.
    static final int PASSED_ON = 5;

    private static final Duration HOUR = Duration.ofHours(1);

    private Notices() {}

    /// All that the history makes necessary and that nothing has overtaken since, sent already or not.
    public static List<Notice> owed(List<Happening> history, Site site) {
        List<Notice> notices = new ArrayList<>();
        if (!history.isEmpty() && history.getFirst().event() instanceof Event.Proposed) {
            notices.addAll(Owed.of(history, site));
        }
        notices.addAll(mails(history, site));
        notices.addAll(undelivered(notices, history, site));
        return notices;
    }

    /// Every notice that can be tried now, the one that waits longest first.
    public static List<Notice.Due> due(List<Happening> history, Site site, Instant now) {
        return outstanding(history, site, now).stream()
                .filter(due -> !due.when().isAfter(now))
                .toList();
    }

    /// When the next one can be tried, if one is outstanding.
    public static Optional<Instant> next(List<Happening> history, Site site, Instant now) {
        return outstanding(history, site, now).stream().map(Notice.Due::when).min(Comparator.naturalOrder());
    }

    private static List<Notice.Due> outstanding(List<Happening> history, Site site, Instant now) {
        Deliveries deliveries = Deliveries.of(history);
        List<Notice.Due> outstanding = new ArrayList<>();
        for (Notice notice : owed(history, site)) {
            if (notice.at().plus(LAPSE).isBefore(now)) {
                continue;
            }
            for (Recipient recipient : notice.recipients()) {
                Deliveries.Key key = new Deliveries.Key(notice.id(), recipient.mail());
                if (!deliveries.settled(key)) {
                    outstanding.add(new Notice.Due(
                            notice, recipient, deliveries.attempts(key) + 1, deliveries.when(key, notice)));
                }
            }
        }
        outstanding.sort(Comparator.comparing(Notice.Due::when));
        return outstanding;
    }

    /// Mails that an operator has to read: those of people, and those that say that a letter did not get through.
    private static List<Notice> mails(List<Happening> history, Site site) {
        Audience audience = new Audience(site);
        Map<String, List<Instant>> passedOn = new HashMap<>();
        List<Notice> notices = new ArrayList<>();
        for (Happening each : history) {
            if (each.event() instanceof Event.MailReceived mail && worthReading(mail, audience)) {
                List<Instant> earlier = passedOn.computeIfAbsent(Recipient.key(mail.from()), _ -> new ArrayList<>());
                earlier.removeIf(at -> !at.isAfter(each.at().minus(HOUR)));
                if (earlier.size() < PASSED_ON) {
                    earlier.add(each.at());
                    notices.add(new Notice(new Occasion.MailCame(each.index(), mail), each.at(), audience.operators()));
                }
            }
        }
        return notices;
    }

    /// A machine's mail is worth it only in an emergency; an operator's own is known to operators.
    private static boolean worthReading(Event.MailReceived mail, Audience audience) {
        boolean ours = audience.partyOf(mail.from())
                .filter(party -> party.role() == Role.OPERATOR)
                .isPresent();
        return switch (mail.writer()) {
            case PERSON -> !ours;
            case MACHINE -> mail.emergency() && !ours;
            case BOUNCE -> true;
        };
    }

    private static List<Notice> undelivered(List<Notice> owed, List<Happening> history, Site site) {
        List<Happening> hopeless = history.stream()
                .filter(each -> each.event() instanceof Event.NoticeFailed failure && failure.attempt() == HOPELESS)
                .toList();
        if (hopeless.isEmpty()) {
            return List.of();
        }
        Deliveries deliveries = Deliveries.of(history);
        Audience audience = new Audience(site);
        Set<Deliveries.Key> waiting = new HashSet<>();
        for (Notice notice : owed) {
            notice.recipients().stream()
                    .filter(recipient -> recipient.role() != Role.OPERATOR)
                    .map(recipient -> new Deliveries.Key(notice.id(), recipient.mail()))
                    .filter(key -> !deliveries.settled(key))
                    .forEach(waiting::add);
        }
        List<Notice> notices = new ArrayList<>();
        for (Happening each : hopeless) {
            if (each.event() instanceof Event.NoticeFailed failure
                    && waiting.contains(new Deliveries.Key(failure.notice(), failure.recipient()))) {
                notices.add(
                        new Notice(new Occasion.Undelivered(each.index(), failure), each.at(), audience.operators()));
            }
        }
        return notices;
    }
}
