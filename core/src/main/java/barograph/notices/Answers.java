package barograph.notices;

import barograph.rollout.Event;
import barograph.rollout.Event.Writer;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.Party;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Says which emergency mail is owed an automatic answer with the state of its change.
///
/// Only a person's mail is answered, and only to an address of one of the parties. One sender gets at most one answer
/// per hour about one change in one state, and at most five a day: two machines that take each other for people must
/// come to rest.
public final class Answers {
    static final int PER_DAY = 5;

    /// How many automatic answers may go out within an hour over all changes.
    static final int PER_HOUR_IN_ALL = 60;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Answers() {}

    /// An answer that is owed.
    ///
    /// @param entry the index of the mail's entry
    /// @param party whose people or desk wrote it
    /// @param attempt from 1
    /// @param when not before this time
    public record Due(long entry, Event.MailReceived mail, Party party, int attempt, Instant when) {
        /// What stands for it in the record.
        public String id() {
            return Answers.id(entry);
        }
    }

    static String id(long entry) {
        return "answer-" + entry;
    }

    /// The answer that can be tried first, if one is owed; its time may not have come yet.
    ///
    /// @param history of one change
    public static Optional<Due> due(List<Happening> history, Site site, Instant now) {
        Audience audience = new Audience(site);
        Deliveries deliveries = Deliveries.of(history);
        List<Due> owed = new ArrayList<>();
        for (Happening each : history) {
            if (each.event() instanceof Event.MailReceived mail
                    && mail.emergency()
                    && mail.writer() == Writer.PERSON
                    && !mail.arrived().plus(Sorter.LATE).isBefore(now)
                    && !covered(history, each, mail)) {
                Deliveries.Key key = new Deliveries.Key(id(each.index()), mail.from());
                int attempt = deliveries.attempts(key) + 1;
                Instant when = deliveries.when(key, each.at());
                audience.partyOf(mail.from())
                        .ifPresent(party -> owed.add(new Due(each.index(), mail, party, attempt, when)));
            }
        }
        return owed.stream().min(Comparator.comparing(Due::when));
    }

    /// Whether its sender was told the state after the mail came in, or shortly before it and nothing has changed
    /// since, or has been told often enough today.
    private static boolean covered(List<Happening> history, Happening received, Event.MailReceived mail) {
        List<Happening> answers = history.stream()
                .filter(each -> each.event() instanceof Event.MailAnswered answer
                        && Recipient.key(answer.recipient()).equals(Recipient.key(mail.from())))
                .toList();
        long today = answers.stream()
                .filter(each -> each.at().isAfter(received.at().minus(DAY)))
                .count();
        return today >= PER_DAY
                || answers.stream()
                        .anyMatch(
                                each -> each.index() > received.index() || toldShortlyBefore(history, each, received));
    }

    private static boolean toldShortlyBefore(List<Happening> history, Happening answer, Happening received) {
        return answer.at().isAfter(received.at().minus(HOUR))
                && stateAt(history, answer.index()) == stateAt(history, received.index());
    }

    private static Rollout.State stateAt(List<Happening> history, long index) {
        return Rollout.replay(
                        history.stream().filter(each -> each.index() <= index).toList())
                .state();
    }

    /// Whether so many answers went out within the last hour that something must be wrong: then all of them wait.
    public static boolean tooMany(Collection<List<Happening>> histories, Instant now) {
        return histories.stream()
                        .flatMap(List::stream)
                        .filter(each -> each.event() instanceof Event.MailAnswered
                                && each.at().isAfter(now.minus(HOUR)))
                        .count()
                >= PER_HOUR_IN_ALL;
    }
}
