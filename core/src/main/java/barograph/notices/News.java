package barograph.notices;

import barograph.forecast.Forecast;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.rollout.Wave;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.time.Instant;
import java.util.List;

/// The letters that tell how a change goes.
final class News {
    private News() {}

    static Text warned(Circumstances about, Occasion.Warned warned) {
        String percent =
                about.account().rollout().forecast().map(Forecast::percent).orElse("no forecast of the");
        Prose prose = new Prose();
        prose.labelled("Warning", percent + " chance that this change breaks logins.");
        prose.labelled("Effect on logins", "none so far. It does not go out as it is.");
        prose.labelled("It is held because", Wording.sentence(about.named(reasons(warned.gates()))));
        prose.paragraph(about.theChange());
        about.account().rollout().forecast().ifPresent(forecast -> Questions.forecast(prose, forecast));
        prose.heading("What you can do");
        prose.item("mend the change, and propose it once more: this is what we advise.");
        prose.item("or sign for the risk, if you have the right to: the sentence that you sign is written by Barograph,"
                + " everyone gets a copy with your name, and it counts for exactly this change. Tell an operator of "
                + about.operator() + ".");
        if (about.forOperator()) {
            warned.gates()
                    .forEach(shut -> prose.item("at the console: `barograph waive " + about.id() + " "
                            + shut.gate().name() + "`"));
        }
        return new Text(about.subject("Warning: " + percent + " chance that it breaks logins. It is held"), prose);
    }

    private static String reasons(List<GateState.Shut> gates) {
        return String.join("; ", gates.stream().map(GateState.Shut::waitsFor).toList());
    }

    static Text waived(Circumstances about, Waiver waiver, Instant at) {
        Prose prose = new Prose();
        prose.labelled(
                "Waiver",
                about.name(waiver.by()) + " has signed to let this change pass a warning (gate " + waiver.gate()
                        + ").");
        prose.labelled("Effect on logins", new Impact(about.account()).sentence());
        prose.labelled("Signed", Wording.moment(at));
        prose.heading("What " + waiver.by().name() + " signed").quote(waiver.sentence());
        prose.heading("The reason given").quote(waiver.because());
        prose.paragraph(about.theChange());
        prose.paragraph("This copy goes to all parties. If you do not agree, reply at once or call " + about.operator()
                + ": as soon as nothing else holds it, the change goes out.");
        return new Text(
                about.subject("Warning waived by " + about.name(waiver.by()) + ": gate " + waiver.gate()), prose);
    }

    static Text applied(Circumstances about, Stage stage, Instant at) {
        List<Wave> waves = about.account().rollout().plan().waves();
        List<ServerId> ofStage = waves.stream()
                .filter(wave -> wave.stage().equals(stage))
                .flatMap(wave -> wave.servers().keySet().stream())
                .toList();
        List<ServerId> later = waves.stream()
                .filter(wave -> wave.stage().compareTo(stage) > 0)
                .flatMap(wave -> wave.servers().keySet().stream())
                .toList();
        Prose prose = new Prose();
        prose.labelled(
                "News",
                Circumstances.servers(ofStage) + " (stage " + stage + ") got a changed configuration at "
                        + Wording.moment(at) + ".");
        prose.labelled(
                "Effect on logins",
                "none is intended. Real logins there are watched from now on, and if they show"
                        + " harm, every server gets its old configuration back by itself.");
        prose.labelled(
                "Next",
                later.isEmpty()
                        ? "these were the last servers. You hear again when the change is final or rolled back."
                        : Wording.list(later) + (later.size() == 1 ? " follows" : " follow")
                                + " when the logins here show no harm.");
        prose.paragraph(about.theChange());
        prose.heading("If users cannot log in").paragraph(Wording.capital(RollbackNews.emergency(about)));
        if (about.forOperator()) {
            prose.paragraph("To take it back now: `barograph rollback " + about.id() + "`");
        }
        return new Text(
                about.subject(
                        "In force on " + Wording.list(ofStage) + " since " + Wording.time(at) + "; logins are watched"),
                prose);
    }

    static Text personNeeded(Circumstances about, Occasion.PersonNeeded needed) {
        Prose prose = new Prose();
        prose.labelled(
                "Trouble",
                about.forOperator()
                        ? Wording.sentence(needed.because())
                        : needed.server() + " could not be given its old configuration back so far. It is tried again"
                                + " all the time.");
        prose.labelled(
                "Effect on logins", "users of " + needed.server() + " may be unable to log in until that has worked.");
        prose.labelled("Cause of the rollback", about.cause());
        prose.paragraph(about.theChange() + " It is being rolled back.");
        prose.heading("What to do now");
        prose.paragraph(
                about.forOperator()
                        ? "Go to the host of " + needed.server() + " now. `barograph status " + about.id()
                                + "` shows what it said last. Barograph keeps trying meanwhile."
                        : about.operator() + " has been told to go to that server. You hear again as soon as it is"
                                + " settled. If users cannot log in, "
                                + RollbackNews.emergency(about));
        return new Text(about.subject(needed.server() + " cannot be rolled back so far: logins there may fail"), prose);
    }

    static Text confirmed(Circumstances about) {
        Account account = about.account();
        Impact impact = new Impact(account);
        Prose prose = new Prose();
        prose.labelled(
                "News",
                "the change is final on " + Circumstances.servers(account.servers()) + "."
                        + account.rollout()
                                .confirmed()
                                .map(by -> " " + about.name(by) + " confirmed that it does what was wanted.")
                                .orElse(""));
        prose.labelled("Effect on logins", impact.sentence());
        account.endedAt().ifPresent(at -> prose.labelled("Final since", Wording.moment(at)));
        prose.paragraph(about.theChange());
        if (!impact.details().isEmpty()) {
            prose.heading("What was counted").items(impact.details());
        }
        prose.paragraph(
                "From now on nothing is rolled back by itself. If users cannot log in, reply to this mail with the"
                        + " word EMERGENCY.");
        return new Text(about.subject("Done: it stays on all its servers; " + impact.brief()), prose);
    }

    static Text withdrawn(Circumstances about) {
        Prose prose = new Prose();
        prose.labelled("News", "this change has been withdrawn before any server had it.");
        prose.labelled("Effect on logins", "none.");
        prose.labelled("Cause", about.cause());
        prose.paragraph(about.theChange());
        prose.paragraph("Nothing has to be done. If you were asked something about it, you need not answer any more.");
        return new Text(about.subject("Withdrawn: no server ever had it, and logins are not touched"), prose);
    }
}
