package barograph.runner;

import static barograph.notices.Story.CHANGE;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.RULES;
import static barograph.notices.Story.SITE;
import static barograph.notices.Story.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.dkim.Keys;
import barograph.login.Outcome;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.notices.Letter;
import barograph.notices.Letters;
import barograph.notices.Mail;
import barograph.notices.Postmark;
import barograph.notices.Sorter;
import barograph.notices.Story;
import barograph.record.Entry;
import barograph.record.RecordTrouble;
import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.rollout.EventJson;
import barograph.rollout.Happening;
import barograph.runner.Courier.Delivery;
import barograph.runner.Postbox.Batch;
import barograph.runner.Postbox.RawMail;
import barograph.site.ProbeSpec.Expect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessengerTest {
    private static final String DESK = "helpdesk@acme.example";

    private final RecorderInMemory recorder = new RecorderInMemory();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Letter> delivered = new ArrayList<>();
    private final Deque<RawMail> mailbox = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-22T10:30:00Z");
    private final InstantSource clock = () -> now;
    private final Journal journal = new Journal(recorder, clock);
    private Function<Letter, Delivery> mailServer =
            letter -> new Delivery.Accepted(letter.links().messageId());
    private Outcome outcome = new Outcome.Accepted();
    private Messenger messenger = messenger();

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void tells_everyone_once_and_keeps_a_copy_of_each_letter() {
        happened(Story.ofSessionTimeout().untilRolledBack());

        messenger.rounds();
        messenger.rounds();

        assertThat(to("rolled-back"))
                .containsExactlyInAnyOrder("dana@acme.example", DESK, "kit@keyring.example", "omar@northwind.example");
        assertThat(delivered).extracting(letter -> letter.links().messageId()).doesNotHaveDuplicates();
        Entry sent = last("NoticeSent/1");
        assertThat(new String(recorder.attachment(sent.attachments().getFirst()).orElseThrow(), StandardCharsets.UTF_8))
                .contains("To: omar@northwind.example")
                .contains("Cause: Since the change");
    }

    @Test
    void a_dead_mail_server_is_asked_once_per_round_and_everything_goes_out_once_when_it_is_back() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        mailServer = _ -> new Delivery.Unreachable("Connection refused");

        messenger.rounds();
        assertThat(events(Event.NoticeFailed.class)).hasSize(1);
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(1);
            messenger.rounds();
        }
        assertThat(events(Event.NoticeFailed.class)).hasSizeBetween(8, 40);

        mailServer = letter -> new Delivery.Accepted(letter.links().messageId());
        now = now.plus(Duration.ofMinutes(10));
        messenger.rounds();
        messenger.rounds();
        assertThat(to("rolled-back")).hasSize(4).doesNotHaveDuplicates();
        assertThat(messenger.rounds()).isEmpty();
    }

    @Test
    void one_address_that_is_refused_does_not_hold_up_the_others() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        mailServer = letter -> letter.envelope().to().equals(DESK)
                ? new Delivery.Refused("550 no such user")
                : new Delivery.Accepted(letter.links().messageId());

        messenger.rounds();

        assertThat(to("rolled-back")).hasSize(3);
        assertThat(events(Event.NoticeFailed.class))
                .containsExactly(new Event.NoticeFailed("rolled-back", DESK, "550 no such user", 1));
        assertThat(messenger.rounds()).contains(now.plusSeconds(5));
    }

    @Test
    void a_letter_that_was_overtaken_while_another_one_went_out_is_not_sent() {
        happened(Story.ofSessionTimeout().proposed().released().applied(ONE));
        mailServer = letter -> {
            if (letter.subject().contains("In force")) {
                journal.append(
                        CHANGE, new Event.RollbackCalled(new Cause(Cause.Sort.PERSON, "us/omar called it back")));
            }
            return new Delivery.Accepted(letter.links().messageId());
        };

        messenger.rounds();

        assertThat(to("applied-canary")).hasSize(1);
    }

    @Test
    void a_crash_behind_the_delivery_sends_the_same_letter_under_the_same_message_id() {
        happened(Story.ofSessionTimeout().proposed());
        mailServer = letter -> {
            recorder.isBroken(true);
            return new Delivery.Accepted(letter.links().messageId());
        };
        assertThatThrownBy(() -> messenger.rounds()).isInstanceOf(RecordTrouble.class);

        recorder.isBroken(false);
        mailServer = letter -> new Delivery.Accepted(letter.links().messageId());
        messenger = messenger();
        messenger.rounds();

        assertThat(delivered).extracting(letter -> letter.links().messageId()).hasSize(2);
        assertThat(new HashSet<>(delivered.stream()
                        .map(letter -> letter.links().messageId())
                        .toList()))
                .hasSize(1);
    }

    @Test
    void looks_at_nothing_as_long_as_nothing_happens() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        messenger.rounds();
        messenger.rounds();
        int before = recorder.reads();

        for (int i = 0; i < 50; i++) {
            messenger.rounds();
        }

        assertThat(recorder.reads()).isEqualTo(before);
    }

    @Test
    void a_late_emergency_is_answered_exactly_once_after_a_fresh_look_at_the_logins() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        messenger.rounds();
        delivered.clear();
        now = now.plus(Duration.ofHours(2));
        arrives(1, DESK, "EMERGENCY: users cannot log in");

        collector().collect();
        now = now.plusSeconds(3);
        messenger.rounds();
        collector().collect();
        messenger.rounds();

        List<Letter> answers = delivered.stream()
                .filter(letter -> letter.envelope().to().equals(DESK))
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().text())
                .contains("State: the change was rolled back")
                .contains("Can users log in now: yes, as far as test logins can tell")
                .contains("- staff-pap on radius-1");
        assertThat(events(Event.MailAnswered.class))
                .containsExactly(new Event.MailAnswered(
                        "<1@acme.example>", DESK, "Re: EMERGENCY: users cannot log in", Duration.ofSeconds(3)));
        assertThat(delivered).anySatisfy(letter -> {
            assertThat(letter.envelope().to()).isEqualTo("omar@northwind.example");
            assertThat(letter.subject()).contains("EMERGENCY mail from helpdesk@acme.example");
        });
    }

    @Test
    void an_answer_tells_when_the_fresh_look_goes_wrong() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        outcome = new Outcome.Rejected("policy_denied");
        arrives(1, DESK, "EMERGENCY");

        collector().collect();
        messenger.rounds();

        assertThat(delivered)
                .filteredOn(letter -> letter.subject().equals("Re: EMERGENCY"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.text()).contains("Can users log in now: no. "));
    }

    @Test
    void an_answer_that_is_not_taken_is_tried_again_and_sent_once() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        messenger.rounds();
        arrives(1, DESK, "EMERGENCY");
        collector().collect();
        mailServer = _ -> new Delivery.Unreachable("Connection refused");
        messenger.rounds();
        delivered.clear();

        mailServer = letter -> new Delivery.Accepted(letter.links().messageId());
        now = now.plusSeconds(6);
        messenger.rounds();
        now = now.plusSeconds(60);
        messenger.rounds();

        assertThat(delivered)
                .filteredOn(letter -> letter.subject().equals("Re: EMERGENCY"))
                .hasSize(1);
        assertThat(events(Event.MailAnswered.class)).hasSize(1);
    }

    @Test
    void a_mail_is_written_down_with_its_bytes_where_it_belongs_and_never_twice() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        arrives(1, DESK, "EMERGENCY");
        arrives(2, "stranger@elsewhere.example", "EMERGENCY");
        arrives(3, "shop@elsewhere.example", "50% off");

        collector().collect();
        collector().collect();

        assertThat(events(Event.MailReceived.class)).singleElement().satisfies(mail -> {
            assertThat(mail.matched()).isEqualTo("sender");
            assertThat(mail.emergency()).isTrue();
        });
        assertThat(recorder.attachment(last("MailReceived/1").attachments().getFirst()))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo("raw 2".getBytes(StandardCharsets.UTF_8)));
        assertThat(journal.ofSite()).hasSize(1);
    }

    @Test
    void an_emergency_that_belongs_nowhere_calls_an_operator() {
        arrives(1, "stranger@elsewhere.example", "EMERGENCY");

        collector().collect();
        messenger.rounds();
        messenger.rounds();

        assertThat(delivered).singleElement().satisfies(letter -> {
            assertThat(letter.envelope().to()).isEqualTo("omar@northwind.example");
            assertThat(letter.text()).contains("is of none of the parties");
        });
    }

    @Test
    void trouble_with_the_mailbox_is_said_and_what_came_before_it_is_kept() {
        happened(Story.ofSessionTimeout().untilRolledBack());
        arrives(1, DESK, "EMERGENCY");
        Collector collector = new Collector(
                journal,
                new Sorter(SITE, RULES, TOKENS),
                new Box(() -> new Batch(List.copyOf(mailbox), "connection lost")),
                _ -> new Keys.Found.Nothing(),
                clock);

        assertThat(collector.collect()).isEqualTo("connection lost");
        assertThat(events(Event.MailReceived.class)).hasSize(1);
    }

    private Messenger messenger() {
        FreshLook look = new FreshLook(
                SITE,
                (probe, server) -> {
                    boolean asExpected = (probe.expect() == Expect.ACCEPT) == outcome.accepted();
                    Outcome real = probe.expect() == Expect.REJECT ? new Outcome.Rejected("bad_password") : outcome;
                    return new Trial(
                            probe.id(),
                            server.id(),
                            now,
                            List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(3))),
                            real,
                            probe.expect(),
                            probe.expect() == Expect.REJECT || asExpected,
                            "",
                            Map.of());
                },
                workers);
        return new Messenger(
                journal,
                new Letters(SITE, RULES, TOKENS),
                letter -> {
                    Delivery delivery = mailServer.apply(letter);
                    if (delivery instanceof Delivery.Accepted) {
                        delivered.add(letter);
                    }
                    return delivery;
                },
                look,
                clock);
    }

    /// A new one each time, as after a restart.
    private Collector collector() {
        return new Collector(
                journal,
                new Sorter(SITE, RULES, TOKENS),
                new Box(() -> new Batch(List.copyOf(mailbox), "")),
                _ -> new Keys.Found.Nothing(),
                clock);
    }

    /// A mailbox that gives what lies behind the last mail taken in.
    private record Box(java.util.function.Supplier<Batch> content) implements Postbox {
        @Override
        public Batch take(Map<Long, Long> taken) {
            Batch all = content.get();
            return new Batch(
                    all.mails().stream()
                            .filter(raw -> raw.mail().postmark().number()
                                    > taken.getOrDefault(raw.mail().postmark().box(), 0L))
                            .toList(),
                    all.trouble());
        }

        @Override
        public void close() {}
    }

    private void arrives(int number, String from, String subject) {
        mailbox.add(new RawMail(
                new Mail(
                        new Postmark(1_700_000_000, number),
                        from,
                        List.of("changes@northwind.example"),
                        subject,
                        "<" + number + "@acme.example>",
                        List.of(),
                        Map.of(),
                        now,
                        ""),
                ("raw " + number).getBytes(StandardCharsets.UTF_8),
                true));
    }

    private void happened(Story story) {
        story.history().forEach(each -> recorder.append(EventJson.draft(CHANGE, each.at(), each.event(), List.of())));
    }

    private List<String> to(String notice) {
        return events(Event.NoticeSent.class).stream()
                .filter(sent -> sent.notice().equals(notice))
                .map(Event.NoticeSent::recipient)
                .toList();
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return journal.of(CHANGE).stream()
                .map(Happening::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private Entry last(String kind) {
        return recorder.entries(0, 1_000).stream()
                .filter(entry -> entry.kind().equals(kind))
                .reduce((_, later) -> later)
                .orElseThrow();
    }
}
