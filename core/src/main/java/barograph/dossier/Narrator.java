package barograph.dossier;

import barograph.diagnosis.Diagnosis;
import barograph.expectations.Finding;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rehearsal.Report;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.PersonId;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.util.List;

/// Tells each event as one line of the timeline.
final class Narrator {
    private final Story story;

    Narrator(Story story) {
        this.story = story;
    }

    /// What a line says, before it has a place.
    ///
    /// @param weight how much it matters to somebody who skims
    record Saying(Sort sort, Line.Weight weight, String words) {}

    Saying tell(Happening happening) {
        return switch (happening.event()) {
            case Event.Proposed proposed ->
                fact(Line.Weight.KEY, person(proposed.requestedBy()) + " asks for " + Phrases.quoted(proposed.title()));
            case Event.ClaimAnswered answered -> answered(answered);
            case Event.RehearsalBegun(var backups) ->
                fact(
                        Line.Weight.PLAIN,
                        Phrases.list(backups) + " begin" + (backups.size() == 1 ? "s" : "") + " to try it");
            case Event.Rehearsed(Report report) -> measured(Line.Weight.KEY, rehearsed(report));
            case Event.Forecasted(var forecast) ->
                new Saying(
                        Sort.INFERENCE, Line.Weight.KEY, "Forecast: " + forecast.percent() + " that it breaks logins");
            case Event.Approved(var by, var _) -> decided(person(by) + " approves it");
            case Event.WaiverSigned(var waiver) ->
                decided(person(waiver.by()) + " signs past gate " + waiver.gate() + ": "
                        + Phrases.quoted(waiver.sentence()));
            case Event.Released(var by) -> decided(person(by) + " lets it go");
            case Event.Ordered(ServerId server, Errand errand) -> ordered(server, errand);
            case Event.Answered(ServerId server, Errand errand, Receipt receipt) -> receipt(server, errand, receipt);
            case Event.Checked(ServerId server, List<Finding> findings) -> checked(server, findings);
            case Event.Probed(Trial trial) -> probed(trial);
            case Event.Weighed weighed -> weighed(weighed);
            case Event.StagePassed(var stage, String because) ->
                decided("Stage " + stage + " is passed: " + Phrases.clause(because));
            case Event.Traced(var stage, var _) ->
                measured(Line.Weight.MINOR, "The logins of stage " + stage + " are kept, for the drum");
            case Event.ConfirmationAsked(var deadline) ->
                fact(Line.Weight.KEY, "The confirmation is asked for, until " + story.at(deadline));
            case Event.ConfirmationGiven(var by, var _) -> decided(person(by) + " confirms it");
            case Event.DecisionAsked(var stage, String because) ->
                fact(
                        Line.Weight.KEY,
                        "An operator is asked to decide about stage " + stage + ": " + Phrases.clause(because));
            case Event.DecisionGiven(var by, var stage) -> decided(person(by) + " lets stage " + stage + " go on");
            case Event.Drifted(var server, var files) -> drifted(server, files);
            case Event.DriftAccepted(var by, var server) -> decided(person(by) + accepts(server));
            case Event.RollbackCalled(var cause) -> decided("Rollback: " + Phrases.clause(cause.words()));
            case Event.Diagnosed(var diagnosis) -> diagnosed(diagnosis);
            case Event.HunchHeld held -> suspected(held);
            case Event.PersonNeeded(var server, String because) ->
                fact(Line.Weight.KEY, server + " needs a person: " + Phrases.clause(because));
            case Event.Ended(var ending) -> fact(Line.Weight.KEY, "It ends: " + Phrases.word(ending));
            case Event.TakenOn(String controller) ->
                fact(Line.Weight.PLAIN, "Controller " + controller + " takes it on");
            case Event.NoticeSent sent -> letter(Line.Weight.PLAIN, "Notice to", sent.recipient(), sent.subject());
            case Event.NoticeFailed failed -> undelivered(failed);
            case Event.MailReceived mail ->
                letter(Line.Weight.KEY, sort(mail) + " of", mail.from(), mail.subject(), seal(mail));
            case Event.MailAnswered mail ->
                letter(
                        Line.Weight.PLAIN,
                        "Answer, after " + Phrases.span(mail.after()) + ", to",
                        mail.recipient(),
                        mail.subject());
        };
    }

    private static Saying diagnosed(Diagnosis diagnosis) {
        return new Saying(
                Sort.INFERENCE,
                Line.Weight.KEY,
                "Diagnosis of " + diagnosis.server() + ": " + Phrases.clause(diagnosis.words()));
    }

    private Saying suspected(Event.HunchHeld held) {
        return fact(
                Line.Weight.KEY,
                person(held.by()) + " suspects, on " + held.server() + ", "
                        + Phrases.quoted(held.hunch().words()) + ": "
                        + Phrases.clause(held.hunch().outcome()));
    }

    private static Saying undelivered(Event.NoticeFailed failed) {
        return fact(
                Line.Weight.PLAIN,
                "Notice to " + Names.recipient(failed.recipient()) + " fails (attempt " + failed.attempt() + "): "
                        + Phrases.clause(failed.because()));
    }

    private Saying probed(Trial trial) {
        Line.Weight weight = trial.asExpected() || !trial.tells() ? Line.Weight.PLAIN : Line.Weight.KEY;
        return measured(weight, Phrases.clause(Phrases.capital(trial(trial))));
    }

    private static Saying drifted(ServerId server, List<Drift> files) {
        return fact(
                Line.Weight.KEY,
                files.isEmpty()
                        ? server + " has the files of the change again as they were put in place"
                        : server + " has files that somebody else changed: " + Drift.words(files));
    }

    private static String accepts(ServerId server) {
        return " lets it go on over what somebody else changed on " + server;
    }

    private static String rehearsed(Report report) {
        if (!report.trouble().isEmpty()) {
            return report.backup() + " could not try it: " + Phrases.clause(report.trouble());
        }
        int worse = report.harm().size();
        String probes = Phrases.count(report.probes(), "probe", "probes");
        return report.backup() + " has tried it with " + probes + ": "
                + (worse == 0 ? "none got worse" : worse + " got worse")
                + (report.sleeps() ? ", asleep until the next restart" : "")
                + (report.byteExact() ? "" : "; it is not exactly what it was before");
    }

    /// What sort of mail came in.
    static String sort(Event.MailReceived mail) {
        return switch (mail.writer()) {
            case PERSON -> mail.emergency() ? "An emergency mail" : "A mail";
            case MACHINE -> mail.emergency() ? "An automatic emergency mail" : "An automatic mail";
            case BOUNCE -> "A mail system’s complaint that it could not deliver,";
        };
    }

    /// What stands behind a mail's subject: whether the sender's domain signed it.
    private static String seal(Event.MailReceived mail) {
        return mail.seal()
                .map(seal -> " (" + Phrases.clause(seal.because()) + ")")
                .orElse("");
    }

    private static Saying letter(Line.Weight weight, String what, String whom, String subject) {
        return letter(weight, what, whom, subject, "");
    }

    private static Saying letter(Line.Weight weight, String what, String whom, String subject, String behind) {
        return fact(weight, what + " " + Names.recipient(whom) + ": " + Phrases.quoted(subject) + behind);
    }

    private Saying answered(Event.ClaimAnswered answered) {
        String claim = answered.claim() < story.proposed().claims().size()
                ? Phrases.quoted(story.proposed().claims().get(answered.claim()).says())
                : "claim " + (answered.claim() + 1);
        return fact(
                Line.Weight.KEY,
                person(answered.by()) + " answers by " + answered.how() + " to " + claim + ": "
                        + Phrases.quoted(answered.answer().words()));
    }

    private static Saying ordered(ServerId server, Errand errand) {
        boolean files = errand == Errand.APPLY || errand == Errand.ROLL_BACK;
        return fact(files ? Line.Weight.PLAIN : Line.Weight.MINOR, server + " is told to " + order(errand));
    }

    private static String order(Errand errand) {
        return switch (errand) {
            case SNAPSHOT -> "keep a copy of its files";
            case APPLY -> "apply the change";
            case CONFIRM -> "keep the change for good";
            case ROLL_BACK -> "put its old files back";
            case RENEW -> "go on with its lease";
            case LOOK -> "say how far the change has come there";
        };
    }

    private static Saying receipt(ServerId server, Errand errand, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Snapped(var manifest, int files, var _) ->
                fact(
                        Line.Weight.PLAIN,
                        server + " has a copy of its " + Phrases.count(files, "file", "files") + " (" + manifest.brief()
                                + "…)");
            case Receipt.Applied(var _, var how, var downtime) ->
                fact(
                        Line.Weight.KEY,
                        server + " has the change, after a " + Phrases.word(how) + "; it was down for "
                                + Phrases.span(downtime));
            case Receipt.Renewed(var left) ->
                fact(Line.Weight.MINOR, server + " keeps the change for another " + Phrases.span(left));
            case Receipt.Confirmed _ -> fact(Line.Weight.KEY, server + " keeps the change for good");
            case Receipt.RolledBack back ->
                measured(
                        Line.Weight.KEY,
                        server + " has its old files back (" + back.because() + "), "
                                + (back.byteExact() ? "byte for byte" : "but not exactly") + "; "
                                + (back.healthy() ? "it is up" : "its health check fails"));
            case Receipt.Refused(var reason, String detail) ->
                fact(Line.Weight.KEY, server + " refuses (" + Phrases.word(reason) + "): " + Phrases.clause(detail));
            case Receipt.Stuck(String detail) -> fact(Line.Weight.KEY, server + " is stuck: " + Phrases.clause(detail));
            case Receipt.Unreachable(String detail) ->
                fact(
                        Line.Weight.PLAIN,
                        server + " does not answer when told to " + order(errand) + ": " + Phrases.clause(detail));
            case Receipt.Standing(var state, var _, String detail) ->
                fact(
                        Line.Weight.MINOR,
                        server + " stands at " + Phrases.word(state)
                                + (detail.isBlank() ? "" : ": " + Phrases.clause(detail)));
        };
    }

    private static Saying checked(ServerId server, List<Finding> findings) {
        return findings.stream()
                .filter(Finding.Unmet.class::isInstance)
                .map(finding -> ((Finding.Unmet) finding).because())
                .findFirst()
                .map(because -> measured(
                        Line.Weight.KEY, server + " does not do what the change is for: " + Phrases.clause(because)))
                .orElseGet(() -> measured(Line.Weight.KEY, server + " does what the change is for"));
    }

    private static Saying weighed(Event.Weighed weighed) {
        Counts counts = weighed.counts();
        boolean open = weighed.verdict() instanceof Verdict.Undecided;
        return measured(
                open ? Line.Weight.PLAIN : Line.Weight.KEY,
                "Verdict on stage " + weighed.stage() + ": " + weighed.verdict().word() + ". "
                        + Phrases.sentence(weighed.verdict().because()) + " ("
                        + Phrases.count(counts.logins(), "login", "logins") + ", "
                        + Phrases.number(counts.failedLogins()) + " failed)");
    }

    /// One try of a probe, as a sentence that begins with a small letter.
    static String trial(Trial trial) {
        if (trial.silence().isPresent()) {
            return "probe " + trial.probe() + " on " + trial.server() + " tells nothing of the server: "
                    + trial.silence().get() + (trial.said().isBlank() ? "." : ": " + Phrases.lastQuoted(trial.said()));
        }
        String outcome = trial.outcome().accepted()
                ? "was accepted"
                : "ended as " + Phrases.quoted(trial.outcome().reason())
                        + (trial.steps().isEmpty()
                                ? ""
                                : " at step "
                                        + Phrases.word(trial.steps().getLast().step()));
        return "probe " + trial.probe() + " on " + trial.server() + " " + outcome
                + (trial.asExpected() ? ", as expected" : ", and should have been " + wanted(trial))
                + (trial.said().isBlank() ? "." : ": " + Phrases.lastQuoted(trial.said()));
    }

    private static String wanted(Trial trial) {
        return switch (trial.expected()) {
            case ACCEPT -> trial.outcome().accepted() ? "answered otherwise" : "accepted";
            case REJECT -> "refused";
        };
    }

    private String person(PersonId id) {
        return story.names().person(id);
    }

    private static Saying fact(Line.Weight weight, String words) {
        return new Saying(Sort.FACT, weight, words);
    }

    private static Saying measured(Line.Weight weight, String words) {
        return new Saying(Sort.MEASUREMENT, weight, words);
    }

    private static Saying decided(String words) {
        return new Saying(Sort.DECISION, Line.Weight.KEY, words);
    }
}
