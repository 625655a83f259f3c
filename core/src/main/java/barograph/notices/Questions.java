package barograph.notices;

import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.forecast.Forecast;
import barograph.lease.Drift;
import java.time.Instant;
import java.util.Optional;

/// The letters that ask somebody something.
final class Questions {
    private Questions() {}

    static Text claim(Circumstances about, Claim claim) {
        String party = about.name(claim.about());
        String rests = switch (claim.demand()) {
            case MUST -> "A change of login servers is asked for because of it, as something that you require.";
            case WANT -> "A change of login servers is asked for because of it, as something that you want.";
            case SAYS -> "A change of login servers rests on it.";
        };
        Prose prose = new Prose();
        prose.labelled(
                "Question",
                about.name(about.account().proposed().requestedBy()) + " says the sentence below about " + party
                        + ". Is it true?");
        prose.labelled("Effect on logins", "none so far. Your answer is wanted before anything is changed.");
        prose.labelled("Please", "reply to this mail with one of the five answers below.");
        prose.heading("What is said about " + party).quote(claim.says()).paragraph(rests);
        prose.heading("Your answer");
        prose.paragraph("Reply with the number of one of these. Add whatever you like in your own words.");
        int number = 0;
        for (Answer answer : Answer.values()) {
            number++;
            prose.item(number + ": " + answer.words());
        }
        prose.paragraph("An operator of " + about.operator() + " enters your answer, and your mail is kept with it. You"
                + " can also give it to them in any other way; they enter it at their console. Until somebody of "
                + party + " has answered, the sentence counts as hearsay.");
        prose.heading("The change").paragraph(about.theChange());
        return new Text(about.subject("Please answer: is it true what is said about " + party + "?"), prose);
    }

    static Text approval(Circumstances about, Occasion.ApprovalAsked asked) {
        Optional<Forecast> forecast = about.account().rollout().forecast();
        String risk = forecast.map(number -> number.percent() + " chance that it breaks logins")
                .orElse("no forecast yet");
        Prose prose = new Prose();
        prose.labelled("Question", "do you agree to this change of login servers?");
        prose.labelled("Effect on logins", "none so far; nothing has been changed. Forecast: " + risk + ".");
        prose.labelled("It waits for", Wording.sentence(about.named(asked.waitsFor())));
        prose.paragraph(about.theChange());
        forecast.ifPresent(number -> forecast(prose, number));
        prose.heading("Your answer");
        prose.paragraph("Reply to this mail, or tell an operator of " + about.operator()
                + " in any other way. They enter your answer, and your mail is kept with it. You agree to exactly the"
                + " files with the fingerprint "
                + about.account().proposed().digest().brief()
                + "; with one more edit your agreement no longer counts.");
        if (about.forOperator()) {
            prose.paragraph("At the console: `barograph approve " + about.id() + "`");
        }
        return new Text(about.subject("Please answer: do you agree? Forecast: " + risk), prose);
    }

    static void forecast(Prose prose, Forecast forecast) {
        prose.heading("Why the forecast says so");
        forecast.reasons()
                .forEach(reason -> prose.item((reason.weight() > 0 ? "speaks for harm: " : "speaks against harm: ")
                        + Wording.sentence(reason.words())));
        if (forecast.people() > 0) {
            prose.item(Wording.count(forecast.people(), "person has", "people have")
                    + " logged in on these servers within the last hour that was seen.");
        }
    }

    static Text confirmation(Circumstances about, Instant deadline) {
        Prose prose = new Prose();
        prose.labelled("Question", "does this change do what you wanted? Please look on your side, and answer.");
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
        prose.labelled(
                "Deadline",
                Wording.moment(deadline) + ". Without your confirmation by then, every server gets its old"
                        + " configuration back by itself.");
        prose.paragraph(about.theChange() + " All of them have it now.");
        prose.heading("Your answer");
        prose.paragraph("Reply to this mail: \"yes, we confirm\", or \"no\" and what you see. An operator of "
                + about.operator() + " enters your answer, and your mail is kept with it; so do not wait for the last"
                + " minute. What you confirm are exactly the files with the fingerprint "
                + about.account().proposed().digest().brief() + ".");
        if (about.forOperator()) {
            prose.paragraph("At the console: `barograph confirm " + about.id() + "`");
        }
        return new Text(
                about.subject("Please confirm by " + Wording.time(deadline)
                        + ", or it is rolled back: does it do what you wanted?"),
                prose);
    }

    static Text decision(Circumstances about, Occasion.DecisionAsked asked) {
        Prose prose = new Prose();
        prose.labelled(
                "Question",
                "shall this change go on, or be rolled back? The logins of stage " + asked.stage() + " do not tell.");
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
        prose.labelled(
                "Please",
                "decide now. Until then the change stays in force on "
                        + Circumstances.servers(about.account().changed()) + " and goes no further.");
        prose.paragraph(Wording.sentence(about.named(asked.because())));
        prose.heading("What you can do");
        prose.item("see what is known: `barograph explain " + about.id() + "`");
        prose.item("roll it back: `barograph rollback " + about.id() + "`");
        prose.item("let it go on: `barograph go-on " + about.id() + "`");
        prose.paragraph(about.theChange());
        return new Text(
                about.subject("Please decide: go on or roll back? Stage " + asked.stage() + " has no verdict"), prose);
    }

    static Text drift(Circumstances about, Occasion.Drifted drifted) {
        Prose prose = new Prose();
        prose.labelled(
                "News",
                "somebody else has changed files of this change on " + drifted.server()
                        + " since it was put in force there: " + Drift.words(drifted.files()) + ".");
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
        prose.labelled(
                "Held",
                "the change stays in force on "
                        + Circumstances.servers(about.account().changed())
                        + ". It goes no further, and is not made final, before " + about.operator() + " has decided.");
        prose.paragraph(about.theChange());
        if (about.forOperator()) {
            prose.heading("What is different now");
            drifted.files().forEach(file -> prose.quote(file.diff().isBlank() ? file.words() : file.diff()));
            prose.heading("What you can do");
            prose.item("let it go on, with what was changed: `barograph go-on " + about.id() + "`");
            prose.item("roll it back: `barograph rollback " + about.id() + "`. What was changed by others is kept"
                    + " aside on the host then.");
            prose.item("or put the files back by hand as they were: then it goes on by itself.");
        } else {
            prose.paragraph("If that was you: please tell " + about.operator() + " why. Nothing else has to be done.");
        }
        return new Text(about.subject("Held: somebody else changed files on " + drifted.server()), prose);
    }
}
