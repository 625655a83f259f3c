package barograph.notices;

import barograph.change.ChangeId;
import barograph.rollout.Event;
import barograph.rollout.Event.Writer;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.NoticeRules;
import barograph.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Tells to which change a mail belongs.
///
/// The token in an address that it was sent to comes first, then the thread that it is in, then its sender: an
/// emergency mail of a party belongs to the change that was last in force. A change's name in a subject is no proof of
/// anything, since anybody can write it.
public final class Sorter {
    /// How long after its end a change may still be what an emergency mail is about.
    static final Duration LATE = Duration.ofDays(2);

    /// How many mails that belong to no change are written down within an hour: strangers must not fill the record.
    static final int UNFILED_PER_HOUR = 60;

    private static final Pattern ID = Pattern.compile("<[^<>\\s]{3,250}>");

    private final Audience audience;
    private final OwnAddress own;
    private final String site;
    private final Tokens tokens;

    public Sorter(Site site, NoticeRules rules, Tokens tokens) {
        this.audience = new Audience(site);
        this.own = OwnAddress.of(rules.from());
        this.site = site.name();
        this.tokens = tokens;
    }

    /// @param changes the histories of all changes that it may be about, the oldest first
    /// @param ofSite the history of the site: the mails that belong to no change
    public Filing sort(Mail mail, Map<ChangeId, List<Happening>> changes, List<Happening> ofSite, Instant now) {
        if (own.isOwn(mail.from())) {
            return new Filing.LeftAlone("it is a letter of ours");
        }
        if (changes.values().stream().anyMatch(history -> holds(history, mail)) || holds(ofSite, mail)) {
            return new Filing.LeftAlone("it was taken in before");
        }
        Writer writer = Manners.writer(mail);
        boolean emergency = writer != Writer.BOUNCE && Emergency.in(mail, own, subjects(mail, changes, ofSite));
        Set<ChangeId> byToken = byToken(mail, writer, changes);
        if (!byToken.isEmpty()) {
            return new Filing.Filed(List.copyOf(byToken), "token", writer, emergency);
        }
        List<ChangeId> byThread = byThread(mail, changes);
        if (!byThread.isEmpty()) {
            return new Filing.Filed(byThread, "thread", writer, emergency);
        }
        boolean known = audience.partyOf(mail.from()).isPresent();
        if (known && emergency) {
            Optional<ChangeId> bySender = lastInForce(changes, now);
            if (bySender.isPresent()) {
                return new Filing.Filed(List.of(bySender.get()), "sender", writer, true);
            }
        }
        return unfiled(writer, known, emergency, ofSite, now);
    }

    private static Filing unfiled(
            Writer writer, boolean known, boolean emergency, List<Happening> ofSite, Instant now) {
        if (!emergency && !known && writer != Writer.BOUNCE) {
            return new Filing.LeftAlone("it is from a stranger and says nothing of an emergency");
        }
        long lately = ofSite.stream()
                .filter(each ->
                        each.event() instanceof Event.MailReceived && each.at().isAfter(now.minus(Duration.ofHours(1))))
                .count();
        return lately >= UNFILED_PER_HOUR && !known
                ? new Filing.LeftAlone("too many mails of strangers came in within the last hour")
                : new Filing.Unfiled(writer, emergency);
    }

    /// Whether it is written down already. After the mailbox was made anew, its message id has to tell.
    private static boolean holds(List<Happening> history, Mail mail) {
        return history.stream().anyMatch(each -> each.event() instanceof Event.MailReceived known && same(known, mail));
    }

    private static boolean same(Event.MailReceived known, Mail mail) {
        boolean sameBox = Postmark.parse(known.postmark())
                .filter(mark -> mark.box() == mail.postmark().box())
                .isPresent();
        return sameBox
                ? known.postmark().equals(mail.postmark().toString())
                : known.messageId().equals(mail.messageId()) && known.from().equals(mail.from());
    }

    /// What our letters are called, so that it is not taken for the sender's words. An automatic answer is called like
    /// the mail that it answers: that counts only in a reply, since a new mail may well be called so again.
    private static Set<String> subjects(Mail mail, Map<ChangeId, List<Happening>> changes, List<Happening> ofSite) {
        Set<String> subjects = new HashSet<>();
        List<List<Happening>> histories = new ArrayList<>(changes.values());
        histories.add(ofSite);
        histories.forEach(history -> history.forEach(each -> {
            if (each.event() instanceof Event.NoticeSent sent) {
                subjects.add(sent.subject());
            } else if (each.event() instanceof Event.MailAnswered answered
                    && !mail.references().isEmpty()) {
                subjects.add(answered.subject());
            }
        }));
        return subjects;
    }

    /// A mail system that returns a letter names its id somewhere in its text, if not in an address.
    private Set<ChangeId> byToken(Mail mail, Writer writer, Map<ChangeId, List<Happening>> changes) {
        Set<String> found = tokens(mail.to(), own::tokenIn);
        if (writer == Writer.BOUNCE) {
            List<String> returned = ID.matcher(mail.text())
                    .results()
                    .limit(100)
                    .map(each -> each.group())
                    .toList();
            found.addAll(tokens(returned, own::tokenInId));
        }
        return holders(found, changes);
    }

    private List<ChangeId> byThread(Mail mail, Map<ChangeId, List<Happening>> changes) {
        Set<ChangeId> matched =
                new java.util.LinkedHashSet<>(holders(tokens(mail.references(), own::tokenInId), changes));
        changes.forEach((change, history) -> {
            boolean root = mail.references().contains(own.root(Optional.of(change), site));
            boolean answersOther = history.stream()
                    .anyMatch(each -> each.event() instanceof Event.MailReceived known
                            && mail.references().contains(known.messageId()));
            if (root || answersOther) {
                matched.add(change);
            }
        });
        return List.copyOf(matched);
    }

    private static Set<String> tokens(List<String> texts, Function<String, Optional<String>> token) {
        Set<String> tokens = new HashSet<>();
        texts.forEach(text -> token.apply(text).ifPresent(tokens::add));
        return tokens;
    }

    /// The changes in whose letters one of the tokens was sent.
    private Set<ChangeId> holders(Set<String> wanted, Map<ChangeId, List<Happening>> changes) {
        Set<ChangeId> holders = new java.util.LinkedHashSet<>();
        if (!wanted.isEmpty()) {
            changes.forEach((change, history) -> {
                if (history.stream().anyMatch(each -> wanted.contains(tokenOf(change, each)))) {
                    holders.add(change);
                }
            });
        }
        return holders;
    }

    /// The token of the letter that an event tells of; empty for all others.
    private String tokenOf(ChangeId change, Happening happening) {
        if (happening.event() instanceof Event.NoticeSent sent) {
            return tokens.of(Optional.of(change), sent.recipient(), sent.notice());
        }
        if (happening.event() instanceof Event.MailReceived mail) {
            return tokens.of(Optional.of(change), mail.from(), Answers.id(happening.index()));
        }
        return "";
    }

    /// The change that was last in force somewhere, unless that is too long ago to be what the mail is about.
    private static Optional<ChangeId> lastInForce(Map<ChangeId, List<Happening>> changes, Instant now) {
        Map<ChangeId, Instant> last = new LinkedHashMap<>();
        changes.forEach((change, history) -> inForce(history, now).ifPresent(at -> last.put(change, at)));
        return last.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey);
    }

    /// When a change was last applied, called back or ended; empty where it cannot be felt any more, or never was.
    static Optional<Instant> inForce(List<Happening> history, Instant now) {
        boolean over = history.stream()
                .anyMatch(each -> each.event() instanceof Event.Ended
                        && each.at().plus(LATE).isBefore(now));
        if (over
                || history.isEmpty()
                || !(history.getFirst().event() instanceof Event.Proposed)
                || Rollout.replay(history).untouched()) {
            return Optional.empty();
        }
        return history.reversed().stream()
                .filter(each -> each.event() instanceof Event.Ordered
                        || each.event() instanceof Event.RollbackCalled
                        || each.event() instanceof Event.Ended)
                .findFirst()
                .map(Happening::at);
    }
}
