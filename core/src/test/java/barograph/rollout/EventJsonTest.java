package barograph.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.coverage.Coverage;
import barograph.coverage.Gap;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Hunch;
import barograph.diagnosis.Ranked;
import barograph.diagnosis.Reason;
import barograph.diagnosis.Row;
import barograph.diagnosis.Suspect;
import barograph.dkim.Grade;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.forecast.Sight;
import barograph.gates.Waiver;
import barograph.lease.Drift;
import barograph.lease.Order.Activation;
import barograph.lease.Receipt;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.looks.Remark;
import barograph.record.Digest;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Dimension;
import barograph.rehearsal.Extent;
import barograph.rehearsal.Onset;
import barograph.rehearsal.Replayed;
import barograph.rehearsal.Report;
import barograph.site.GateRules;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Role;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EventJsonTest {
    static final Instant AT = Instant.parse("2026-11-22T10:42:07.123456Z");
    static final ServerId LDAP_1 = new ServerId("ldap-1");
    static final PersonId DANA = PersonId.of("acme/dana");
    static final Digest DIGEST = Digest.of("x");

    /// One of every kind, with every alternative inside that an entry can hold.
    static List<Event> events() {
        Counts counts = new Counts(10, 2, 8, 2);
        Plan plan = new Plan(
                Map.of(new ServerId("ldap-backup"), Activation.RELOAD),
                List.of(new Wave(Stage.CANARY, Map.of(LDAP_1, Activation.RESTART))),
                Set.of(new ServerId("ldap-9")),
                Duration.ofMinutes(2),
                new WatchRules(
                        Duration.ofMinutes(30),
                        Duration.ofHours(4),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        Duration.ofDays(7),
                        0.01,
                        0.02,
                        Duration.ofMinutes(10),
                        WatchRules.Policy.ASK,
                        WatchRules.Policy.ROLL_BACK,
                        Duration.ofSeconds(30)),
                new GateRules(true, true, 0.2, Map.of(Role.CUSTOMER, 1)),
                Optional.of(new Plan.Confirmer(new PartyId("keyring"), Duration.ofHours(4))));
        Trial trial = new Trial(
                new ProbeId("staff"),
                LDAP_1,
                AT,
                List.of(new Trial.Stride(Step.CONNECT, Duration.ofMillis(3))),
                new Outcome.Failed(Step.TLS, "cert_expired"),
                Expect.ACCEPT,
                false,
                "certificate expired",
                Map.of("a", "b"));
        return List.of(
                new Event.Proposed(
                        new ChangeId("session-timeout"),
                        DIGEST,
                        "Title",
                        DANA,
                        "because",
                        List.of(new Claim(new PartyId("keyring"), "says", Demand.MUST)),
                        List.of(new Expectation(
                                new ProbeId("staff"), Map.of("Session-Timeout", "3600"), Optional.empty())),
                        "changes/session-timeout",
                        List.of("users"),
                        "-a\n+b\n",
                        plan,
                        new Insight(
                                List.of(new Remark("clients.conf", "words", "source", 0.7)),
                                Optional.of(new Coverage(
                                        900,
                                        Duration.ofDays(3),
                                        0.5,
                                        0.2,
                                        List.of(new Gap("acme.example", "pap", "nas", 0.3, 90, 41)))))),
                new Event.ClaimAnswered(0, PersonId.of("keyring/kit"), Answer.WISHED, "console"),
                new Event.RehearsalBegun(List.of(LDAP_1)),
                new Event.Rehearsed(new Report(
                        LDAP_1,
                        2,
                        List.of(new Difference(
                                new ProbeId("staff"),
                                Optional.of("staff"),
                                true,
                                "accepted",
                                "refused",
                                Dimension.CERTIFICATE,
                                Onset.NEXT_RESTART)),
                        "",
                        true,
                        Optional.of(new Extent(
                                true,
                                List.of(new ProbeId("staff")),
                                Duration.ofMillis(12),
                                List.of(new Finding.Already(new ProbeId("staff"))),
                                List.of(new Replayed("staff", 212, 14, 1, "timeout (14)", Onset.NEXT_RESTART, "")))))),
                new Event.Forecasted(new Forecast(0.37, List.of(new Forecast.Reason("words", 1.5)), 212, 900)
                        .with(Optional.of(new Sight("would be seen within about 4 min", List.of("lab/eap-tls"))))),
                new Event.Approved(DANA, DIGEST),
                new Event.WaiverSigned(new Waiver("rehearsal", DANA, "sentence", "because", DIGEST, 0.37)),
                new Event.Released(DANA),
                new Event.Ordered(LDAP_1, Errand.SNAPSHOT),
                new Event.Answered(
                        LDAP_1, Errand.SNAPSHOT, new Receipt.Snapped(DIGEST, 12, Optional.of("cron @reboot"))),
                new Event.Answered(
                        LDAP_1, Errand.APPLY, new Receipt.Applied(DIGEST, Activation.RELOAD, Duration.ofMillis(80))),
                new Event.Answered(LDAP_1, Errand.RENEW, new Receipt.Renewed(Duration.ofSeconds(60))),
                new Event.Answered(LDAP_1, Errand.CONFIRM, new Receipt.Confirmed(DIGEST)),
                new Event.Answered(
                        LDAP_1,
                        Errand.ROLL_BACK,
                        new Receipt.RolledBack(DIGEST, true, true, "order", List.of("/kept"))),
                new Event.Answered(LDAP_1, Errand.APPLY, new Receipt.Refused(Receipt.Reason.DRIFTED, "users")),
                new Event.Answered(LDAP_1, Errand.ROLL_BACK, new Receipt.Stuck("no space")),
                new Event.Answered(LDAP_1, Errand.RENEW, new Receipt.Unreachable("timed out")),
                new Event.Answered(
                        LDAP_1, Errand.RENEW, new Receipt.Standing(Receipt.State.APPLIED, Duration.ofSeconds(9), "")),
                new Event.Checked(
                        LDAP_1, List.of(new Finding.Met(new ProbeId("a")), new Finding.Unmet(new ProbeId("b"), "no"))),
                new Event.Probed(trial),
                new Event.Weighed(Stage.CANARY, new Verdict.Healthy(80, "fine"), counts),
                new Event.Weighed(
                        Stage.CANARY,
                        new Verdict.Harmful(
                                List.of(new Signal("fail:all", "everybody", 1e5, 278, 11, 9, 0.004)), "bad"),
                        counts),
                new Event.Weighed(Stage.CANARY, new Verdict.Undecided(40, "early"), counts),
                new Event.Weighed(Stage.CANARY, new Verdict.Blind("no log"), counts),
                new Event.StagePassed(Stage.CANARY, "fine"),
                new Event.Traced(Stage.CANARY, drum()),
                new Event.ConfirmationAsked(AT),
                new Event.ConfirmationGiven(PersonId.of("keyring/kit"), DIGEST),
                new Event.DecisionAsked(Stage.CANARY, "quiet"),
                new Event.DecisionGiven(DANA, Stage.CANARY),
                new Event.RollbackCalled(new Cause(Cause.Sort.HARMFUL, "staff cannot log in")),
                new Event.PersonNeeded(LDAP_1, "stuck"),
                new Event.Ended(Ending.ROLLED_BACK),
                new Event.Drifted(
                        LDAP_1,
                        List.of(
                                new Drift(
                                        "users", Optional.of(DIGEST), Optional.of("root"), Optional.of(AT), "-a\n+b\n"),
                                new Drift("gone", Optional.empty(), Optional.empty(), Optional.empty(), ""))),
                new Event.DriftAccepted(DANA, LDAP_1),
                new Event.Diagnosed(diagnosis()),
                new Event.HunchHeld(
                        DANA,
                        LDAP_1,
                        new Hunch(
                                "a firewall",
                                List.of(Suspect.PATH, Suspect.BACKEND_PATH),
                                Hunch.Standing.REFUTED,
                                List.of(),
                                List.of(new Reason("it answers", -12)))),
                new Event.TakenOn("host/1234"),
                new Event.NoticeSent("rolled-back", "dana@acme.example", "subject", "<id@x>"),
                new Event.NoticeFailed("rolled-back", "dana@acme.example", "refused", 2),
                new Event.MailReceived(
                        "1700000000-42",
                        "desk@acme.example",
                        "EMERGENCY",
                        "<id@y>",
                        "sender",
                        Event.Writer.PERSON,
                        true,
                        AT,
                        Optional.of(new Event.MailSeal(Grade.ALIGNED, "acme.example", "acme.example signed it"))),
                new Event.MailAnswered("<id@y>", "desk@acme.example", "Re: EMERGENCY", Duration.ofSeconds(2)));
    }

    static Drum drum() {
        return new Drum(
                AT,
                Duration.ofSeconds(1),
                List.of(new Drum.Track(LDAP_1, true, List.of(1, 2), List.of(0, 1))),
                List.of(0.1, 1.0));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_comes_back_from_the_record_as_it_went_in(Event event) {
        Draft draft = EventJson.draft(new ChangeId("session-timeout"), AT, event, List.of());

        Happening back = EventJson.read(entry(draft));

        assertThat(back.event()).isEqualTo(event);
        assertThat(back.at()).isEqualTo(AT);
    }

    private static Diagnosis diagnosis() {
        return new Diagnosis(
                LDAP_1,
                List.of("probe staff fails at step authenticate"),
                List.of(new Ranked(
                        Suspect.CHANGE,
                        "users",
                        40,
                        0.75,
                        List.of(new Reason("it is the last thing that was changed", 12)),
                        List.of(new Reason("nothing got worse on the backup", -6)))),
                List.of(new Row(
                        "host of ldap-1",
                        "sql backend 10.0.0.5:3306",
                        List.of(Step.RESOLVE),
                        Optional.of(Step.CONNECT),
                        "refused")),
                List.of("log from the host of ldap-1: it cannot be read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Diagnosed", "HunchHeld"})
    void what_is_said_about_the_cause_is_written_as_it_always_was(String kind) throws IOException {
        Event event = events().stream()
                .filter(each -> each.getClass().getSimpleName().equals(kind))
                .findFirst()
                .orElseThrow();
        Draft draft = EventJson.draft(new ChangeId("c"), AT, event, List.of());

        try (InputStream golden =
                EventJsonTest.class.getResourceAsStream("/barograph/golden/event/" + kind + "-1.json")) {
            String written = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(draft.kind()).isEqualTo(kind + "/1");
            assertThat(draft.body().toString()).isEqualTo(written.strip());
        }
    }

    @Test
    void the_samples_hold_every_kind_of_event() {
        Set<String> seen = events().stream()
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> all = java.util.Arrays.stream(Event.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void a_kind_from_a_newer_version_stops_the_change_instead_of_being_passed_over() {
        Draft draft = EventJson.draft(new ChangeId("c"), AT, new Event.Released(DANA), List.of());
        Entry newer = new Entry(7, AT, "c", "Teleported/1", draft.body(), List.of(), new byte[0]);

        assertThatThrownBy(() -> EventJson.read(newer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Entry 7")
                .hasMessageContaining("Teleported/1");
    }

    @Test
    void a_forecast_written_before_the_sight_was_kept_still_reads() {
        Forecast forecast = new Forecast(0.37, List.of(new Forecast.Reason("words", 1.5)), 212, 900);
        Draft draft = EventJson.draft(new ChangeId("c"), AT, new Event.Forecasted(forecast), List.of());
        assertThat(((ObjectNode) draft.body().get("forecast")).remove("sight")).isNotNull();

        assertThat(EventJson.read(entry(draft)).event()).isEqualTo(new Event.Forecasted(forecast));
    }

    @Test
    void a_proposal_written_before_its_insight_was_kept_still_reads() {
        Event.Proposed proposed = (Event.Proposed) events().getFirst();
        Draft draft = EventJson.draft(new ChangeId("c"), AT, proposed, List.of());
        assertThat(draft.body().remove("insight")).isNotNull();
        ObjectNode gates = (ObjectNode) draft.body().get("plan").get("gates");
        assertThat(gates.remove("coverage")).isNotNull();

        Event.Proposed back = (Event.Proposed) EventJson.read(entry(draft)).event();

        assertThat(back.insight()).isEqualTo(Insight.NONE);
        assertThat(back.plan()).isEqualTo(proposed.plan());
    }

    @Test
    void a_rehearsal_written_before_its_extent_was_kept_still_reads() {
        Report report = new Report(
                LDAP_1,
                2,
                List.of(new Difference(new ProbeId("staff"), Optional.of("staff"), true, "accepted", "refused")),
                "",
                true);
        Draft draft = EventJson.draft(new ChangeId("c"), AT, new Event.Rehearsed(report), List.of());
        ObjectNode body = (ObjectNode) draft.body().get("report");
        ObjectNode difference = (ObjectNode) body.get("differences").get(0);
        assertThat(body.remove("extent")).isNotNull();
        assertThat(difference.remove("dimension")).isNotNull();
        assertThat(difference.remove("onset")).isNotNull();

        assertThat(EventJson.read(entry(draft)).event()).isEqualTo(new Event.Rehearsed(report));
    }

    private static Entry entry(Draft draft) {
        byte[] leaf = draft.body().toString().getBytes(StandardCharsets.UTF_8);
        return new Entry(0, draft.at(), draft.subject(), draft.kind(), draft.body(), List.of(), leaf);
    }
}
