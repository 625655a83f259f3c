package barograph.notices;

import barograph.rollout.Event;
import barograph.site.Site;
import java.util.Optional;

/// The letters to operators about mail: what came in, and what does not get out.
final class PostNews {
    private PostNews() {}

    /// @param label what stands in brackets before the subject: the change, or the site
    /// @param ownAddress the mailbox that the mail lies in
    static Text came(Site site, String label, String ownAddress, Occasion.MailCame came) {
        Event.MailReceived mail = came.mail();
        Optional<String> party = new Audience(site).partyOf(mail.from()).map(found -> found.name());
        String from = (mail.from().isEmpty() ? "somebody who gives no address" : Prose.line(mail.from(), 120))
                + party.map(name -> " (" + name + ")").orElse("");
        Prose prose = new Prose();
        prose.labelled("News", news(mail, from, party.isPresent()));
        prose.labelled("Subject of that mail", mail.subject().isBlank() ? "(none)" : mail.subject());
        prose.labelled("Came in", Wording.moment(mail.arrived()));
        mail.seal().ifPresent(seal -> prose.labelled("Whose word", Wording.sentence(word(seal))));
        prose.labelled(
                "Read it",
                "it lies in the mailbox of " + ownAddress + ", and in the record as entry " + came.entry() + ".");
        prose.paragraph(whatToDo(mail, party.isPresent(), came.entry()));
        return new Text("[" + label + "] " + Prose.line(subject(mail, from), 160), prose);
    }

    private static String word(Event.MailSeal seal) {
        return seal.grade().speaks()
                ? seal.because() + ", so a server of that domain stands for it"
                : seal.because() + ", so anybody may have written it";
    }

    private static String subject(Event.MailReceived mail, String from) {
        return switch (mail.writer()) {
            case BOUNCE -> "A letter of ours was not delivered: " + mail.subject();
            case PERSON, MACHINE ->
                (mail.emergency() ? "EMERGENCY mail from " : "Mail from ") + from + ": " + mail.subject();
        };
    }

    private static String news(Event.MailReceived mail, String from, boolean ofParty) {
        String about = mail.matched().equals("nothing") ? "; it could not be told about which change" : "";
        String who = ofParty ? "" : ", who is of none of the parties";
        return switch (mail.writer()) {
            case BOUNCE -> "a mail system says that a letter of ours was not delivered.";
            case MACHINE ->
                "a mail that a machine wrote says that users cannot log in. It is from " + from + who + about + ".";
            case PERSON ->
                from + who + (mail.emergency() ? " writes that users cannot log in" : " has written to us") + about
                        + ".";
        };
    }

    private static String whatToDo(Event.MailReceived mail, boolean ofParty, long entry) {
        if (mail.writer() == Event.Writer.BOUNCE) {
            return "Find out who did not get it, tell them in another way, and correct the address in site.yaml.";
        }
        if (!mail.emergency()) {
            return "If it answers a claim, say so with `barograph answer … --mail " + entry + "`; an approval or a"
                    + " confirmation, with `approve` or `confirm`: a mail counts as its party's word only once somebody"
                    + " has read it.";
        }
        boolean answered = ofParty
                && mail.writer() == Event.Writer.PERSON
                && !mail.matched().equals("nothing");
        return "Look whether users can log in now: `barograph check`. "
                + (answered
                        ? "The sender gets an automatic answer with the state of the change; it does not replace yours."
                        : "The sender gets no automatic answer. Answer yourself.");
    }

    static Text undelivered(String label, Occasion.Undelivered undelivered) {
        Event.NoticeFailed failure = undelivered.failure();
        Prose prose = new Prose();
        prose.labelled("Trouble", failure.recipient() + " does not get our letter \"" + failure.notice() + "\".");
        prose.labelled("What the mail system says", Wording.sentence(failure.because()));
        prose.labelled("Attempts so far", String.valueOf(failure.attempt()));
        prose.paragraph("Tell them in another way. It is tried again every ten minutes, for " + Notices.LAPSE.toDays()
                + " days. If the address is wrong, correct it in site.yaml.");
        return new Text("[" + label + "] " + Prose.line(failure.recipient() + " does not get our letters", 160), prose);
    }
}
