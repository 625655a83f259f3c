package barograph.dossier;

import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.gates.Waiver;
import barograph.lease.Order.Activation;
import barograph.lease.Receipt;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.record.Digest;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Plan;
import barograph.rollout.Wave;
import barograph.site.GateRules;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Role;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One story for each way in which a change can end, and some that strain the page.
public final class Cases {
    static final ServerId BACKUP = new ServerId("ldap-backup");
    static final ServerId ONE = new ServerId("ldap-1");
    static final ServerId TWO = new ServerId("ldap-2");
    static final ServerId BYSTANDER = new ServerId("ldap-3");
    static final Digest DIGEST = Digest.of("the change");
    static final PersonId DANA = PersonId.of("acme/dana");
    static final PersonId OMAR = PersonId.of("us/omar");
    static final PersonId KIT = PersonId.of("keyring/kit");
    static final ProbeId STAFF = new ProbeId("staff-login");

    private static final Instant MORNING = Instant.parse("2026-11-22T09:41:07.300Z");
    private static final String DIFF = """
            --- a/slapd.conf
            +++ b/slapd.conf
            @@ -41,7 +41,8 @@
             access to attrs=userPassword
            -        by anonymous auth
            +        by peername.ip=10.0.0.0%255.255.0.0 auth
                     by self write
             rootpw (hidden)
            +olcIdleTimeout 3600
            """;

    private Cases() {}

    /// The stories of [#named].
    public static List<String> names() {
        return List.of(
                "rolled-back-by-verdict",
                "rolled-back-by-lease",
                "rolled-back-by-a-person",
                "confirmed",
                "withdrawn",
                "needs-a-person",
                "not-over");
    }

    public static Tale named(String name) {
        return switch (name) {
            case "rolled-back-by-verdict" -> rolledBackByVerdict();
            case "rolled-back-by-lease" -> rolledBackByLease();
            case "rolled-back-by-a-person" -> rolledBackByAPerson();
            case "confirmed" -> confirmed();
            case "withdrawn" -> withdrawn();
            case "needs-a-person" -> needsAPerson();
            case "not-over" -> notOver();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The vendor never asked for it, the backup warned, two warnings were signed away, and the logins showed it.
    public static Tale rolledBackByVerdict() {
        Tale tale = asked();
        tale.after(Duration.ofMinutes(3)).then(new Event.ClaimAnswered(0, KIT, Answer.WISHED, "mail"));
        rehearsed(tale, true);
        tale.after(400)
                .then(new Event.Forecasted(new Forecast(
                        0.94,
                        List.of(
                                new Forecast.Reason(
                                        "on ldap-backup probe staff-login went from accepted to bad_password", 5),
                                new Forecast.Reason("it rests on hearsay (1 unconfirmed)", 0.2)),
                        212,
                        1_840)));
        waived(tale, "claims", "“Keyring requires Session-Timeout” is only a wish, says the party");
        waived(tale, "rehearsal", "on ldap-backup probe staff-login (group staff) went from accepted to bad_password");
        waived(tale, "forecast", "the forecast is 94%, and the site's limit is 20%");
        tale.after(Duration.ofMinutes(2)).then(new Event.Released(OMAR));
        applied(tale, ONE);
        Instant since = tale.now();
        tale.after(900)
                .then(new Event.Weighed(
                        Stage.CANARY,
                        new Verdict.Undecided(40, "Nothing speaks against the change so far."),
                        counts(2, 3, 1)));
        tale.after(1_600).then(new Event.Probed(trial(STAFF, ONE, tale.now(), false)));
        tale.after(2_100)
                .then(new Event.Weighed(
                        Stage.CANARY,
                        new Verdict.Harmful(
                                List.of(
                                        new Signal("fail:group:staff", "group staff", 48_233, 588, 16, 14, 0.012),
                                        new Signal("probe:staff-login", "ldap-1", 1e6, 2, 2, 2, 0.0)),
                                "14 of 16 could not log in on the changed servers (group staff); usual is 1 in 83. The "
                                        + "chance to see this if the change did nothing is below 1 in 10,000."),
                        counts(16, 31, 16, 14)));
        tale.after(20)
                .then(new Event.RollbackCalled(new Cause(
                        Cause.Sort.HARMFUL,
                        "14 of 16 could not log in on the changed servers (group staff); usual is 1 in 83.")));
        backAgain(tale, ONE, 1_380, true, true);
        tale.after(40).then(new Event.Ended(Ending.ROLLED_BACK));
        tale.other(2);
        told(tale, "rolled-back", "dana@acme.example", "helpdesk@acme.example", "kit@keyring.example");
        tale.after(2_000).then(new Event.Probed(trial(STAFF, ONE, tale.now(), true)));
        tale.after(27_000).then(new Event.Traced(Stage.CANARY, Drums.harm(since, tale.now(), ONE, TWO, BYSTANDER)));
        tale.after(Duration.ofMinutes(118))
                .then(new Event.MailReceived(
                        "inbox/1/77",
                        "helpdesk@acme.example",
                        "EMERGENCY: nobody can log in!",
                        "<e1@acme.example>",
                        "sender",
                        Event.Writer.PERSON,
                        true,
                        tale.now().minusMillis(900)));
        tale.after(4_200)
                .then(new Event.MailAnswered(
                        "<e1@acme.example>",
                        "helpdesk@acme.example",
                        "Re: EMERGENCY: nobody can log in!",
                        Duration.ofMillis(4_200)));
        return tale.other(5);
    }

    /// The controller was cut off: both hosts went back by themselves, and said so an hour later.
    public static Tale rolledBackByLease() {
        Tale tale = ready();
        tale.then(new Event.TakenOn("ops-1/4711"));
        applied(tale, ONE);
        tale.after(30_000).then(healthy(Stage.CANARY, 812));
        tale.after(100).then(new Event.StagePassed(Stage.CANARY, "No sign of harm in 812 logins that count."));
        applied(tale, TWO);
        tale.after(41_000)
                .then(new Event.Answered(ONE, Errand.RENEW, new Receipt.Unreachable("no route to host")))
                .then(new Event.Answered(TWO, Errand.RENEW, new Receipt.Unreachable("no route to host")));
        tale.after(Duration.ofMinutes(64)).then(new Event.TakenOn("ops-2/202"));
        tale.after(300)
                .then(new Event.RollbackCalled(new Cause(
                        Cause.Sort.LEASE,
                        "ldap-1 has not answered for 120 s, so its lease has ended and its guard has put the old "
                                + "configuration back")));
        for (ServerId server : List.of(ONE, TWO)) {
            tale.after(10).then(new Event.Ordered(server, Errand.ROLL_BACK));
            tale.after(210)
                    .then(new Event.Answered(
                            server,
                            Errand.ROLL_BACK,
                            new Receipt.RolledBack(old(server), true, true, "lease ended", List.of())));
        }
        tale.after(30).then(new Event.Ended(Ending.ROLLED_BACK));
        told(tale, "rolled-back", "dana@acme.example", "https://hooks.example/services/T0001/s3cr3t-hook-token");
        return tale;
    }

    /// All was well, and an operator took it back all the same.
    public static Tale rolledBackByAPerson() {
        Tale tale = ready();
        applied(tale, ONE);
        tale.after(60_000).then(healthy(Stage.CANARY, 640));
        tale.after(Duration.ofMinutes(4))
                .then(new Event.RollbackCalled(new Cause(
                        Cause.Sort.PERSON,
                        "us/omar called it back: the customer's desk reports slow logins at the branch")));
        backAgain(tale, ONE, 900, true, true);
        tale.after(40).then(new Event.Ended(Ending.ROLLED_BACK));
        told(tale, "rolled-back", "dana@acme.example");
        tale.then(new Event.NoticeFailed("rolled-back", "kit@keyring.example", "connection refused", 3));
        return tale;
    }

    /// The guard says that every file is as before; the digests say otherwise.
    static Tale rolledBackWithAFalseWord() {
        Tale tale = ready();
        applied(tale, ONE);
        tale.then(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "us/omar called it back")));
        tale.then(new Event.Answered(
                ONE, Errand.ROLL_BACK, new Receipt.RolledBack(Digest.of("other"), true, true, "ordered", List.of())));
        return tale.then(new Event.Ended(Ending.ROLLED_BACK));
    }

    /// Everything went as it should.
    public static Tale confirmed() {
        Tale tale = ready();
        applied(tale, ONE);
        Instant canary = tale.now();
        tale.after(1_200)
                .then(new Event.Checked(ONE, List.of(new Finding.Met(STAFF))))
                .after(40_000)
                .then(healthy(Stage.CANARY, 812));
        tale.after(10).then(new Event.Traced(Stage.CANARY, Drums.calm(canary, tale.now(), ONE, TWO, BYSTANDER)));
        tale.after(10).then(new Event.StagePassed(Stage.CANARY, "No sign of harm in 812 logins that count."));
        applied(tale, TWO);
        tale.after(1_100)
                .then(new Event.Checked(TWO, List.of(new Finding.Met(STAFF))))
                .after(Duration.ofMinutes(31))
                .then(healthy(Stage.REST, 2_204));
        tale.after(10).then(new Event.StagePassed(Stage.REST, "No sign of harm in 2,204 logins that count."));
        tale.then(new Event.ConfirmationAsked(tale.now().plus(Duration.ofHours(4))));
        told(tale, "confirm", "kit@keyring.example");
        tale.after(Duration.ofMinutes(12)).then(new Event.ConfirmationGiven(KIT, DIGEST));
        for (ServerId server : List.of(ONE, TWO)) {
            tale.after(10).then(new Event.Ordered(server, Errand.CONFIRM));
            tale.after(80).then(new Event.Answered(server, Errand.CONFIRM, new Receipt.Confirmed(fresh(server))));
        }
        tale.after(10).then(new Event.Ended(Ending.CONFIRMED));
        told(tale, "confirmed", "dana@acme.example", "kit@keyring.example");
        return tale;
    }

    /// The vendor said no, and the customer took it back before anything happened.
    public static Tale withdrawn() {
        Tale tale = asked();
        tale.after(Duration.ofMinutes(11)).then(new Event.ClaimAnswered(0, KIT, Answer.NOT_US, "link"));
        tale.after(Duration.ofMinutes(26))
                .then(new Event.RollbackCalled(
                        new Cause(Cause.Sort.PERSON, "us/omar called it back: Keyring never asked for it")));
        return tale.after(10).then(new Event.Ended(Ending.WITHDRAWN));
    }

    /// One host came back, the other one is not as it was.
    public static Tale needsAPerson() {
        Tale tale = ready();
        applied(tale, ONE);
        tale.after(60_000).then(healthy(Stage.CANARY, 640));
        tale.after(10).then(new Event.StagePassed(Stage.CANARY, "No sign of harm in 640 logins that count."));
        applied(tale, TWO);
        tale.after(4_000)
                .then(new Event.Checked(
                        TWO,
                        List.of(new Finding.Unmet(
                                STAFF, "probe staff-login ended as expected, but Session-Timeout is missing"))));
        tale.after(10)
                .then(new Event.RollbackCalled(new Cause(
                        Cause.Sort.EXPECTATION,
                        "On ldap-2 the change does not do what it is for: probe staff-login ended as expected, but "
                                + "Session-Timeout is missing")));
        backAgain(tale, ONE, 900, true, true);
        tale.after(10).then(new Event.Ordered(TWO, Errand.ROLL_BACK));
        tale.after(300).then(new Event.Answered(TWO, Errand.ROLL_BACK, new Receipt.Stuck("no space left on /etc")));
        tale.after(10)
                .then(new Event.PersonNeeded(
                        TWO,
                        "ldap-2 could not be rolled back so far: its guard is stuck. No space left on /etc. It is tried "
                                + "again every 2 s; look at the host."));
        tale.after(Duration.ofMinutes(9)).then(new Event.Ordered(TWO, Errand.ROLL_BACK));
        tale.after(300)
                .then(new Event.Answered(
                        TWO,
                        Errand.ROLL_BACK,
                        new Receipt.RolledBack(
                                Digest.of("half"), false, false, "ordered", List.of("/var/lib/barograph/kept/users"))));
        return tale.after(10).then(new Event.Ended(Ending.NEEDS_A_PERSON));
    }

    /// Seen while it is under way.
    public static Tale notOver() {
        Tale tale = ready();
        applied(tale, ONE);
        return tale.after(900)
                .then(new Event.Weighed(
                        Stage.CANARY,
                        new Verdict.Undecided(40, "Nothing speaks against the change so far."),
                        counts(2, 3, 0)));
    }

    /// Texts from outside that try to be more than text.
    public static Tale hostile() {
        Tale tale = ready();
        tale.then(new Event.MailReceived(
                "inbox/1/78",
                "\"><script>alert(1)</script>@evil.example",
                "<img src=x onerror=alert(1)> \u202egnp.exe\u0007 </style></title>",
                "<m@evil.example>",
                "sender",
                Event.Writer.PERSON,
                true,
                tale.now()));
        return tale.then(new Event.Answered(
                ONE, Errand.SNAPSHOT, new Receipt.Refused(Receipt.Reason.INVALID, "</pre><script>${1+1} @if(true)")));
    }

    /// So many lines that a page must help to read them.
    public static Tale strained(int lines) {
        Tale tale = ready();
        applied(tale, ONE);
        for (int i = 0; i < lines; i++) {
            tale.after(3_000);
            switch (i % 4) {
                case 0 -> tale.then(new Event.Probed(trial(STAFF, ONE, tale.now(), i % 8 == 0)));
                case 1 -> tale.then(new Event.Answered(ONE, Errand.RENEW, new Receipt.Renewed(Duration.ofMinutes(2))));
                case 2 ->
                    tale.then(new Event.NoticeFailed("applied", "kit@keyring.example", "connection refused", i / 4));
                default ->
                    tale.then(new Event.Weighed(
                            Stage.CANARY, new Verdict.Undecided(40, "Nothing speaks against it."), counts(i, i, 0)));
            }
        }
        tale.then(
                new Event.RollbackCalled(new Cause(Cause.Sort.UNPROVEN, "After 14400 s nothing shows harm or health")));
        backAgain(tale, ONE, 900, true, true);
        return tale.after(40).then(new Event.Ended(Ending.ROLLED_BACK));
    }

    private static Tale asked() {
        Tale tale = new Tale(MORNING);
        return tale.then(new Event.Proposed(
                Tale.CHANGE,
                DIGEST,
                "Return Session-Timeout in every Access-Accept",
                DANA,
                "Keyring's app logs people out at random without it.",
                List.of(new Claim(
                        new PartyId("keyring"), "Keyring requires Session-Timeout in Access-Accept", Demand.MUST)),
                List.of(new Expectation(STAFF, Map.of("Session-Timeout", "3600"), Optional.empty())),
                "changes/session-timeout",
                List.of("slapd.conf", "schema/acme.schema"),
                DIFF,
                plan()));
    }

    /// Asked, confirmed, rehearsed without harm, approved and let go.
    private static Tale ready() {
        Tale tale = asked();
        tale.after(Duration.ofMinutes(3)).then(new Event.ClaimAnswered(0, KIT, Answer.REQUESTED, "mail"));
        rehearsed(tale, false);
        tale.after(400)
                .then(new Event.Forecasted(new Forecast(
                        0.024,
                        List.of(new Forecast.Reason("all 3 probes went as before on ldap-backup", -1.5)),
                        212,
                        1_840)));
        tale.after(40_000).then(new Event.Approved(OMAR, DIGEST));
        return tale.after(Duration.ofMinutes(2)).then(new Event.Released(OMAR));
    }

    private static void rehearsed(Tale tale, boolean harm) {
        tale.after(20_000).then(new Event.RehearsalBegun(List.of(BACKUP)));
        List<Difference> differences = harm
                ? List.of(
                        new Difference(
                                STAFF, Optional.of("staff"), true, "accepted", "bad_password (invalid credentials)"),
                        new Difference(
                                new ProbeId("desk-login"),
                                Optional.empty(),
                                false,
                                "Session-Timeout absent",
                                "Session-Timeout 3600"))
                : List.of(new Difference(
                        STAFF, Optional.of("staff"), false, "Session-Timeout absent", "Session-Timeout 3600"));
        tale.after(8_100).then(new Event.Rehearsed(new Report(BACKUP, 3, differences, "", true)));
    }

    private static void waived(Tale tale, String gate, String missing) {
        tale.after(70_000)
                .then(new Event.WaiverSigned(new Waiver(
                        gate,
                        DANA,
                        "I let change session-timeout pass gate " + gate + ", knowing that " + missing
                                + ", and that the forecast is: 94% chance that it breaks logins; 212 people logged in on "
                                + "these servers within the last hour.",
                        "We have to go live today.",
                        DIGEST,
                        0.94)));
    }

    private static void applied(Tale tale, ServerId server) {
        tale.after(30).then(new Event.Ordered(server, Errand.SNAPSHOT));
        tale.after(50).then(new Event.Probed(trial(STAFF, server, tale.now(), true)));
        tale.after(180)
                .then(new Event.Answered(
                        server, Errand.SNAPSHOT, new Receipt.Snapped(old(server), 214, Optional.of("cron @reboot"))));
        tale.after(15).then(new Event.Ordered(server, Errand.APPLY));
        tale.after(610)
                .then(new Event.Answered(
                        server,
                        Errand.APPLY,
                        new Receipt.Applied(fresh(server), Activation.RESTART, Duration.ofMillis(240))));
    }

    private static void backAgain(Tale tale, ServerId server, long millis, boolean exact, boolean healthy) {
        tale.after(15).then(new Event.Ordered(server, Errand.ROLL_BACK));
        tale.after(millis)
                .then(new Event.Answered(
                        server,
                        Errand.ROLL_BACK,
                        new Receipt.RolledBack(old(server), exact, healthy, "ordered", List.of())));
    }

    private static void told(Tale tale, String notice, String... recipients) {
        for (String recipient : recipients) {
            tale.after(350)
                    .then(new Event.NoticeSent(
                            notice,
                            recipient,
                            "session-timeout: " + notice.replace('-', ' '),
                            "<" + notice + ".5f2c@northwind.example>"));
        }
    }

    static Trial trial(ProbeId probe, ServerId server, Instant at, boolean good) {
        List<Trial.Stride> steps = List.of(
                new Trial.Stride(Step.CONNECT, Duration.ofMillis(2)),
                new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(31)));
        return new Trial(
                probe,
                server,
                at,
                steps,
                good ? new Outcome.Accepted() : new Outcome.Rejected("bad_password"),
                Expect.ACCEPT,
                good,
                good ? "" : "invalid credentials",
                Map.of());
    }

    private static Event healthy(Stage stage, long logins) {
        return new Event.Weighed(
                stage,
                new Verdict.Healthy(
                        logins,
                        "No sign of harm in " + logins
                                + " logins that count. A rise of 2 points or more is ruled out."),
                counts(logins, logins + 40, logins / 90, 3));
    }

    private static Counts counts(long units, long logins, long failed) {
        return counts(units, logins, failed, 0);
    }

    private static Counts counts(long units, long logins, long failed, long people) {
        return new Counts(units, logins, failed, people);
    }

    private static Digest old(ServerId server) {
        return Digest.of("the old files of " + server);
    }

    private static Digest fresh(ServerId server) {
        return Digest.of("the new files of " + server);
    }

    private static Plan plan() {
        return new Plan(
                Map.of(BACKUP, Activation.RESTART),
                List.of(
                        new Wave(Stage.CANARY, Map.of(ONE, Activation.RESTART)),
                        new Wave(Stage.REST, Map.of(TWO, Activation.RESTART))),
                Set.of(BYSTANDER),
                Duration.ofMinutes(2),
                rules(),
                new GateRules(true, true, 0.2, Map.of(Role.OPERATOR, 0)),
                Optional.of(new Plan.Confirmer(new PartyId("keyring"), Duration.ofHours(4))));
    }

    static WatchRules rules() {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                0.01,
                0.02,
                Duration.ofMinutes(10),
                Policy.ASK,
                Policy.ROLL_BACK,
                Duration.ofSeconds(30));
    }
}
