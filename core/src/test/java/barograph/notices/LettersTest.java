package barograph.notices;

import static barograph.notices.Story.CHECKPOINT;
import static barograph.notices.Story.DIGEST;
import static barograph.notices.Story.KIT;
import static barograph.notices.Story.OMAR;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.RULES;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TOKENS;
import static barograph.notices.Story.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.change.ChangeId;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.ServerId;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every letter as its reader gets it is a file beside this test. `-Dgolden=write` writes them anew: read them then.
class LettersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/barograph/notices");

    private final Letters letters = new Letters(SITE, RULES, TOKENS);

    /// What each letter is written from: the history, the notice and the reader.
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Story asked = Story.ofSessionTimeout().proposed().later(5);
        cases.add(new Case("claim", asked, "claim-1", "kit@keyring.example"));
        Story warned =
                Story.ofSessionTimeout().proposed().later(60).rehearsedBadly().forecast(0.93);
        cases.add(new Case("warned-customer", warned, "warned-rehearsal-forecast", "dana@acme.example"));
        cases.add(new Case("warned-operator", warned, "warned-rehearsal-forecast", "omar@northwind.example"));
        cases.add(new Case("approval", warned, "approval-operator", "omar@northwind.example"));
        cases.add(new Case(
                "waived",
                Story.ofSessionTimeout()
                        .proposed()
                        .rehearsedBadly()
                        .forecast(0.93)
                        .later(600)
                        .waived("rehearsal"),
                "waived-1",
                "kit@keyring.example"));
        Story canary = Story.ofSessionTimeout()
                .proposed()
                .released()
                .later(60)
                .applied(ONE)
                .later(1);
        cases.add(new Case("applied-canary", canary, "applied-canary", "helpdesk@acme.example"));
        Story all = Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .later(1800)
                .healthy(Stage.CANARY)
                .applied(TWO);
        cases.add(new Case("applied-rest", all, "applied-rest", "omar@northwind.example"));
        cases.add(new Case(
                "confirmation-asked",
                Story.ofSessionTimeout()
                        .proposed()
                        .released()
                        .applied(ONE)
                        .healthy(Stage.CANARY)
                        .applied(TWO)
                        .healthy(Stage.REST)
                        .happens(new Event.ConfirmationAsked(Instant.parse("2026-11-22T14:31:00Z"))),
                "confirmation-asked",
                "kit@keyring.example"));
        cases.add(new Case(
                "decision-asked",
                Story.ofSessionTimeout()
                        .proposed()
                        .released()
                        .applied(ONE)
                        .later(Duration.ofHours(4))
                        .happens(new Event.Weighed(
                                Stage.CANARY, new Verdict.Undecided(40, "early"), new Counts(11, 12, 1, 0)))
                        .happens(new Event.DecisionAsked(
                                Stage.CANARY, "Only 11 people logged in since the change; about 40 more are needed.")),
                "decision-asked-canary",
                "omar@northwind.example"));
        cases.addAll(endings());
        return cases;
    }

    private static List<Case> endings() {
        List<Case> cases = new ArrayList<>();
        Story rolledBack = Story.ofSessionTimeout().untilRolledBack().later(1);
        cases.add(new Case("rolled-back-desk", rolledBack, "rolled-back", "helpdesk@acme.example"));
        cases.add(new Case("rolled-back-operator", rolledBack, "rolled-back", "omar@northwind.example"));
        Story unconfirmed = Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .healthy(Stage.CANARY)
                .applied(TWO)
                .healthy(Stage.REST)
                .later(Duration.ofHours(4))
                .happens(new Event.RollbackCalled(
                        new Cause(Cause.Sort.UNCONFIRMED, "keyring did not confirm within 14400 s")))
                .rolledBack(ONE, true, true)
                .rolledBack(TWO, true, true)
                .ended(Ending.ROLLED_BACK);
        cases.add(new Case("rolled-back-unconfirmed", unconfirmed, "rolled-back", "dana@acme.example"));
        Story stuck = Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .later(300)
                .harmful(Stage.CANARY)
                .happens(new Event.PersonNeeded(
                        ONE,
                        "radius-1 could not be rolled back so far. no space left on /etc. It is tried again every 2 s;"
                                + " look at the host."));
        cases.add(new Case("person-needed-desk", stuck, "person-needed-radius-1", "helpdesk@acme.example"));
        cases.add(new Case("person-needed-operator", stuck, "person-needed-radius-1", "omar@northwind.example"));
        Story amiss = Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .later(300)
                .harmful(Stage.CANARY)
                .rolledBack(ONE, true, false)
                .ended(Ending.NEEDS_A_PERSON);
        cases.add(new Case("needs-a-person-desk", amiss, "needs-a-person", "helpdesk@acme.example"));
        cases.add(new Case("needs-a-person-operator", amiss, "needs-a-person", "omar@northwind.example"));
        Story confirmed = Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .healthy(Stage.CANARY)
                .applied(TWO)
                .healthy(Stage.REST)
                .happens(new Event.ConfirmationAsked(Instant.parse("2026-11-22T14:31:00Z")))
                .later(900)
                .happens(new Event.ConfirmationGiven(KIT, DIGEST))
                .ended(Ending.CONFIRMED);
        cases.add(new Case("confirmed", confirmed, "confirmed", "helpdesk@acme.example"));
        Story withdrawn = Story.ofSessionTimeout()
                .proposed()
                .sent("claim-1", "kit@keyring.example")
                .happens(new Event.RollbackCalled(
                        new Cause(Cause.Sort.PERSON, OMAR + " called it back: no longer wanted")))
                .ended(Ending.WITHDRAWN);
        cases.add(new Case("withdrawn", withdrawn, "withdrawn", "kit@keyring.example"));
        Story mails = Story.ofSessionTimeout().untilRolledBack().later(7200);
        int first = mails.history().size();
        mails.mail("helpdesk@acme.example", "EMERGENCY: nobody can log in", true)
                .mail("kit@keyring.example", "Re: [session-timeout] Please answer", false);
        cases.add(new Case("mail-emergency", mails, "mail-" + first, "omar@northwind.example"));
        cases.add(new Case("mail-answer", mails, "mail-" + (first + 1), "omar@northwind.example"));
        Story unreached = Story.ofSessionTimeout().untilRolledBack();
        int failure = unreached.history().size();
        unreached.failed("rolled-back", "helpdesk@acme.example", Notices.HOPELESS);
        cases.add(new Case("undelivered", unreached, "undelivered-" + failure, "omar@northwind.example"));
        return cases;
    }

    record Case(String name, Story story, String notice, String recipient) {
        Letter letter(Letters letters) {
            Notice notice = Notices.owed(story.history(), SITE).stream()
                    .filter(each -> each.id().equals(this.notice))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(this.notice + " is not owed, but "
                            + Notices.owed(story.history(), SITE).stream()
                                    .map(Notice::id)
                                    .toList()));
            Recipient reader = notice.recipients().stream()
                    .filter(each -> each.at(recipient))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(recipient + " is not told, but " + notice.recipients()));
            return letters.compose(notice, reader, story.history(), CHECKPOINT, story.now());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_what_its_golden_file_says(Case each) throws IOException {
        Letter letter = each.letter(letters);

        check(each.name(), letter);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void has_the_manners_of_a_machines_mail(Case each) {
        Letter letter = each.letter(letters);

        assertThat(letter.headers())
                .containsEntry("Auto-Submitted", "auto-generated")
                .containsEntry("X-Auto-Response-Suppress", "All")
                .containsEntry("Precedence", "list")
                .containsEntry("X-Barograph-Loop", "changes@northwind.example");
        assertThat(letter.envelope().replyTo()).matches("changes\\+session-timeout\\.[a-z2-7]{16}@northwind\\.example");
        assertThat(letter.envelope().bounces()).isEqualTo(letter.envelope().replyTo());
        assertThat(letter.links().references()).contains("<session-timeout.acme-login@northwind.example>");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void carries_the_checkpoint_in_its_head_and_as_a_file(Case each) {
        Letter letter = each.letter(letters);

        assertThat(letter.headers())
                .containsEntry(
                        "X-Barograph-Checkpoint", "acme-login.example 41 OU3kTFFKObIfLcULGqpfBbZjFnfiJIpEkq1XYCdyHoY=");
        assertThat(letter.attachments())
                .singleElement()
                .satisfies(file -> assertThat(new String(file.content(), StandardCharsets.UTF_8))
                        .isEqualTo(CHECKPOINT));
    }

    @Test
    void a_late_emergency_is_answered_with_the_state_and_who_was_told() throws IOException {
        check("answer-logins-work", answer(List.of(trial("staff-pap", true, 10), trial("wrong-pass", true, 10))));
    }

    @Test
    void an_answer_says_so_when_a_test_login_has_just_failed() throws IOException {
        check("answer-logins-fail", answer(List.of(trial("staff-pap", false, 10))));
    }

    @Test
    void an_answer_never_says_that_logins_work_on_the_word_of_an_old_probe() throws IOException {
        Letter letter = answer(List.of(trial("staff-pap", true, 61)));

        check("answer-nobody-knows", letter);
        assertThat(letter.text()).doesNotContain("yes").contains("Can users log in now: not known");
    }

    @Test
    void an_answer_while_the_change_is_in_force_says_that_it_is() throws IOException {
        Story story =
                Story.ofSessionTimeout().proposed().released().applied(ONE).later(120);
        Letter letter = answer(story, List.of());

        check("answer-in-force", letter);
    }

    @Test
    void an_answer_names_the_other_changes_that_may_be_to_blame() {
        Story other =
                new Story(new ChangeId("new-certificate")).proposed().released().applied(TWO);
        Story story = Story.ofSessionTimeout().untilRolledBack().later(60);
        story.mail("helpdesk@acme.example", "EMERGENCY", true);
        Answers.Due due = Answers.due(story.history(), SITE, story.now()).orElseThrow();

        Letter letter = letters.answer(
                due,
                story.history(),
                new Letters.Present(story.now(), CHECKPOINT, List.of(), List.of(story.history(), other.history())));

        assertThat(letter.text()).contains("- new-certificate: the change is in force on the server radius-2");
        assertThat(letter.text()).doesNotContain("- session-timeout:");
    }

    private Letter answer(List<Trial> trials) {
        Story story = Story.ofSessionTimeout()
                .untilRolledBack()
                .later(8)
                .sent("rolled-back", "dana@acme.example")
                .sent("rolled-back", "helpdesk@acme.example")
                .sent("rolled-back", "kit@keyring.example")
                .later(Duration.ofMinutes(123));
        return answer(story, trials);
    }

    private Letter answer(Story story, List<Trial> trials) {
        story.mail("helpdesk@acme.example", "EMERGENCY: users cannot log in [#48151]", true)
                .later(4);
        Answers.Due due = Answers.due(story.history(), SITE, story.now()).orElseThrow();
        List<Trial> dated = trials.stream()
                .map(trial -> at(trial, story.now().minus(Duration.between(Instant.EPOCH, trial.at()))))
                .toList();
        return letters.answer(
                due, story.history(), new Letters.Present(story.now(), CHECKPOINT, dated, List.of(story.history())));
    }

    /// @param age in seconds
    private static Trial trial(String probe, boolean asExpected, int age) {
        boolean reject = probe.equals("wrong-pass");
        return new Trial(
                new ProbeId(probe),
                new ServerId("radius-1"),
                Instant.EPOCH.plusSeconds(age),
                List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(4))),
                reject == asExpected ? new Outcome.Rejected("bad_password") : new Outcome.Accepted(),
                reject ? Expect.REJECT : Expect.ACCEPT,
                asExpected,
                asExpected ? "" : "rejected: policy denied",
                Map.of());
    }

    private static Trial at(Trial trial, Instant at) {
        return new Trial(
                trial.probe(),
                trial.server(),
                at,
                trial.steps(),
                trial.outcome(),
                trial.expected(),
                trial.asExpected(),
                trial.said(),
                trial.reply());
    }

    @Test
    void an_answer_goes_out_in_a_way_that_no_machine_answers() {
        Letter letter = answer(List.of());

        assertThat(letter.headers()).containsEntry("Auto-Submitted", "auto-replied");
        assertThat(letter.envelope().bounces()).isEmpty();
        assertThat(letter.links().references()).endsWith("<19.helpdesk@acme.example>");
    }

    @Test
    void letters_to_one_reader_refer_to_those_before() {
        Story story =
                Story.ofSessionTimeout().proposed().released().applied(ONE).sent("applied-canary", "dana@acme.example");
        Event.NoticeSent first = (Event.NoticeSent) story.history().getLast().event();
        story.harmful(Stage.CANARY).rolledBack(ONE, true, true).ended(Ending.ROLLED_BACK);

        Letter letter = new Case("", story, "rolled-back", "dana@acme.example").letter(letters);

        assertThat(letter.links().references())
                .containsExactly("<session-timeout.acme-login@northwind.example>", first.messageId());
    }

    @Test
    void the_same_letter_has_the_same_message_id_at_every_attempt_and_another_for_another_reader() {
        Story story = Story.ofSessionTimeout().untilRolledBack();
        Letter one = new Case("", story, "rolled-back", "dana@acme.example").letter(letters);
        Letter again = new Case("", story.later(30), "rolled-back", "DANA@acme.example").letter(letters);
        Letter other = new Case("", story, "rolled-back", "kit@keyring.example").letter(letters);

        assertThat(again.links().messageId()).isEqualTo(one.links().messageId());
        assertThat(other.links().messageId()).isNotEqualTo(one.links().messageId());
    }

    @Test
    void words_of_others_cannot_break_out_of_the_head_of_a_letter() {
        Story story = Story.ofSessionTimeout().untilRolledBack().later(60);
        int index = story.history().size();
        story.mail("x@acme.example", "EMERGENCY\r\nBcc: everyone@acme.example\u202e", true);

        Letter letter = new Case("", story, "mail-" + index, "omar@northwind.example").letter(letters);

        assertThat(letter.subject()).doesNotContain("\n").doesNotContain("\r").doesNotContain("\u202e");
        assertThatThrownBy(() -> new Letter.Envelope("a@b", "A\nBcc: x@y", "c@d", "e@f", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_long_change_name_leaves_the_reply_address_within_its_64_characters() {
        String name = "a-change-with-a-name-that-is-as-long-as-a-name-may-be.and.dotted";
        String reply = OwnAddress.of(RULES.from()).reply(Optional.of(new ChangeId(name)), "abcdefghijklmnop");

        assertThat(name).hasSize(64);
        assertThat(reply.substring(0, reply.indexOf('@')))
                .hasSize(64)
                .doesNotContain("..")
                .endsWith(".abcdefghijklmnop");
        assertThat(OwnAddress.of(RULES.from()).tokenIn(reply)).contains("abcdefghijklmnop");
    }

    private static void check(String name, Letter letter) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, letter.print());
        }
        assertThat(letter.print()).isEqualTo(Files.readString(file));
        assertThat(letter.text().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    }
}
