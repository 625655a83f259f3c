package barograph.notices;

import barograph.diagnosis.Diagnosis;
import barograph.lease.Receipt;
import barograph.site.ServerId;
import java.time.Duration;
import java.util.List;

/// The letters that say that a change was taken back: what a support desk needs at three in the morning comes first.
final class RollbackNews {
    private RollbackNews() {}

    static Text rolledBack(Circumstances about) {
        Account account = about.account();
        String since = account.goodSince()
                .map(at -> ". As before since " + Wording.time(at))
                .orElse("");
        Prose prose = new Prose();
        head(prose, about);
        prose.labelled(
                "Good again",
                account.goodSince()
                        .map(at -> "since " + Wording.moment(at) + " every server runs with its old configuration,"
                                + " and each has passed its health check.")
                        .orElse("no server had to be brought back."));
        body(prose, about);
        prose.heading("What to do now");
        if (about.forOperator()) {
            prose.paragraph("Nothing has to be done for this change. To try again, mend it and propose it once more."
                    + " `barograph dossier " + about.id() + "` tells everything about it.");
        } else {
            prose.paragraph("Nothing has to be done for this change. Users who could not log in should try again now."
                    + " If somebody still cannot log in, there is another reason, or it is not over: "
                    + emergency(about));
        }
        return new Text(
                about.subject("Rolled back: " + brief(account) + ", " + new Impact(account).brief() + since), prose);
    }

    static Text leftAmiss(Circumstances about) {
        List<Account.Spell> amiss = about.account().spells().stream()
                .filter(spell -> !spell.asBefore())
                .toList();
        List<ServerId> servers = amiss.stream().map(Account.Spell::server).toList();
        String are = servers.size() == 1 ? " is" : " are";
        Prose prose = new Prose();
        head(prose, about);
        prose.labelled(
                "Not good yet",
                Circumstances.servers(servers) + are + " not as before the change. Logins there may fail until "
                        + about.operator() + " has put that right by hand.");
        body(prose, about);
        prose.heading("What to do now");
        prose.paragraph(
                about.forOperator()
                        ? "Look at " + Wording.list(servers)
                                + " now. Compare its files with the snapshot that the guard keeps there, and see in"
                                + " `barograph status " + about.id() + "` what each host said."
                        : about.operator() + " has been told to put it right. Barograph does nothing more about it by"
                                + " itself, so ask there when it will be done. If users"
                                + " cannot log in, " + emergency(about));
        return new Text(
                about.subject(
                        "Rolled back, but " + Wording.list(servers) + are + " not as before: logins there may fail"),
                prose);
    }

    /// How to get help, for somebody who is not an operator: goes on after "if users cannot log in".
    static String emergency(Circumstances about) {
        return "reply to this mail with the word EMERGENCY, and say who, since when and from which device. You get the"
                + " current state back, and an operator of " + about.operator() + " is called.";
    }

    private static void head(Prose prose, Circumstances about) {
        prose.labelled("Cause", about.cause());
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
        about.account()
                .diagnosis()
                .filter(diagnosis -> diagnosis.certainty() != Diagnosis.Certainty.OPEN)
                .ifPresent(
                        diagnosis -> prose.labelled("Looked at from all sides", Wording.sentence(diagnosis.words())));
    }

    private static void body(Prose prose, Circumstances about) {
        Account account = about.account();
        prose.paragraph(about.theChange()
                + account.calledAt()
                        .map(at -> " Its rollback was begun at " + Wording.moment(at) + ".")
                        .orElse(""));
        List<String> details = new Impact(account).details();
        if (!details.isEmpty()) {
            prose.heading("What users saw").items(details);
        }
        if (!account.spells().isEmpty()) {
            prose.heading("From when to when")
                    .items(account.spells().stream().map(RollbackNews::spell).toList());
            prose.heading("Is everything exactly as before?")
                    .items(account.spells().stream()
                            .map(RollbackNews::exactness)
                            .toList());
        }
    }

    private static String spell(Account.Spell spell) {
        String had = spell.server() + (spell.sure() ? " had the change: " : " may have had the change: ");
        return spell.until()
                .map(until -> had + Wording.range(spell.from(), until) + ", which is "
                        + Wording.span(Duration.between(spell.from(), until)))
                .orElse(had + "since " + Wording.moment(spell.from())
                        + spell.overtaken()
                                .map(_ -> "; it still has it")
                                .orElse("; it is not known to have its old configuration back"));
    }

    private static String exactness(Account.Spell spell) {
        return spell.server() + ": "
                + spell.back()
                        .map(RollbackNews::exactness)
                        .or(() -> spell.overtaken()
                                .map(why -> "no. It keeps the new configuration: the change was confirmed there, and"
                                        + " cannot be taken back by Barograph any more, because " + why + "."))
                        .orElse(
                                spell.until().isPresent()
                                        ? "yes. Its host knows of no such change, so nothing was altered there."
                                        : "not known. Its host has not said so yet.");
    }

    private static String exactness(Receipt.RolledBack back) {
        String kept = back.keptAside().isEmpty()
                ? ""
                : " Files that somebody changed by hand meanwhile were kept aside: "
                        + String.join(", ", back.keptAside()) + ".";
        if (!back.byteExact()) {
            return "no. Its files are not exactly what they were before"
                    + (back.healthy() ? "; the server is up." : ", and the server did not pass its health check.")
                    + kept;
        }
        return back.healthy()
                ? "yes. Every file is byte for byte what it was before, and the server is up." + kept
                : "not quite. Every file is byte for byte what it was before, but the server did not pass its health"
                        + " check." + kept;
    }

    /// The cause in a few words.
    private static String brief(Account account) {
        return account.cause()
                .map(cause -> switch (cause.sort()) {
                    case HARMFUL -> "logins went wrong";
                    case EXPECTATION -> "it did not do what it was for";
                    case GUARD -> "a server could not take it over";
                    case LEASE -> "contact with a server was lost";
                    case UNCONFIRMED -> "nobody confirmed it in time";
                    case UNPROVEN -> "nothing showed that it does no harm";
                    case DRIFTED -> "somebody else changed its files meanwhile";
                    case PERSON -> "an operator called it back";
                })
                .orElse("it is not known why");
    }
}
