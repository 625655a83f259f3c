package barograph.notices;

import static barograph.notices.Story.DIGEST;
import static barograph.notices.Story.KIT;
import static barograph.notices.Story.OMAR;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.claims.Answer;
import barograph.lease.Drift;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.site.NoticeRules;
import barograph.site.Party;
import barograph.site.PartyId;
import barograph.site.Secret;
import barograph.site.Site;
import barograph.site.Stage;
import barograph.site.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final String DANA = "dana@acme.example";
    private static final String DESK = "helpdesk@acme.example";
    private static final String KIT_MAIL = "kit@keyring.example";
    private static final String OMAR_MAIL = "omar@northwind.example";

    private final Story story = Story.ofSessionTimeout();

    @Test
    void a_claim_is_asked_of_the_people_of_its_party_until_one_of_them_has_answered() {
        story.proposed();

        assertThat(owed()).containsExactly(Map.entry("claim-1", List.of(KIT_MAIL)));

        story.happens(new Event.ClaimAnswered(0, KIT, Answer.NOT_US, "mail"));
        assertThat(owed()).isEmpty();
    }

    @Test
    void a_bad_forecast_warns_those_who_can_act_and_asks_for_the_approval() {
        story.proposed().rehearsedBadly().forecast(0.93);

        assertThat(owed())
                .containsEntry("warned-rehearsal-forecast", List.of(DANA, OMAR_MAIL))
                .containsEntry("approval-operator", List.of(OMAR_MAIL));

        story.happens(new Event.Approved(OMAR, DIGEST)).waived("rehearsal").waived("forecast");
        assertThat(owed()).doesNotContainKeys("warned-rehearsal-forecast", "approval-operator");
    }

    @Test
    void every_person_of_every_party_gets_a_copy_of_each_waiver_even_when_all_is_over() {
        story.proposed().rehearsedBadly().forecast(0.93).waived("rehearsal").waived("forecast");
        story.applied(ONE).harmful(Stage.CANARY).rolledBack(ONE, true, true).ended(Ending.ROLLED_BACK);

        assertThat(owed())
                .containsEntry("waived-1", List.of(DANA, KIT_MAIL, OMAR_MAIL))
                .containsEntry("waived-2", List.of(DANA, KIT_MAIL, OMAR_MAIL));
    }

    @Test
    void each_stage_is_told_once_to_everyone_when_its_first_server_has_it() {
        story.proposed().released().applied(ONE);
        assertThat(owed()).containsEntry("applied-canary", List.of(DANA, DESK, KIT_MAIL, OMAR_MAIL));
        assertThat(owed()).doesNotContainKey("applied-rest");

        story.healthy(Stage.CANARY).applied(TWO);
        assertThat(owed()).containsKeys("applied-canary", "applied-rest");
    }

    @Test
    void the_last_word_is_asked_of_the_confirming_party_alone() {
        story.proposed()
                .released()
                .applied(ONE)
                .healthy(Stage.CANARY)
                .applied(TWO)
                .healthy(Stage.REST);
        story.happens(new Event.ConfirmationAsked(story.now().plusSeconds(600)));
        assertThat(owed()).containsEntry("confirmation-asked", List.of(KIT_MAIL));

        story.happens(new Event.ConfirmationGiven(KIT, DIGEST));
        assertThat(owed()).doesNotContainKey("confirmation-asked");
    }

    @Test
    void a_stage_without_a_verdict_is_put_to_the_operators_until_one_decides() {
        story.proposed().released().applied(ONE).happens(new Event.DecisionAsked(Stage.CANARY, "quiet"));
        assertThat(owed()).containsEntry("decision-asked-canary", List.of(OMAR_MAIL));

        story.happens(new Event.DecisionGiven(OMAR, Stage.CANARY));
        assertThat(owed()).doesNotContainKey("decision-asked-canary");
    }

    @Test
    void what_somebody_else_changed_is_told_to_everyone_until_one_decides() {
        Drift drift = new Drift("users", Optional.of(DIGEST), Optional.of("root"), Optional.empty(), "+bob\n");
        story.proposed().released().applied(ONE).happens(new Event.Drifted(ONE, List.of(drift)));
        assertThat(owed().keySet()).anyMatch(id -> id.startsWith("drifted-"));
        assertThat(owed().entrySet().stream().filter(each -> each.getKey().startsWith("drifted-")))
                .allSatisfy(each -> assertThat(each.getValue()).containsExactly(DANA, DESK, KIT_MAIL, OMAR_MAIL));

        story.happens(new Event.DriftAccepted(OMAR, ONE));
        assertThat(owed().keySet()).noneMatch(id -> id.startsWith("drifted-"));
    }

    @Test
    void a_rollback_is_told_to_all_people_and_desks_and_overtakes_what_was_to_be_said_before() {
        story.untilRolledBack();

        assertThat(owed()).containsEntry("rolled-back", List.of(DANA, DESK, KIT_MAIL, OMAR_MAIL));
        assertThat(owed()).doesNotContainKeys("applied-canary", "claim-1", "approval-operator");
    }

    @Test
    void a_host_that_cannot_be_brought_back_is_told_to_everyone_until_it_is() {
        story.proposed().released().applied(ONE).harmful(Stage.CANARY).happens(new Event.PersonNeeded(ONE, "no space"));
        assertThat(owed()).containsEntry("person-needed-radius-1", List.of(DANA, DESK, KIT_MAIL, OMAR_MAIL));

        story.rolledBack(ONE, true, true);
        assertThat(owed()).doesNotContainKey("person-needed-radius-1");
    }

    @Test
    void an_ending_that_leaves_a_server_amiss_is_not_told_as_a_rollback() {
        story.proposed().released().applied(ONE).harmful(Stage.CANARY);
        story.rolledBack(ONE, false, true).ended(Ending.NEEDS_A_PERSON);

        assertThat(owed()).containsKey("needs-a-person").doesNotContainKey("rolled-back");
    }

    @Test
    void a_withdrawal_is_told_to_those_who_heard_of_the_change_and_to_no_desk_that_did_not() {
        story.proposed()
                .sent("claim-1", KIT_MAIL)
                .happens(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "no longer wanted")))
                .ended(Ending.WITHDRAWN);

        assertThat(owed()).containsExactly(Map.entry("withdrawn", List.of(DANA, KIT_MAIL, OMAR_MAIL)));
    }

    @Test
    void one_who_was_told_is_not_told_again_whatever_case_the_address_is_written_in() {
        story.untilRolledBack().sent("rolled-back", "DANA@acme.example");

        assertThat(due("rolled-back")).containsExactly(DESK, KIT_MAIL, OMAR_MAIL);
    }

    @Test
    void a_letter_that_was_not_taken_is_tried_after_5_s_30_s_2_min_and_then_every_10_min() {
        story.untilRolledBack();
        for (int attempt = 1; attempt <= 7; attempt++) {
            Duration pause = List.of(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10))
                    .get(attempt - 1);
            assertThat(attempts(DESK)).containsExactly(attempt);
            story.failed("rolled-back", DESK, attempt);

            story.later(pause.minusMillis(1));
            assertThat(attempts(DESK)).as("too early after attempt " + attempt).isEmpty();
            story.later(Duration.ofMillis(1));
        }
    }

    @Test
    void the_next_attempt_is_known_beforehand_so_that_the_loop_can_sleep() {
        story.untilRolledBack();
        for (String one : List.of(DANA, DESK, KIT_MAIL, OMAR_MAIL)) {
            story.sent("waived-1", one);
            story.sent("rolled-back", one);
        }
        assertThat(Notices.next(story.history(), SITE, story.now())).isEmpty();

        Story other = Story.ofSessionTimeout().proposed().failed("claim-1", KIT_MAIL, 2);
        assertThat(Notices.next(other.history(), SITE, other.now()))
                .contains(other.now().plusSeconds(30));
    }

    @Test
    void operators_hear_of_somebody_who_is_not_reached_and_no_more_once_he_is() {
        story.untilRolledBack();
        int first = story.history().size();
        story.failed("rolled-back", DESK, 4);
        assertThat(owed()).doesNotContainKey("undelivered-" + first);

        story.failed("rolled-back", DESK, 5);
        assertThat(owed()).containsEntry("undelivered-" + (first + 1), List.of(OMAR_MAIL));

        story.sent("rolled-back", DESK);
        assertThat(owed()).doesNotContainKey("undelivered-" + (first + 1));
    }

    @Test
    void nobody_who_joins_the_site_later_is_told_of_old_changes() {
        story.untilRolledBack();
        Instant monthLater = story.now().plus(Duration.ofDays(30));

        assertThat(Notices.due(story.history(), SITE, monthLater)).isEmpty();
        assertThat(Notices.due(story.history(), SITE, story.now().plus(Duration.ofDays(6))))
                .isNotEmpty();
    }

    @Test
    void a_persons_mail_is_passed_on_to_operators_and_their_own_is_not() {
        story.untilRolledBack();
        int first = story.history().size();
        story.mail(KIT_MAIL, "yes", false).mail(OMAR_MAIL, "I look at it", false);

        assertThat(owed()).containsEntry("mail-" + first, List.of(OMAR_MAIL));
        assertThat(owed()).doesNotContainKey("mail-" + (first + 1));
    }

    @Test
    void a_machines_mail_is_passed_on_only_in_an_emergency_and_a_bounce_always() {
        int first = story.untilRolledBack().history().size();
        story.happens(machine(Event.Writer.MACHINE, false))
                .happens(machine(Event.Writer.MACHINE, true))
                .happens(machine(Event.Writer.BOUNCE, false));

        assertThat(owed())
                .doesNotContainKey("mail-" + first)
                .containsKeys("mail-" + (first + 1), "mail-" + (first + 2));
    }

    private static Event machine(Event.Writer writer, boolean emergency) {
        return new Event.MailReceived("1-1", DESK, "s", "<m@x>", "token", writer, emergency, Instant.EPOCH);
    }

    @Test
    void a_flood_of_mails_of_one_sender_reaches_operators_five_times_an_hour() {
        story.untilRolledBack();
        for (int i = 0; i < 20; i++) {
            story.later(60).mail(DESK, "help", true);
        }
        assertThat(mails(owed())).hasSize(5);

        story.later(Duration.ofHours(1)).mail(DESK, "help", true);
        assertThat(mails(owed())).hasSize(6);
    }

    @Test
    void a_mail_about_no_change_in_particular_reaches_the_operators_too() {
        List<Happening> ofSite =
                Story.ofSessionTimeout().mail(DESK, "EMERGENCY", true).history();

        assertThat(Notices.owed(ofSite, SITE)).extracting(Notice::id).containsExactly("mail-0");
    }

    @Test
    void one_address_of_a_person_and_a_desk_gets_one_letter() {
        List<Party> parties = new ArrayList<>(SITE.parties());
        Party acme = parties.getFirst();
        parties.set(
                0,
                new Party(
                        acme.id(),
                        acme.role(),
                        acme.name(),
                        acme.domain(),
                        acme.people(),
                        java.util.Optional.of("Dana@Acme.example")));
        Site site = new Site(
                SITE.name(),
                parties,
                SITE.servers(),
                SITE.probes(),
                SITE.lease(),
                SITE.watch(),
                SITE.gates(),
                SITE.notices());

        List<Notice> owed = Notices.owed(story.untilRolledBack().history(), site);

        assertThat(owed.getLast().recipients()).extracting(Recipient::mail).containsExactly(DANA, KIT_MAIL, OMAR_MAIL);
    }

    @Test
    void a_webhook_is_told_what_everyone_is_told_and_asked_nothing() {
        Webhook webhook = new Webhook(
                "cmdb",
                new PartyId("acme"),
                Webhook.Style.STANDARD,
                Optional.of(new Secret.Env("URL")),
                Optional.of(new Secret.Env("KEY")));
        NoticeRules rules = new NoticeRules(
                "changes@northwind.example",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(15),
                List.of(),
                List.of(webhook),
                List.of());
        Site site = new Site(
                SITE.name(),
                SITE.parties(),
                SITE.servers(),
                SITE.probes(),
                SITE.lease(),
                SITE.watch(),
                SITE.gates(),
                Optional.of(rules));

        story.proposed().rehearsedBadly().forecast(0.93).waived("rehearsal").waived("forecast");
        assertThat(owed(site).values().stream().flatMap(List::stream)).doesNotContain("webhook:cmdb");

        story.applied(ONE).harmful(Stage.CANARY).rolledBack(ONE, true, true).ended(Ending.ROLLED_BACK);
        assertThat(owed(site)).containsEntry("rolled-back", List.of(DANA, DESK, "webhook:cmdb", KIT_MAIL, OMAR_MAIL));
    }

    private Map<String, List<String>> owed() {
        return owed(SITE);
    }

    private Map<String, List<String>> owed(Site site) {
        Map<String, List<String>> owed = new TreeMap<>();
        Notices.owed(story.history(), site)
                .forEach(notice -> owed.put(
                        notice.id(),
                        notice.recipients().stream().map(Recipient::mail).toList()));
        return owed;
    }

    private static Stream<String> mails(Map<String, List<String>> owed) {
        return owed.keySet().stream().filter(id -> id.startsWith("mail-"));
    }

    private List<String> due(String notice) {
        return Notices.due(story.history(), SITE, story.now()).stream()
                .filter(due -> due.notice().id().equals(notice))
                .map(due -> due.recipient().mail())
                .toList();
    }

    private List<Integer> attempts(String recipient) {
        return Notices.due(story.history(), SITE, story.now()).stream()
                .filter(due -> due.notice().id().equals("rolled-back"))
                .filter(due -> due.recipient().mail().equals(recipient))
                .map(Notice.Due::attempt)
                .toList();
    }
}
