package barograph.notices;

import barograph.lease.Receipt;
import barograph.rollout.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The letters that say that a change was taken back: what a support desk needs at three in the morning comes first.
final class RollbackNews {
    private RollbackNews() {}

    static Text rolledBack(Circumstances about) {
        Account account = about.account();
        String since = account.goodSince()
                .map(at -> "; old configuration back since " + Wording.time(at))
                .orElse("");
        Prose prose = new Prose();
        head(prose, about);
        prose.labelled(
                "Good again",
                account.goodSince()
                        .map(at -> "since " + Wording.moment(at)
                                + " every server runs with its old configuration,"
                                + " and each has passed its health check.")
                        .orElse("no server had to be brought back."));
        body(prose, about);
        prose.heading("What to do now");
        prose.paragraph(whatToDo(about, "Nothing has to be done for this change."));
        return new Text(
                about.subject("Rolled back, because " + brief(account) + ": " + new Impact(account).brief() + since),
                prose);
    }

    static Text leftAmiss(Circumstances about) {
        Account account = about.account();
        List<String> amiss = account.spells().stream()
                .filter(spell -> !spell.asBefore())
                .map(spell -> spell.server().value())
                .toList();
        Prose prose = new Prose();
        head(prose, about);
        prose.labelled(
                "Not good yet",
                Wording.capital(Circumstances.servers(amiss))
                        + (amiss.size() == 1 ? " is" : " are")
                        + " not as before the change. Logins there may fail until "
                        + about.operator() + " has put that right by hand.");
        body(prose, about);
        prose.heading("What to do now");
        prose.paragraph(
                about.forOperator()
                        ? "Look at " + Wording.list(amiss)
                                + " now. Compare its files with the snapshot that the guard keeps there, and see in"
                                + " `barograph status " + about.id() + "` what each host said."
                        : whatToDo(about, about.operator() + " has been told to put it right."));
        return new Text(
                about.subject("Rolled back, but " + Wording.list(amiss) + " is not as before: logins there may fail"),
                prose);
    }

    private static void head(Prose prose, Circumstances about) {
        prose.labelled("Cause", Wording.capital(causeWords(about.account())));
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
    }

    private static void body(Prose prose, Circumstances about) {
        Account account = about.account();
        prose.paragraph(about.theChange() + " It has been rolled back"
                + account.calledAt()
                        .map(at -> ": that was begun at " + Wording.moment(at))
                        .orElse("") + ".");
        List<String> details = new Impact(account).details();
        if (!details.isEmpty()) {
            prose.heading("What users saw").items(details);
        }
        if (!account.spells().isEmpty()) {
            prose.heading("From when to when")
                    .items(account.spells().stream().map(RollbackNews::spell).toList());
            prose.heading("Is everything exactly as before?").items(exactness(account));
        }
    }

    private static String spell(Account.Spell spell) {
        String from = Wording.moment(spell.from());
        String begin = spell.server() + ": "
                + (spell.sure() ? "from " + from : "it may have had the change from " + from + " on");
        return spell.until()
                .map(until -> begin + " until " + Wording.moment(until) + ", which is "
                        + Wording.span(Duration.between(spell.from(), until)))
                .orElse(begin + "; it is not known to have its old configuration back");
    }

    private static List<String> exactness(Account account) {
        List<String> lines = new ArrayList<>();
        for (Account.Spell spell : account.spells()) {
            lines.add(spell.server() + ": " + exactness(spell));
        }
        return lines;
    }

    private static String exactness(Account.Spell spell) {
        Optional<Receipt.RolledBack> back = spell.back();
        if (back.isEmpty()) {
            return spell.until().isPresent()
                    ? "its host knows of no such change, so nothing was altered there."
                    : "not known. Its host has not said so yet.";
        }
        String files = back.get().byteExact()
                ? "yes. Every file is byte for byte what it was before"
                : "no. Its files are not exactly what they were before";
        String health = back.get().healthy()
                ? ", and the server is up."
                : ", but the server did not pass its health check. Logins there may fail.";
        String kept = back.get().keptAside().isEmpty()
                ? ""
                : " Files that somebody changed by hand meanwhile were kept aside: "
                        + String.join(", ", back.get().keptAside()) + ".";
        return files + health + kept;
    }

    private static String whatToDo(Circumstances about, String first) {
        if (about.forOperator()) {
            return first + " To try again, mend it and propose it once more. `barograph dossier " + about.id()
                    + "` tells everything about it.";
        }
        return first + " Users who could not log in should try again now. If somebody still cannot log in, it has"
                + " another reason or is not over: reply to this mail with the word EMERGENCY, and say who, since when"
                + " and from which device. You get the current state at once, and an operator of " + about.operator()
                + " is called.";
    }

    /// The cause in the words of whoever noticed it.
    static String causeWords(Account account) {
        return account.cause().map(Cause::words).map(Wording::sentence).orElse("it is not known why.");
    }

    /// The cause in a few words that go on after "because".
    static String brief(Account account) {
        return account.cause()
                .map(cause -> switch (cause.sort()) {
                    case HARMFUL -> "logins went wrong";
                    case EXPECTATION -> "it did not do what it was for";
                    case GUARD -> "a server could not take it over";
                    case LEASE -> "contact with a server was lost";
                    case UNCONFIRMED -> "nobody confirmed it in time";
                    case UNPROVEN -> "nothing showed that it does no harm";
                    case PERSON -> "an operator called it back";
                })
                .orElse("of a reason that is not known");
    }
}
