package barograph.notices;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.forecast.Forecast;
import barograph.gates.Waiver;
import barograph.lease.Order.Activation;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Errand;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Plan;
import barograph.rollout.Wave;
import barograph.site.At;
import barograph.site.BootHook;
import barograph.site.Commands;
import barograph.site.Config;
import barograph.site.GateRules;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.Secret;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A site of three parties, and the history of a change there, told event by event.
public final class Story {
    public static final PersonId DANA = PersonId.of("acme/dana");
    public static final PersonId KIT = PersonId.of("keyring/kit");
    public static final PersonId OMAR = PersonId.of("us/omar");
    public static final ServerId BACKUP = new ServerId("radius-backup");
    public static final ServerId ONE = new ServerId("radius-1");
    public static final ServerId TWO = new ServerId("radius-2");
    public static final ChangeId CHANGE = new ChangeId("session-timeout");
    public static final Digest DIGEST = Digest.of("the change");
    public static final Tokens TOKENS = new Tokens("a key for tests, no secret".getBytes(StandardCharsets.UTF_8));
    public static final NoticeRules RULES = new NoticeRules(
            "changes@northwind.example", Optional.empty(), Optional.empty(), Duration.ofMinutes(15), List.of());
    public static final Site SITE = site();
    public static final String CHECKPOINT = """
            acme-login.example
            41
            OU3kTFFKObIfLcULGqpfBbZjFnfiJIpEkq1XYCdyHoY=

            — acme-login.example AAAAATU/ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVm
            """;

    private static final Digest OLD = Digest.of("the old files");

    private final List<Happening> history = new ArrayList<>();
    private final ChangeId change;
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    public Story(ChangeId change) {
        this.change = change;
    }

    public static Story ofSessionTimeout() {
        return new Story(CHANGE);
    }

    /// Lets time pass.
    public Story later(Duration span) {
        now = now.plus(span);
        return this;
    }

    public Story later(int seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    public Story happens(Event event) {
        history.add(new Happening(history.size(), now, event));
        return this;
    }

    public List<Happening> history() {
        return List.copyOf(history);
    }

    public Instant now() {
        return now;
    }

    public Story proposed() {
        return happens(new Event.Proposed(
                change,
                DIGEST,
                "Return Session-Timeout in every Access-Accept",
                DANA,
                "Keyring's app logs people out at random without it.",
                List.of(new Claim(
                        new PartyId("keyring"), "Keyring requires Session-Timeout in Access-Accept", Demand.MUST)),
                List.of(),
                "changes/session-timeout",
                List.of("mods-config/attr_filter/access_accept"),
                "",
                plan()));
    }

    public Story forecast(double harm) {
        return happens(new Event.Forecasted(new Forecast(
                harm,
                List.of(
                        new Forecast.Reason("the backup server's rehearsal failed for group staff", 5),
                        new Forecast.Reason("it goes to a canary first", -0.3)),
                212,
                900)));
    }

    /// The backup server shows that it locks a group out.
    public Story rehearsedBadly() {
        return happens(new Event.Rehearsed(new Report(
                BACKUP,
                2,
                List.of(new Difference(
                        new ProbeId("staff-pap"), Optional.of("staff"), true, "accepted", "rejected: policy_denied")),
                "",
                true)));
    }

    public Story rehearsedWell() {
        return happens(new Event.Rehearsed(new Report(BACKUP, 2, List.of(), "", true)));
    }

    public Story waived(String gate) {
        return happens(new Event.WaiverSigned(new Waiver(
                gate,
                DANA,
                "I let change session-timeout pass gate " + gate + ", knowing that on radius-backup probe staff-pap"
                        + " (group staff) went from accepted to rejected: policy_denied, and that the forecast is: 93%"
                        + " chance that it breaks logins; 212 people logged in on these servers within the last hour.",
                "Our app is down without it.",
                DIGEST,
                0.93)));
    }

    /// Every gate is passable, and an operator lets it go.
    public Story released() {
        return happens(new Event.ClaimAnswered(0, KIT, Answer.WISHED, "console"))
                .rehearsedWell()
                .forecast(0.02)
                .happens(new Event.Approved(OMAR, DIGEST))
                .waived("claims")
                .happens(new Event.Released(OMAR));
    }

    public Story applied(ServerId server) {
        return happens(new Event.Ordered(server, Errand.SNAPSHOT))
                .happens(new Event.Answered(
                        server, Errand.SNAPSHOT, new Receipt.Snapped(OLD, 212, Optional.of("cron @reboot"))))
                .happens(new Event.Ordered(server, Errand.APPLY))
                .later(1)
                .happens(new Event.Answered(
                        server, Errand.APPLY, new Receipt.Applied(DIGEST, Activation.RELOAD, Duration.ofMillis(80))));
    }

    public Story healthy(Stage stage) {
        return happens(new Event.Weighed(
                        stage,
                        new Verdict.Healthy(180, "Logins on the changed servers fail as rarely as before."),
                        new Counts(180, 412, 9, 1)))
                .happens(new Event.StagePassed(stage, "Logins on the changed servers fail as rarely as before."));
    }

    public Story harmful(Stage stage) {
        return happens(new Event.Weighed(
                        stage,
                        new Verdict.Harmful(
                                List.of(new Signal("fail:group:staff", "group staff", 5400, 278, 14, 12, 0.02)),
                                "Since the change 12 of 14 logins of group staff on radius-1 failed; 2% is usual."),
                        new Counts(23, 41, 17, 3)))
                .happens(new Event.RollbackCalled(new Cause(
                        Cause.Sort.HARMFUL,
                        "Since the change 12 of 14 logins of group staff on radius-1 failed; 2% is usual.")));
    }

    public Story rolledBack(ServerId server, boolean exact, boolean healthy) {
        return happens(new Event.Ordered(server, Errand.ROLL_BACK))
                .later(2)
                .happens(new Event.Answered(
                        server, Errand.ROLL_BACK, new Receipt.RolledBack(OLD, exact, healthy, "order", List.of())));
    }

    public Story ended(Ending ending) {
        return happens(new Event.Ended(ending));
    }

    /// The whole way: applied to the canary at 10:20:01, harmful, rolled back at 10:27:03.
    public Story untilRolledBack() {
        return proposed()
                .later(Duration.ofMinutes(20))
                .released()
                .applied(ONE)
                .later(Duration.ofMinutes(7))
                .harmful(Stage.CANARY)
                .rolledBack(ONE, true, true)
                .ended(Ending.ROLLED_BACK);
    }

    public Story sent(String notice, String recipient) {
        return happens(new Event.NoticeSent(
                notice,
                recipient,
                "[session-timeout] Rolled back",
                "<session-timeout." + TOKENS.of(Optional.of(change), recipient, notice) + "@northwind.example>"));
    }

    public Story failed(String notice, String recipient, int attempt) {
        return happens(new Event.NoticeFailed(notice, recipient, "550 no such user", attempt));
    }

    /// A person's mail came in.
    public Story mail(String from, String subject, boolean emergency) {
        return happens(new Event.MailReceived(
                "1700000000-" + (history.size() + 1),
                from,
                subject,
                "<" + history.size() + "." + from + ">",
                "sender",
                Event.Writer.PERSON,
                emergency,
                now));
    }

    private static Plan plan() {
        return new Plan(
                Map.of(BACKUP, Activation.RELOAD),
                List.of(
                        new Wave(Stage.CANARY, Map.of(ONE, Activation.RELOAD)),
                        new Wave(Stage.REST, Map.of(TWO, Activation.RELOAD))),
                Set.of(),
                Duration.ofSeconds(60),
                watch(),
                gates(),
                Optional.of(new Plan.Confirmer(new PartyId("keyring"), Duration.ofHours(4))));
    }

    private static GateRules gates() {
        return new GateRules(true, true, 0.4, Map.of(Role.OPERATOR, 1));
    }

    private static WatchRules watch() {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                0.01,
                0.02,
                Duration.ofMinutes(5),
                WatchRules.Policy.ASK,
                WatchRules.Policy.ASK,
                Duration.ofSeconds(30));
    }

    private static Site site() {
        return new Site(
                "acme-login",
                List.of(
                        new Party(
                                new PartyId("acme"),
                                Role.CUSTOMER,
                                "Acme Corp",
                                Optional.of("acme.example"),
                                List.of(new Person(
                                        DANA, "dana@acme.example", Set.of(Right.REQUEST, Right.APPROVE, Right.WAIVE))),
                                Optional.of("helpdesk@acme.example")),
                        new Party(
                                new PartyId("keyring"),
                                Role.VENDOR,
                                "Keyring",
                                Optional.of("keyring.example"),
                                List.of(new Person(KIT, "kit@keyring.example", Set.of(Right.CONFIRM))),
                                Optional.empty()),
                        new Party(
                                new PartyId("us"),
                                Role.OPERATOR,
                                "Northwind Ops",
                                Optional.of("northwind.example"),
                                List.of(new Person(
                                        OMAR, "omar@northwind.example", Set.of(Right.OPERATE, Right.APPROVE))),
                                Optional.empty())),
                List.of(server(BACKUP, Stage.BACKUP), server(ONE, Stage.CANARY), server(TWO, Stage.REST)),
                List.of(probe("staff-pap", ProbeSpec.Expect.ACCEPT), probe("wrong-pass", ProbeSpec.Expect.REJECT)),
                Duration.ofSeconds(60),
                watch(),
                gates(),
                Optional.of(RULES));
    }

    private static Server server(ServerId id, Stage stage) {
        return new Server(
                id,
                "freeradius",
                new At.Local(),
                stage,
                "127.0.0.1",
                1812,
                new Config("/etc/freeradius/3.0", List.of("*"), List.of()),
                new Commands(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new BootHook.None(),
                        Duration.ofSeconds(10)),
                Optional.empty(),
                List.of("radius-*"),
                List.of());
    }

    private static ProbeSpec probe(String name, ProbeSpec.Expect expect) {
        return new ProbeSpec(
                new ProbeId(name),
                "radius-pap",
                "probe-staff@acme.example",
                new Secret.Plain("no secret"),
                Optional.of("staff"),
                expect,
                Duration.ofSeconds(5),
                Map.of());
    }
}
