package barograph.notices;

import static barograph.notices.Story.ONE;
import static barograph.notices.Story.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.rollout.Cause;
import barograph.rollout.Ending;
import barograph.rollout.Event;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final String DESK = "helpdesk@acme.example";

    private final Story story = Story.ofSessionTimeout().untilRolledBack().later(Duration.ofHours(2));

    @Test
    void an_emergency_of_a_party_is_owed_an_answer_until_it_was_answered() {
        story.mail(DESK, "EMERGENCY", true);
        assertThat(due()).isPresent();

        answered(DESK);
        assertThat(due()).isEmpty();
    }

    @Test
    void anybody_within_a_partys_mail_domain_speaks_for_it_here() {
        story.mail("night-shift@emea.acme.example", "EMERGENCY", true);

        assertThat(due().orElseThrow().party().name()).isEqualTo("Acme Corp");
    }

    @Test
    void strangers_are_told_nothing() {
        story.mail("helpdesk@acme.example.evil.test", "EMERGENCY", true).mail("x@notacme.example", "EMERGENCY", true);

        assertThat(due()).isEmpty();
    }

    @Test
    void a_mail_without_an_emergency_is_for_operators_to_answer() {
        story.mail(DESK, "thank you", false);

        assertThat(due()).isEmpty();
    }

    @Test
    void machines_are_never_answered() {
        for (Event.Writer writer : new Event.Writer[] {Event.Writer.MACHINE, Event.Writer.BOUNCE}) {
            story.happens(new Event.MailReceived("1-1", DESK, "s", "<m@x>", "token", writer, true, story.now()));
        }

        assertThat(due()).isEmpty();
    }

    @Test
    void one_sender_gets_one_answer_an_hour_as_long_as_the_state_is_the_same() {
        story.mail(DESK, "EMERGENCY", true);
        answered(DESK);
        story.later(Duration.ofMinutes(59)).mail(DESK, "EMERGENCY again", true);
        assertThat(due()).isEmpty();

        story.later(Duration.ofMinutes(2)).mail(DESK, "EMERGENCY still", true);
        assertThat(due()).isPresent();
    }

    @Test
    void a_new_state_is_worth_a_new_answer() {
        Story live = Story.ofSessionTimeout().proposed().released().applied(ONE);
        live.mail(DESK, "EMERGENCY", true).happens(new Event.MailAnswered("<m@x>", DESK, "Re:", Duration.ZERO));
        live.later(60).mail(DESK, "EMERGENCY", true);
        assertThat(Answers.due(live.history(), SITE, live.now())).isEmpty();

        live.happens(new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "omar")))
                .rolledBack(ONE, true, true)
                .ended(Ending.ROLLED_BACK)
                .later(60)
                .mail(DESK, "EMERGENCY", true);
        assertThat(Answers.due(live.history(), SITE, live.now())).isPresent();
    }

    @Test
    void two_mails_that_came_while_the_mail_server_was_down_get_one_answer() {
        story.mail(DESK, "EMERGENCY", true)
                .later(60)
                .mail(DESK, "EMERGENCY!!", true)
                .later(600);
        answered(DESK);

        assertThat(due()).isEmpty();
    }

    @Test
    void another_sender_gets_an_answer_of_their_own() {
        story.mail(DESK, "EMERGENCY", true);
        answered(DESK);
        story.mail("dana@acme.example", "EMERGENCY", true);

        assertThat(due().orElseThrow().mail().from()).isEqualTo("dana@acme.example");
    }

    @Test
    void two_machines_that_take_each_other_for_people_come_to_rest() {
        int answers = 0;
        for (int hour = 0; hour < 24; hour++) {
            story.mail(DESK, "EMERGENCY", true);
            if (due().isPresent()) {
                answers++;
                answered(DESK);
            }
            story.later(Duration.ofMinutes(61));
        }

        assertThat(answers).isEqualTo(Answers.PER_DAY);
    }

    @Test
    void an_answer_that_was_not_taken_is_tried_again_later() {
        story.mail(DESK, "EMERGENCY", true);
        String id = due().orElseThrow().id();
        story.failed(id, DESK, 1);

        assertThat(due().orElseThrow().attempt()).isEqualTo(2);
        assertThat(due().orElseThrow().when()).isEqualTo(story.now().plusSeconds(5));
    }

    @Test
    void a_sender_who_cannot_be_reached_does_not_hold_up_another() {
        story.mail("gone@acme.example", "EMERGENCY", true);
        story.failed(due().orElseThrow().id(), "gone@acme.example", 1).mail(DESK, "EMERGENCY", true);

        assertThat(due().orElseThrow().mail().from()).isEqualTo(DESK);
    }

    @Test
    void a_mail_of_last_week_is_not_answered_any_more() {
        story.mail(DESK, "EMERGENCY", true).later(Duration.ofHours(49));

        assertThat(due()).isEmpty();
    }

    @Test
    void so_many_answers_in_an_hour_that_something_must_be_wrong_stop_all_of_them() {
        for (int i = 0; i < Answers.PER_HOUR_IN_ALL - 1; i++) {
            answered("someone" + i + "@acme.example");
        }
        assertThat(Answers.tooMany(Collections.singleton(story.history()), story.now()))
                .isFalse();

        answered(DESK);
        assertThat(Answers.tooMany(Collections.singleton(story.history()), story.now()))
                .isTrue();
        assertThat(Answers.tooMany(
                        Collections.singleton(story.history()), story.now().plus(Duration.ofHours(1))))
                .isFalse();
    }

    private void answered(String recipient) {
        story.happens(new Event.MailAnswered("<m@x>", recipient, "Re: EMERGENCY", Duration.ofSeconds(4)));
    }

    private Optional<Answers.Due> due() {
        return Answers.due(story.history(), SITE, story.now());
    }
}
