package barograph.notices;

import barograph.login.Trial;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The automatic answer to somebody who writes that users cannot log in.
///
/// It says where the change stands and since when. It says that logins work only where a test login has just worked.
final class AnswerText {
    /// A probe that is older says nothing about now.
    static final Duration FRESH = Duration.ofSeconds(60);

    private static final Set<String> TELL_OF_THE_END = Set.of("rolled-back", "needs-a-person", "confirmed");

    private static final int MOST_TRIALS = 12;

    private AnswerText() {}

    static String subject(String theirs) {
        String line = Prose.line(theirs, 160);
        if (line.isEmpty()) {
            return "Re: your mail";
        }
        return line.regionMatches(true, 0, "re:", 0, 3) ? line : "Re: " + line;
    }

    static Prose write(Circumstances about, Answers.Due due, List<Happening> history, Letters.Present present) {
        Account account = about.account();
        Prose prose = new Prose();
        prose.labelled("State", state(account, due.mail().arrived()));
        account.cause().ifPresent(_ -> prose.labelled("Cause", about.cause()));
        List<Trial> fresh = present.trials().stream()
                .filter(trial -> !trial.at().isBefore(present.now().minus(FRESH)))
                .toList();
        prose.labelled("Can users log in now", now(fresh, account));
        prose.paragraph("This is an automatic answer to your mail \""
                + Prose.line(due.mail().subject(), 120) + "\". An operator of " + about.operator()
                + " gets your mail, too.");
        if (!fresh.isEmpty()) {
            prose.heading("Test logins just now")
                    .items(fresh.stream()
                            .limit(MOST_TRIALS)
                            .map(AnswerText::trial)
                            .toList());
        }
        prose.heading("Who was told at " + due.party().name()).items(told(due, history));
        prose.heading("The change").paragraph(about.theChange());
        List<String> others = others(account, present);
        if (!others.isEmpty()) {
            prose.heading("Other changes of the last 48 hours").items(others);
        }
        prose.heading("What to do now");
        prose.paragraph((account.changed().isEmpty()
                        ? ""
                        : "Whether the change is rolled back now is for an operator to decide. ")
                + "Let a user who could not log in try again now. If that fails, reply with who it is, since when"
                + " and from which device: it helps to find the reason.");
        return prose;
    }

    private static String state(Account account, Instant arrived) {
        Rollout rollout = account.rollout();
        return switch (rollout.state()) {
            case ROLLED_BACK -> "the change was rolled back. " + goodSince(account, arrived);
            case NEEDS_A_PERSON ->
                "the change was rolled back, but "
                        + Wording.list(account.spells().stream()
                                .filter(spell -> !spell.asBefore())
                                .map(Account.Spell::server)
                                .toList())
                        + " is not as before. Logins there may fail, and an operator is needed.";
            case ROLLING_BACK ->
                "the change is being rolled back"
                        + account.calledAt()
                                .map(at -> " since " + Wording.moment(at))
                                .orElse("")
                        + stillChanged(account);
            case CONFIRMED ->
                "the change is in force on " + Circumstances.servers(account.servers()) + ", and final"
                        + account.endedAt()
                                .map(at -> " since " + Wording.moment(at))
                                .orElse("") + ".";
            case APPLYING, WATCHING, AWAITING_CONFIRMATION ->
                "the change is in force on " + Circumstances.servers(account.changed())
                        + account.begun()
                                .map(at -> " since " + Wording.moment(at))
                                .orElse("")
                        + ". It has not been rolled back.";
            case PROPOSED, REHEARSED, READY, WITHDRAWN ->
                "the change has never been in force on any server, so it is not the reason.";
        };
    }

    private static String goodSince(Account account, Instant arrived) {
        return account.goodSince()
                .map(at -> "Every server runs with its old configuration again since " + Wording.moment(at)
                        + (at.isBefore(arrived)
                                ? ", which is " + Wording.span(Duration.between(at, arrived)) + " before your mail."
                                : "."))
                .orElse("No server had to be brought back.");
    }

    private static String stillChanged(Account account) {
        return account.changed().isEmpty()
                ? ". Every server has its old configuration already."
                : ". Not back so far, as far as is known: " + Wording.list(account.changed()) + ".";
    }

    private static String now(List<Trial> fresh, Account account) {
        if (fresh.isEmpty()) {
            return "not known. No test login was made within the last 60 seconds, so this mail does not say that logins"
                    + " work.";
        }
        long failed = fresh.stream()
                .filter(trial -> !trial.asExpected() && trial.tells())
                .count();
        String servers = Wording.list(
                fresh.stream().map(Trial::server).distinct().sorted().toList());
        if (failed > 0) {
            return "no. " + failed + " of " + Wording.count(fresh.size(), "test login", "test logins") + " on "
                    + servers + " just went wrong."
                    + (account.changed().isEmpty() && !account.spells().isEmpty()
                            ? " The change is no longer in force there, so there may be another reason."
                            : "");
        }
        return "yes, as far as test logins can tell: "
                + (fresh.size() == 1 ? "the one" : "all " + fresh.size()) + " on " + servers
                + " just went as they should. They stand for users of their kind, not for each user.";
    }

    private static String trial(Trial trial) {
        String what = trial.probe() + " on " + trial.server() + " at " + Wording.time(trial.at()) + ": ";
        if (trial.asExpected()) {
            return what + (trial.outcome().accepted() ? "was let in, as it should." : "was refused, as it must be.");
        }
        if (trial.silence().isPresent()) {
            return what + "tells nothing, " + trial.silence().get() + ".";
        }
        return what + "WRONG. "
                + (trial.doorLeftOpen()
                        ? "It was let in, and must be refused."
                        : Wording.sentence(
                                trial.said().isBlank() ? trial.outcome().reason() : trial.said()));
    }

    /// When the sender's own organisation was first told how the change ended; where it was not, of the change at all.
    private static List<String> told(Answers.Due due, List<Happening> history) {
        Audience theirs = Audience.ofOne(due.party());
        List<Happening> sent = history.stream()
                .filter(each -> each.event() instanceof Event.NoticeSent notice
                        && theirs.partyOf(notice.recipient()).isPresent())
                .toList();
        List<Happening> ofTheEnd = sent.stream()
                .filter(each -> TELL_OF_THE_END.contains(((Event.NoticeSent) each.event()).notice()))
                .toList();
        List<String> lines = new ArrayList<>();
        for (Happening each : ofTheEnd.isEmpty() ? sent : ofTheEnd) {
            Event.NoticeSent notice = (Event.NoticeSent) each.event();
            lines.add(notice.recipient() + " at " + Wording.moment(each.at()) + ": \"" + notice.subject() + "\"");
        }
        return lines.isEmpty()
                ? List.of("Nobody at " + due.party().name() + " has been reached by a letter about this change so far.")
                : lines;
    }

    private static List<String> others(Account account, Letters.Present present) {
        List<String> lines = new ArrayList<>();
        for (List<Happening> other : present.others()) {
            Optional<Instant> felt = Sorter.inForce(other, present.now());
            if (felt.isPresent()) {
                Account known = Account.of(other);
                if (!known.proposed().change().equals(account.proposed().change())) {
                    lines.add(known.proposed().change() + ": " + state(known, Instant.MIN));
                }
            }
        }
        return lines;
    }
}
