package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Hunch;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.lease.Drift;
import barograph.lease.Receipt;
import barograph.login.Trial;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.ServerId;
import barograph.verdict.Verdict;
import barograph.verdict.Wording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells what happened to a change, a line or two for each event that a person wants to hear of.
public final class Tale {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Tale() {}

    /// One line of the tale.
    public record Line(Ink ink, String text) {}

    /// Writes an event down for a person who follows it live; says nothing about what only machines care for.
    public static void tell(Paper paper, Happening happening) {
        Instant at = happening.at();
        boolean first = true;
        for (Line line : lines(happening.event())) {
            String clock = first ? CLOCK.format(at) : "        ";
            paper.line(paper.ink(Ink.FAINT, clock) + "  " + paper.ink(line.ink(), line.text()));
            first = false;
        }
    }

    static List<Line> lines(Event event) {
        return switch (event) {
            case Event.Proposed proposed ->
                List.of(new Line(
                        Ink.TITLE,
                        "Change " + proposed.change() + ": " + proposed.title() + " (asked for by "
                                + proposed.requestedBy() + ")"));
            case Event.ClaimAnswered(int claim, var by, var answer, String _) ->
                plain("Claim " + (claim + 1) + ": " + by + " says: " + answer.words() + ".");
            case Event.RehearsalBegun(List<ServerId> backups) ->
                plain("Rehearsing on " + Wording.servers(backups) + ": old configuration, old again, new, and back …");
            case Event.Rehearsed(Report report) -> rehearsed(report);
            case Event.Forecasted(Forecast forecast) -> forecasted(forecast);
            case Event.Approved(var by, var digest) -> plain(by + " approves " + digest.brief() + ".");
            case Event.WaiverSigned(var waiver) ->
                List.of(
                        new Line(Ink.WARNING, waiver.by() + " signs a waiver: " + waiver.sentence()),
                        new Line(Ink.FAINT, "because: " + waiver.because()));
            case Event.Released(var by) -> plain(by + " lets it go.");
            case Event.Answered(ServerId server, Errand errand, Receipt receipt) -> answered(server, errand, receipt);
            case Event.Checked(ServerId server, List<Finding> findings) -> checked(server, findings);
            case Event.Probed(Trial trial) -> probed(trial);
            case Event.Weighed(var stage, Verdict verdict, var _) -> weighed(stage.name(), verdict);
            case Event.StagePassed(var stage, String _) ->
                List.of(new Line(Ink.GOOD, "Stage " + stage + " is passed."));
            case Event.ConfirmationAsked(Instant deadline) ->
                plain("All servers have it. Waiting for the last word until " + CLOCK.format(deadline) + " UTC.");
            case Event.ConfirmationGiven(var by, var digest) ->
                List.of(new Line(Ink.GOOD, by + " confirms " + digest.brief() + "."));
            case Event.DecisionAsked(var stage, String because) ->
                List.of(new Line(
                        Ink.WARNING,
                        "Stage " + stage + " has no verdict at its latest time. " + because
                                + " Decide: `barograph go-on` or `barograph rollback`."));
            case Event.DecisionGiven(var by, var stage) -> plain(by + " lets stage " + stage + " go on.");
            case Event.Drifted(ServerId server, List<Drift> files) -> drifted(server, files);
            case Event.DriftAccepted(var by, var server) ->
                plain(by + " lets it go on over what was changed on " + server + ".");
            case Event.RollbackCalled(Cause cause) -> List.of(new Line(Ink.BAD, "ROLLING BACK. " + cause.words()));
            case Event.Diagnosed(Diagnosis diagnosis) ->
                List.of(new Line(Ink.WARNING, "Diagnosis of " + diagnosis.server() + ": " + diagnosis.words()));
            case Event.HunchHeld(var by, var server, Hunch hunch) ->
                plain(by + " suspects, on " + server + ", \"" + hunch.words() + "\": " + hunch.outcome() + ".");
            case Event.PersonNeeded(var _, String because) -> List.of(new Line(Ink.BAD, "NEEDS A PERSON. " + because));
            case Event.Ended(Ending ending) -> List.of(ended(ending));
            case Event.NoticeSent(var _, String recipient, String subject, var _) ->
                List.of(new Line(Ink.FAINT, "mail to " + recipient + ": " + subject));
            case Event.NoticeFailed(var _, String recipient, String because, int _) ->
                List.of(new Line(Ink.WARNING, "mail to " + recipient + " is not delivered yet: " + because));
            case Event.MailReceived mail ->
                List.of(new Line(Ink.WARNING, "mail from " + mail.from() + ": " + mail.subject()));
            case Event.MailAnswered(var _, String recipient, String subject, var after) ->
                List.of(new Line(
                        Ink.GOOD, "answered " + recipient + " after " + seconds(after.toMillis()) + ": " + subject));
            case Event.Ordered _, Event.Traced _, Event.TakenOn _ -> List.of();
        };
    }

    private static List<Line> drifted(ServerId server, List<Drift> files) {
        if (files.isEmpty()) {
            return List.of(
                    new Line(Ink.GOOD, server + " has the files of the change again as they were put in place."));
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Ink.WARNING, "Somebody else changed files on " + server + ": " + Drift.words(files)));
        files.stream()
                .flatMap(file -> file.diff().lines())
                .forEach(line -> lines.add(new Line(Ink.FAINT, "  " + line)));
        lines.add(
                new Line(
                        Ink.WARNING,
                        "Where the change is in force there, it is held: decide by `barograph go-on` or `barograph rollback`."));
        return lines;
    }

    private static List<Line> plain(String text) {
        return List.of(new Line(Ink.PLAIN, text));
    }

    private static List<Line> rehearsed(Report report) {
        if (!report.trouble().isEmpty()) {
            return List.of(new Line(Ink.BAD, "The rehearsal on " + report.backup() + " failed: " + report.trouble()));
        }
        List<Line> lines = new ArrayList<>();
        boolean bad = !report.passed();
        lines.add(new Line(
                bad ? Ink.BAD : Ink.GOOD,
                "Rehearsed on " + report.backup() + " with " + report.probes() + " probes: "
                        + (report.sleeps()
                                ? "it would break logins at the next restart."
                                : !report.harm().isEmpty()
                                        ? "it would break logins."
                                        : bad ? "it does not pass." : "every login goes as before.")));
        for (Difference difference : report.differences()) {
            lines.add(new Line(
                    difference.worse() ? Ink.BAD : Ink.PLAIN,
                    "  " + difference.probe()
                            + difference
                                    .group()
                                    .map(group -> " (" + group + ")")
                                    .orElse("") + ": "
                            + difference.before() + " → " + difference.after()
                            + (difference.sleeps() ? " (after a restart)" : "")));
        }
        report.replayed()
                .forEach(group -> lines.add(new Line(group.worse() > 0 ? Ink.BAD : Ink.PLAIN, "  " + group.words())));
        report.findings().forEach(finding -> lines.add(found("  ", finding)));
        report.extent()
                .ifPresent(extent -> lines.add(new Line(
                        Ink.FAINT,
                        "  " + (extent.restarted() ? "restart tried" : "restart not tried") + "; " + extent.noise())));
        return lines;
    }

    private static List<Line> forecasted(Forecast forecast) {
        List<Line> lines = new ArrayList<>();
        Ink ink = forecast.harm() < 0.2 ? Ink.GOOD : forecast.harm() < 0.5 ? Ink.WARNING : Ink.BAD;
        lines.add(new Line(
                ink,
                "Forecast: " + forecast.percents() + " chance that it breaks logins"
                        + (forecast.people() > 0
                                ? "; " + forecast.people() + " people, " + forecast.loginsPerHour()
                                        + " logins per hour at stake."
                                : ".")));
        forecast.reasons()
                .forEach(reason -> lines.add(new Line(
                        Ink.FAINT, "  " + (reason.weight() > 0 ? "against it: " : "for it: ") + reason.words())));
        forecast.stakes().ifPresent(stakes -> lines.add(new Line(Ink.FAINT, "  the hours: " + stakes.words())));
        forecast.sight().ifPresent(sight -> lines.add(new Line(Ink.FAINT, "  the watch: " + sight.words())));
        return lines;
    }

    private static List<Line> answered(ServerId server, Errand errand, Receipt receipt) {
        Optional<Line> line = switch (receipt) {
            case Receipt.Snapped(var manifest, int files, var _) ->
                Optional.of(new Line(Ink.FAINT, server + ": " + files + " files kept (" + manifest.brief() + ")"));
            case Receipt.Applied(var _, var how, var downtime) ->
                Optional.of(new Line(
                        Ink.STRONG,
                        server + " has the change ("
                                + how.name().toLowerCase(java.util.Locale.ROOT) + ", "
                                + seconds(downtime.toMillis()) + ")"));
            case Receipt.Confirmed _ -> Optional.of(new Line(Ink.GOOD, server + " keeps it for good"));
            case Receipt.RolledBack back -> Optional.of(rolledBack(server, back));
            case Receipt.Renewed _, Receipt.Standing _ -> Optional.of(new Line(Ink.FAINT, server + " answers again"));
            case Receipt.Refused _, Receipt.Stuck _, Receipt.Unreachable _ ->
                Optional.of(new Line(
                        Ink.WARNING,
                        server + ", told to "
                                + errand.name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' ') + ": "
                                + receipt.trouble()));
        };
        return line.stream().toList();
    }

    private static Line rolledBack(ServerId server, Receipt.RolledBack back) {
        String kept = back.keptAside().isEmpty() ? "" : "; hand edits kept aside: " + back.keptAside();
        return back.byteExact() && back.healthy()
                ? new Line(Ink.GOOD, server + " is back, to the byte" + kept)
                : new Line(
                        Ink.BAD,
                        server
                                + (back.byteExact()
                                        ? " has its old files back, but is not healthy"
                                        : " is NOT exactly as it was before")
                                + kept);
    }

    private static List<Line> checked(ServerId server, List<Finding> findings) {
        return findings.stream().map(finding -> found(server + ": ", finding)).toList();
    }

    private static Line found(String begin, Finding finding) {
        return switch (finding) {
            case Finding.Met(var probe) -> new Line(Ink.GOOD, begin + probe + " is as the change intends");
            case Finding.Unmet(var _, String because) -> new Line(Ink.BAD, begin + because);
            case Finding.Already already -> new Line(Ink.WARNING, begin + already.words());
            case Finding.Unseen(var _, String because) -> new Line(Ink.WARNING, begin + because);
        };
    }

    private static List<Line> probed(Trial trial) {
        if (trial.silence().isPresent()) {
            String why = "probe " + trial.probe() + " on " + trial.server() + " tells nothing: "
                    + trial.silence().get();
            return List.of(new Line(Ink.WARNING, why + (trial.said().isEmpty() ? "" : " (" + trial.said() + ")")));
        }
        String outcome =
                trial.outcome().accepted() ? "accepted" : trial.outcome().reason();
        String words = "probe " + trial.probe() + " on " + trial.server() + ": " + outcome
                + (trial.said().isEmpty() || trial.said().equals(outcome) ? "" : " (" + trial.said() + ")");
        return List.of(
                trial.asExpected() ? new Line(Ink.FAINT, words + ", as expected") : new Line(Ink.WARNING, words));
    }

    private static List<Line> weighed(String stage, Verdict verdict) {
        Ink ink = switch (verdict) {
            case Verdict.Healthy _ -> Ink.GOOD;
            case Verdict.Harmful _ -> Ink.BAD;
            case Verdict.Undecided _ -> Ink.FAINT;
            case Verdict.Blind _ -> Ink.WARNING;
        };
        return List.of(new Line(ink, verdict.word() + " on stage " + stage + ". " + verdict.because()));
    }

    private static Line ended(Ending ending) {
        return switch (ending) {
            case CONFIRMED -> new Line(Ink.GOOD, "CONFIRMED. The change stays.");
            case ROLLED_BACK ->
                new Line(Ink.STRONG, "ROLLED BACK. Every server has its old configuration, to the byte.");
            case WITHDRAWN -> new Line(Ink.STRONG, "WITHDRAWN. No server ever had it.");
            case NEEDS_A_PERSON -> new Line(Ink.BAD, "NEEDS A PERSON. See the dossier for what to look at.");
        };
    }

    static String seconds(long millis) {
        return String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
