package barograph.cli;

import barograph.guard.HostFacts;
import barograph.login.Outcome;
import barograph.login.Trial;
import barograph.site.LogSource;
import barograph.site.ProbeSpec;
import barograph.site.Server;
import barograph.site.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `check` makes of what it has seen: what it means for logins, and what to do now.
final class CheckJudge {
    /// Kerberos refuses logins beyond five minutes; logs are put in order to the second.
    private static final Duration CLOCK = Duration.ofSeconds(30);

    private CheckJudge() {}

    static List<CheckFinding> facts(Server server, HostFacts facts) {
        List<CheckFinding> findings = new ArrayList<>();
        if (facts.clockAhead().abs().compareTo(CLOCK) > 0) {
            boolean ahead = facts.clockAhead().isPositive();
            findings.add(CheckFinding.bad(
                    server.id() + " clock",
                    "its clock is " + span(facts.clockAhead().abs()) + (ahead ? " ahead of" : " behind")
                            + " this machine's, so its logins count at the wrong time, and harm is seen late or not at all",
                    "Let both keep time by NTP (chrony, systemd-timesyncd), then check again."));
        }
        if (facts.root().equals("unwritable")) {
            findings.add(CheckFinding.bad(
                    server.id() + " files",
                    "its configuration folder " + server.config().root() + " may not be written by this account",
                    "No change can be carried to it: let the account at " + server.at()
                            + " be root, own the folder, or run the guard by sudo."));
        }
        if (facts.free() < 3 * facts.needed() + 1024) {
            findings.add(CheckFinding.bad(
                    server.id() + " room",
                    "only " + facts.free() + " KiB are free for the guard's snapshots, and one takes " + facts.needed()
                            + " KiB: a change could not be carried, or not taken back",
                    "Free some room there, or let BAROGRAPH_GUARD_FOLDER name a folder on a larger disk."));
        }
        facts.validate()
                .ifPresent(said -> findings.add(CheckFinding.bad(
                        server.id() + " validate",
                        "its own check refuses the configuration as it is now: " + said,
                        "Every change would be refused as it is. If a program is missing, install it on the host; if the"
                                + " files are wrong, mend them before the next restart stops all logins; or write"
                                + " another validate: in site.yaml.")));
        facts.health()
                .ifPresent(said -> findings.add(CheckFinding.bad(
                        server.id() + " health",
                        "it is not healthy now" + (said.isEmpty() ? "" : ": " + said),
                        "Every change would be rolled back at once. Is the server running, and does it serve port "
                                + server.port() + "?")));
        return findings;
    }

    /// What a log of logins has shown.
    ///
    /// @param known what a look at the host said of the file
    /// @param lines how many lines came
    /// @param logins how many logins within the last hour
    /// @param letIn whether a probe was let in just now, which the log should tell
    /// @param note how the kind of server is made to write its logins down; may be empty
    record LogLook(String known, String trouble, long lines, long unread, long logins, boolean letIn, String note) {}

    static CheckFinding log(Server server, LogSource log, LogLook look) {
        String about = server.id() + " log";
        String blind = ", so real logins there cannot be watched and a change is carried blind";
        String name = "Is log: in site.yaml right? ";
        return switch (look.known) {
            case "missing" ->
                CheckFinding.bad(about, "there is no file " + log.path() + " on its host" + blind, name + look.note);
            case "folder" ->
                CheckFinding.bad(about, log.path() + " is a folder" + blind, "Name the file in it: log: in site.yaml.");
            case "unreadable" ->
                CheckFinding.bad(
                        about,
                        "the account at " + server.at() + " may not read " + log.path() + blind,
                        "Let it: mostly by making it a member of the group adm, or of the file's group.");
            default -> read(about, log, look, blind);
        };
    }

    private static CheckFinding read(String about, LogSource log, LogLook look, String blind) {
        if (!look.trouble.isEmpty()) {
            return CheckFinding.bad(about, look.trouble + blind, "Is log: in site.yaml right? " + look.note);
        }
        String told = look.logins + " logins within the last hour"
                + (look.unread > 0 ? "; " + look.unread + " lines could not be read" : "");
        if (look.unread > look.lines / 20) {
            return CheckFinding.bad(
                    about,
                    told + blind,
                    "Too many lines are not understood: is '" + log.grammar()
                            + "' the grammar of this log? Try it: barograph kinds lists them.");
        }
        if (look.logins > 0 || !look.letIn) {
            return CheckFinding.well(about, told);
        }
        return CheckFinding.bad(
                about,
                "a probe was let in just now, and " + log.path()
                        + (look.lines == 0
                                ? " got no line"
                                : " got lines, but none that the grammar '" + log.grammar() + "' reads as a login")
                        + blind,
                "Let the server write its logins there. " + look.note);
    }

    static CheckFinding probe(Trial trial, ProbeSpec probe, Server server) {
        String about = trial.server() + " probe " + trial.probe();
        String said = trial.said().isEmpty() ? "" : " (" + trial.said() + ")";
        if (trial.silence().isPresent()) {
            return CheckFinding.bad(
                    about,
                    "it tells nothing: " + trial.silence().get() + said,
                    trial.outcome() instanceof Outcome.NotTried
                            ? "Wait until the hour is over. If nothing locks the account, allow more:"
                                    + " wrong-passwords: in site.yaml."
                            : "Mend the account " + probe.user() + ", or give the probe another: until then nobody"
                                    + " knows whether logins like it work.");
        }
        String words =
                (trial.outcome().accepted() ? "accepted" : trial.outcome().reason()) + said;
        return trial.asExpected()
                ? CheckFinding.well(about, words)
                : CheckFinding.bad(about, words, remedy(trial, probe, server));
    }

    private static String remedy(Trial trial, ProbeSpec probe, Server server) {
        if (trial.doorLeftOpen()) {
            return "It must be refused, so a door is open now: shut it, or write expect: accept.";
        }
        String where = server.host() + ":" + server.port();
        return switch (trial.outcome()) {
            case Outcome.Rejected(String reason)
            when reason.equals("bad_password") || reason.equals("rejected") ->
                "Is its password that of the account " + probe.user()
                        + "? Mend the secret that site.yaml names; each try counts against the account.";
            case Outcome.Unanswered _ ->
                "Nothing answers at " + where + ": is the server up, is this machine a client that it knows, with the"
                        + " same shared secret, and does no firewall drop it?";
            case Outcome.Failed(var _, String reason)
            when reason.equals("secret_unreadable") ->
                "Set what site.yaml names for the account that runs barograph: the probe cannot be tried without.";
            case Outcome.Failed(var step, String _)
            when step == barograph.login.Step.CONNECT ->
                "Nobody takes connections at " + where + ": is host: and port: in site.yaml right, and the server up?";
            case Outcome.Accepted _, Outcome.Rejected _, Outcome.Failed _, Outcome.NotTried _ ->
                "It should end as the site expects before any change is made: is the account right, and the server well?";
        };
    }

    /// What is wrong with the site as a whole.
    static List<CheckFinding> site(Site site) {
        List<CheckFinding> findings = new ArrayList<>();
        if (site.backups().isEmpty()) {
            findings.add(CheckFinding.bad(
                    "site",
                    "no server of stage backup, so nothing can be rehearsed before users meet it",
                    "Give one server stage: backup; without one every change needs a waiver of the rehearsal gate."));
        }
        Map<String, Server> byAddress = new HashMap<>();
        for (Server server : site.servers()) {
            Server other = byAddress.putIfAbsent(server.host().toLowerCase(Locale.ROOT) + ":" + server.port(), server);
            if (other != null && !other.kind().equals("files") && !server.kind().equals("files")) {
                findings.add(CheckFinding.bad(
                        server.id() + " address",
                        "its logins are served at " + server.host() + ":" + server.port() + ", as those of "
                                + other.id() + ": probes would test one for the other",
                        "Write each one's own host: and port: in site.yaml, not those of a load balancer."));
            }
        }
        return findings;
    }

    private static String span(Duration span) {
        return span.toMinutes() > 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
    }
}
