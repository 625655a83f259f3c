package barograph.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.claims.Answer;
import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.expectations.Expectation;
import barograph.expectations.Finding;
import barograph.forecast.Forecast;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.lease.Drift;
import barograph.lease.Order.Activation;
import barograph.lease.Receipt;
import barograph.record.Digest;
import barograph.rehearsal.Difference;
import barograph.rehearsal.Report;
import barograph.site.GateRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Person;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.Right;
import barograph.site.Role;
import barograph.site.ServerId;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.WatchRules;
import barograph.site.WatchRules.Policy;
import barograph.verdict.Signal;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final ServerId BACKUP = new ServerId("ldap-backup");
    private static final ServerId ONE = new ServerId("ldap-1");
    private static final ServerId TWO = new ServerId("ldap-2");
    private static final Digest DIGEST = Digest.of("the change");
    private static final Digest OLD = Digest.of("the old files");
    private static final PersonId DANA = PersonId.of("acme/dana");
    private static final PersonId OMAR = PersonId.of("us/omar");
    private static final PersonId KIT = PersonId.of("keyring/kit");
    private static final Counts COUNTS = new Counts(10, 2, 8, 2);

    private final List<Happening> history = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void goes_from_backup_to_canary_to_the_rest_and_is_confirmed() {
        proposed(rules(Policy.ASK), new GateRules(true, false, 0.5, Map.of()), Optional.empty());
        assertThat(next()).isInstanceOf(Step.Rest.class);

        happens(new Event.Released(OMAR));
        assertThat(next()).isEqualTo(new Step.Rehearse(List.of(BACKUP)));
        happens(new Event.Rehearsed(passed()));
        assertThat(next()).isEqualTo(new Step.Predict());
        happens(new Event.Forecasted(forecast(0.1)));

        carried(ONE);
        assertThat(next()).isInstanceOf(Step.Watch.class);
        healthy(Stage.CANARY);
        carried(TWO);
        healthy(Stage.REST);

        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.CONFIRM, TWO, Errand.CONFIRM)));
        answered(ONE, Errand.CONFIRM, new Receipt.Confirmed(DIGEST));
        answered(TWO, Errand.CONFIRM, new Receipt.Confirmed(DIGEST));
        assertThat(next()).isEqualTo(new Step.Note(new Event.Ended(Ending.CONFIRMED)));
        happens(new Event.Ended(Ending.CONFIRMED));
        assertThat(next()).isEqualTo(new Step.End(Ending.CONFIRMED));
    }

    @Test
    void a_harmful_verdict_takes_the_change_back_from_every_server_that_has_it() {
        released();
        carried(ONE);
        healthy(Stage.CANARY);
        carried(TWO);

        happens(new Event.Weighed(Stage.REST, harmful(), COUNTS));

        assertThat(next()).isEqualTo(note(new Event.RollbackCalled(new Cause(Cause.Sort.HARMFUL, "staff are out"))));
        happens(((Step.Note) next()).event());
        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.ROLL_BACK, TWO, Errand.ROLL_BACK)));
        answered(ONE, Errand.ROLL_BACK, back());
        answered(TWO, Errand.ROLL_BACK, back());
        assertThat(next()).isEqualTo(note(new Event.Ended(Ending.ROLLED_BACK)));
    }

    @Test
    void a_shut_gate_holds_the_change_until_it_is_waived_by_name() {
        proposed(rules(Policy.ASK), new GateRules(true, false, 1, Map.of()), Optional.empty());
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(failed()));
        happens(new Event.Forecasted(forecast(0.9)));
        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Rest.class,
                        rest -> assertThat(rest.gates())
                                .anyMatch(gate -> gate instanceof GateState.Shut shut
                                        && shut.waitsFor().contains("staff-login")));

        happens(new Event.WaiverSigned(new Waiver("rehearsal", DANA, "I know", "we must", DIGEST, 0.9)));

        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.SNAPSHOT)));
    }

    @Test
    void a_waiver_falls_with_a_worse_forecast_and_with_another_digest() {
        proposed(rules(Policy.ASK), new GateRules(true, false, 1, Map.of()), Optional.empty());
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(failed()));
        happens(new Event.Forecasted(forecast(0.9)));

        happens(new Event.WaiverSigned(new Waiver("rehearsal", DANA, "I know", "we must", DIGEST, 0.5)));
        happens(new Event.WaiverSigned(new Waiver("rehearsal", DANA, "I know", "we must", Digest.of("other"), 0.9)));

        assertThat(next()).isInstanceOf(Step.Rest.class);
    }

    @Test
    void a_wish_of_the_vendor_does_not_open_the_gate_that_wants_its_demand() {
        proposed(rules(Policy.ASK), new GateRules(false, true, 1, Map.of()), Optional.empty());
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(passed()));
        happens(new Event.ClaimAnswered(0, KIT, Answer.WISHED, "console"));
        happens(new Event.Forecasted(forecast(0.1)));
        assertThat(next()).isInstanceOf(Step.Rest.class);

        happens(new Event.ClaimAnswered(0, KIT, Answer.REQUESTED, "console"));
        happens(new Event.Forecasted(forecast(0.1)));

        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.SNAPSHOT)));
    }

    @Test
    void who_asked_for_the_change_does_not_count_among_those_who_approve_it() {
        proposed(rules(Policy.ASK), new GateRules(false, false, 1, Map.of(Role.CUSTOMER, 1)), Optional.empty());
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(passed()));
        happens(new Event.Forecasted(forecast(0.1)));
        happens(new Event.Approved(DANA, DIGEST));
        assertThat(next()).isInstanceOf(Step.Rest.class);

        happens(new Event.Approved(PersonId.of("acme/noor"), DIGEST));

        assertThat(next()).isInstanceOf(Step.Send.class);
    }

    @Test
    void a_server_that_went_back_by_itself_takes_the_others_back_too() {
        released();
        carried(ONE);
        healthy(Stage.CANARY);
        carried(TWO);

        answered(ONE, Errand.RENEW, new Receipt.RolledBack(OLD, true, true, "lease ended", List.of()));

        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Note.class,
                        note -> assertThat(note.event())
                                .isInstanceOfSatisfying(
                                        Event.RollbackCalled.class,
                                        called -> assertThat(called.cause().sort())
                                                .isEqualTo(Cause.Sort.LEASE)));
        happens(((Step.Note) next()).event());
        assertThat(next()).isEqualTo(new Step.Send(Map.of(TWO, Errand.ROLL_BACK)));
    }

    @Test
    void a_host_silent_for_its_whole_lease_counts_as_rolled_back_by_its_guard() {
        released();
        carried(ONE);
        answered(ONE, Errand.RENEW, new Receipt.Unreachable("timed out"));
        assertThat(next()).isInstanceOf(Step.Watch.class);

        now = now.plus(Duration.ofMinutes(2));

        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Note.class, note -> assertThat(note.event()).isInstanceOf(Event.RollbackCalled.class));
    }

    @Test
    void a_server_that_refuses_the_change_ends_it_and_an_untouched_one_is_withdrawn() {
        released();
        happens(new Event.Ordered(ONE, Errand.SNAPSHOT));
        answered(ONE, Errand.SNAPSHOT, new Receipt.Refused(Receipt.Reason.NO_PERMISSION, "cannot write /etc/ldap"));

        happens(((Step.Note) next()).event());
        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.ROLL_BACK)));
        answered(ONE, Errand.ROLL_BACK, new Receipt.Refused(Receipt.Reason.UNKNOWN_CHANGE, ""));

        assertThat(next()).isEqualTo(note(new Event.Ended(Ending.WITHDRAWN)));
    }

    @Test
    void an_order_that_nobody_answers_is_sent_three_times_before_it_counts_as_refused() {
        released();
        for (int i = 0; i < 3; i++) {
            assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.SNAPSHOT)));
            happens(new Event.Ordered(ONE, Errand.SNAPSHOT));
            answered(ONE, Errand.SNAPSHOT, new Receipt.Unreachable("connection refused"));
            if (i < 2) {
                assertThat(next()).isInstanceOf(Step.Rest.class);
            }
            now = now.plusSeconds(2);
        }

        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Note.class, note -> assertThat(note.event()).isInstanceOf(Event.RollbackCalled.class));
    }

    @Test
    void a_controller_killed_between_order_and_answer_sends_the_order_again() {
        released();
        happens(new Event.Ordered(ONE, Errand.SNAPSHOT));
        answered(ONE, Errand.SNAPSHOT, new Receipt.Snapped(OLD, 3, Optional.of("cron @reboot")));
        happens(new Event.Ordered(ONE, Errand.APPLY));

        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.APPLY)));
    }

    @Test
    void an_unmet_expectation_takes_the_change_back() {
        released(new Expectation(new ProbeId("staff-login"), Map.of("Session-Timeout", "3600"), Optional.empty()));
        applied(ONE);
        assertThat(next()).isEqualTo(new Step.Check(ONE));

        happens(new Event.Checked(
                ONE, List.of(new Finding.Unmet(new ProbeId("staff-login"), "Session-Timeout is missing"))));

        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Note.class,
                        note -> assertThat(note.event())
                                .isInstanceOfSatisfying(
                                        Event.RollbackCalled.class,
                                        called -> assertThat(called.cause().words())
                                                .contains("Session-Timeout is missing")));
    }

    @Test
    void without_a_verdict_at_the_latest_time_the_site_decides_what_happens() {
        for (Policy policy : Policy.values()) {
            history.clear();
            proposed(rules(policy), new GateRules(false, false, 1, Map.of()), Optional.empty());
            happens(new Event.Released(OMAR));
            happens(new Event.Rehearsed(passed()));
            happens(new Event.Forecasted(forecast(0.1)));
            carried(ONE);
            happens(new Event.Weighed(Stage.CANARY, new Verdict.Undecided(40, "too few"), COUNTS));
            now = now.plus(Duration.ofHours(5));

            Step step = next();

            switch (policy) {
                case ASK -> assertThat(step).isEqualTo(note(new Event.DecisionAsked(Stage.CANARY, "too few")));
                case CONTINUE -> assertThat(step).isEqualTo(new Step.Trace(Stage.CANARY));
                case ROLL_BACK -> assertThat(((Step.Note) step).event()).isInstanceOf(Event.RollbackCalled.class);
            }
        }
    }

    @Test
    void without_a_confirmation_in_time_it_is_taken_back() {
        proposed(
                rules(Policy.ASK),
                new GateRules(false, false, 1, Map.of()),
                Optional.of(new Plan.Confirmer(new PartyId("keyring"), Duration.ofHours(4))));
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(passed()));
        happens(new Event.Forecasted(forecast(0.1)));
        carried(ONE);
        healthy(Stage.CANARY);
        carried(TWO);
        healthy(Stage.REST);
        happens(((Step.Note) next()).event());
        assertThat(next()).isInstanceOf(Step.Watch.class);

        now = now.plus(Duration.ofHours(4));

        assertThat(((Step.Note) next()).event())
                .isInstanceOfSatisfying(
                        Event.RollbackCalled.class,
                        called -> assertThat(called.cause().sort()).isEqualTo(Cause.Sort.UNCONFIRMED));
    }

    @Test
    void a_confirmation_of_another_digest_does_not_count() {
        proposed(
                rules(Policy.ASK),
                new GateRules(false, false, 1, Map.of()),
                Optional.of(new Plan.Confirmer(new PartyId("keyring"), Duration.ofHours(4))));
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(passed()));
        happens(new Event.Forecasted(forecast(0.1)));
        carried(ONE);
        healthy(Stage.CANARY);
        carried(TWO);
        healthy(Stage.REST);
        happens(((Step.Note) next()).event());

        happens(new Event.ConfirmationGiven(KIT, Digest.of("another")));
        assertThat(next()).isInstanceOf(Step.Watch.class);
        happens(new Event.ConfirmationGiven(KIT, DIGEST));

        assertThat(next()).isInstanceOf(Step.Send.class);
    }

    @Test
    void a_stuck_host_is_said_to_people_once_and_tried_on() {
        released();
        carried(ONE);
        happens(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "us/omar called it back")));
        happens(new Event.Ordered(ONE, Errand.ROLL_BACK));
        answered(ONE, Errand.ROLL_BACK, new Receipt.Stuck("no space left on /etc"));

        assertThat(((Step.Note) next()).event())
                .isInstanceOfSatisfying(
                        Event.PersonNeeded.class,
                        needed -> assertThat(needed.because()).contains("no space left on /etc"));
        happens(((Step.Note) next()).event());
        assertThat(next()).isInstanceOf(Step.Rest.class);
        now = now.plusSeconds(3);
        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.ROLL_BACK)));
        happens(new Event.Ordered(ONE, Errand.ROLL_BACK));
        answered(ONE, Errand.ROLL_BACK, back());

        assertThat(next()).isEqualTo(note(new Event.Ended(Ending.ROLLED_BACK)));
    }

    @Test
    void a_stuck_host_is_tried_more_and_more_rarely_but_never_given_up() {
        released();
        carried(ONE);
        happens(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "us/omar called it back")));
        int orders = 0;
        for (Instant end = now.plus(Duration.ofHours(1)); now.isBefore(end); now = now.plusSeconds(1)) {
            switch (next()) {
                case Step.Send _ -> {
                    orders++;
                    happens(new Event.Ordered(ONE, Errand.ROLL_BACK));
                    answered(ONE, Errand.ROLL_BACK, new Receipt.Stuck("read-only file system"));
                }
                case Step.Note(Event event) -> happens(event);
                case Step.Rest(Optional<Instant> until, String _, List<GateState> _) ->
                    assertThat(until.orElseThrow()).isBefore(now.plusSeconds(65));
                default -> throw new AssertionError(next());
            }
        }

        assertThat(orders).isBetween(50, 65);
    }

    @Test
    void a_host_whose_guard_cannot_roll_back_below_another_change_is_asked_how_far_ours_came_and_told_of() {
        released();
        carried(ONE);
        happens(new Event.Ordered(ONE, Errand.CONFIRM));
        answered(ONE, Errand.CONFIRM, new Receipt.Unreachable("timed out"));
        now = now.plus(Duration.ofMinutes(2));
        Step called = next();
        assertThat(((Event.RollbackCalled) ((Step.Note) called).event()).cause().words())
                .contains("nobody knows whether it heard that")
                .doesNotContain("has put");
        happens(((Step.Note) called).event());
        happens(new Event.Ordered(ONE, Errand.ROLL_BACK));
        answered(
                ONE,
                Errand.ROLL_BACK,
                new Receipt.Refused(Receipt.Reason.OUT_OF_TURN, "the change other came after it"));

        assertThat(next()).isEqualTo(new Step.Send(Map.of(ONE, Errand.LOOK)));
        happens(new Event.Ordered(ONE, Errand.LOOK));
        answered(ONE, Errand.LOOK, new Receipt.Standing(Receipt.State.CONFIRMED, Duration.ZERO, ""));

        assertThat(((Event.PersonNeeded) ((Step.Note) next()).event()).because())
                .contains(ONE + " keeps the change", "the change other came after it");
        happens(((Step.Note) next()).event());
        assertThat(next()).isEqualTo(note(new Event.Ended(Ending.NEEDS_A_PERSON)));
    }

    @Test
    void what_somebody_else_changes_holds_everything_until_it_is_accepted_or_put_back() {
        released();
        carried(ONE);
        happens(new Event.Weighed(Stage.CANARY, new Verdict.Healthy(100, "fine"), COUNTS));
        Drift drift = new Drift("users", Optional.of(DIGEST), Optional.of("root"), Optional.of(now), "+bob\n");
        happens(new Event.Drifted(ONE, List.of(drift)));
        assertThat(next())
                .isInstanceOfSatisfying(
                        Step.Watch.class,
                        watch -> assertThat(watch.waiting()).contains("somebody else changed on " + ONE));

        happens(new Event.DriftAccepted(OMAR, ONE));
        assertThat(next()).isEqualTo(new Step.Trace(Stage.CANARY));

        happens(new Event.Drifted(ONE, List.of(drift, drift)));
        assertThat(next()).isInstanceOf(Step.Watch.class);
        happens(new Event.Drifted(ONE, List.of()));
        assertThat(next()).isEqualTo(new Step.Trace(Stage.CANARY));
    }

    @Test
    void a_rollback_that_is_not_byte_exact_never_ends_as_if_it_were() {
        released();
        carried(ONE);
        happens(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "us/omar called it back")));
        answered(ONE, Errand.ROLL_BACK, new Receipt.RolledBack(DIGEST, false, true, "order", List.of()));

        happens(((Step.Note) next()).event());

        assertThat(next()).isEqualTo(note(new Event.Ended(Ending.NEEDS_A_PERSON)));
    }

    private Step next() {
        return Rollout.replay(history).next(site(), now);
    }

    private void happens(Event event) {
        now = now.plusMillis(10);
        history.add(new Happening(history.size(), now, event));
    }

    private void answered(ServerId server, Errand errand, Receipt receipt) {
        happens(new Event.Answered(server, errand, receipt));
    }

    private void released(Expectation... expectations) {
        proposed(rules(Policy.ASK), new GateRules(false, false, 1, Map.of()), Optional.empty(), expectations);
        happens(new Event.Released(OMAR));
        happens(new Event.Rehearsed(passed()));
        happens(new Event.Forecasted(forecast(0.1)));
    }

    private void applied(ServerId server) {
        assertThat(next()).isEqualTo(new Step.Send(Map.of(server, Errand.SNAPSHOT)));
        happens(new Event.Ordered(server, Errand.SNAPSHOT));
        answered(server, Errand.SNAPSHOT, new Receipt.Snapped(OLD, 3, Optional.of("cron @reboot")));
        assertThat(next()).isEqualTo(new Step.Send(Map.of(server, Errand.APPLY)));
        happens(new Event.Ordered(server, Errand.APPLY));
        answered(server, Errand.APPLY, new Receipt.Applied(DIGEST, Activation.RELOAD, Duration.ofMillis(80)));
    }

    private void carried(ServerId server) {
        applied(server);
    }

    private void healthy(Stage stage) {
        happens(new Event.Weighed(stage, new Verdict.Healthy(100, "fine"), COUNTS));
        assertThat(next()).isEqualTo(new Step.Trace(stage));
        happens(new Event.Traced(stage, EventJsonTest.drum()));
        assertThat(next()).isEqualTo(note(new Event.StagePassed(stage, "fine")));
        happens(((Step.Note) next()).event());
    }

    private static Step note(Event event) {
        return new Step.Note(event);
    }

    private static Verdict harmful() {
        return new Verdict.Harmful(
                List.of(new Signal("fail:all", "everybody", 1e5, 278, 11, 9, 0.004)), "staff are out");
    }

    private static Receipt back() {
        return new Receipt.RolledBack(OLD, true, true, "order", List.of());
    }

    private static Report passed() {
        return new Report(BACKUP, 2, List.of(), "", true);
    }

    private static Report failed() {
        return new Report(
                BACKUP,
                2,
                List.of(new Difference(new ProbeId("staff-login"), Optional.of("staff"), true, "accepted", "refused")),
                "",
                true);
    }

    private static Forecast forecast(double harm) {
        return new Forecast(harm, List.of(), 212, 900);
    }

    private static WatchRules rules(Policy policy) {
        return new WatchRules(
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                0.01,
                0.02,
                Duration.ofMinutes(10),
                policy,
                policy,
                Duration.ofSeconds(30));
    }

    private void proposed(
            WatchRules rules, GateRules gates, Optional<Plan.Confirmer> confirm, Expectation... expectations) {
        Plan plan = new Plan(
                Map.of(BACKUP, Activation.RELOAD),
                List.of(
                        new Wave(Stage.CANARY, Map.of(ONE, Activation.RELOAD)),
                        new Wave(Stage.REST, Map.of(TWO, Activation.RELOAD))),
                Set.of(),
                Duration.ofMinutes(2),
                rules,
                gates,
                confirm);
        happens(new Event.Proposed(
                new ChangeId("c"),
                DIGEST,
                "Title",
                DANA,
                "because",
                List.of(new Claim(new PartyId("keyring"), "Keyring requires it", Demand.MUST)),
                List.of(expectations),
                "changes/c",
                List.of("access.conf"),
                "",
                plan));
    }

    private static Site site() {
        return new Site(
                "acme-login",
                List.of(
                        party("acme", Role.CUSTOMER, "dana", "noor"),
                        party("keyring", Role.VENDOR, "kit"),
                        party("us", Role.OPERATOR, "omar")),
                List.of(),
                List.of(),
                Duration.ofMinutes(2),
                rules(Policy.ASK),
                new GateRules(false, false, 1, Map.of()),
                Optional.empty());
    }

    private static Party party(String id, Role role, String... people) {
        PartyId party = new PartyId(id);
        return new Party(
                party,
                role,
                id,
                Optional.empty(),
                java.util.Arrays.stream(people)
                        .map(name -> new Person(
                                new PersonId(party, name), name + "@" + id + ".example", Set.of(Right.values())))
                        .toList(),
                Optional.empty());
    }
}
