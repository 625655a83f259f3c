package barograph.runner;

import static barograph.notices.Story.CHANGE;
import static barograph.notices.Story.ONE;
import static barograph.notices.Story.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.change.ChangeId;
import barograph.change.Edit;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Observation;
import barograph.diagnosis.Observation.Phase;
import barograph.diagnosis.Suspect;
import barograph.login.Outcome;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.login.Trial;
import barograph.notices.Story;
import barograph.rollout.Cause;
import barograph.rollout.Event;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Server;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When the runner looks for a cause by itself, and what becomes of it.
class InquiryTest {
    private static final ProbeId STAFF = new ProbeId("staff-pap");

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final RecorderInMemory recorder = new RecorderInMemory();
    private final CountDownLatch may = new CountDownLatch(1);
    private final List<ServerId> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    /// When the look began, by whatever thread it is made.
    private volatile Instant begun = Instant.EPOCH;
    private final Journal journal = new Journal(recorder, () -> now);

    @AfterEach
    void close() {
        may.countDown();
        workers.close();
    }

    @Test
    void harm_is_looked_into_in_the_background_and_nobody_waits_for_it() {
        Inquiry inquiry = inquiry();
        write(harmful());

        beginIfDue(inquiry);
        assertThat(diagnoses()).isEmpty(); // the looks have not come back, and this thread goes on
        may.countDown();
        inquiry.conclude();

        assertThat(asked).containsExactly(ONE);
        assertThat(diagnoses()).isNotEmpty();
        assertThat(diagnoses().getLast().first().orElseThrow().suspect()).isEqualTo(Suspect.CHANGE);
    }

    @Test
    void what_probes_show_after_the_rollback_is_added_when_the_change_has_ended() {
        Inquiry inquiry = inquiry();
        write(harmful());
        may.countDown();
        beginIfDue(inquiry);

        write(Story.ofSessionTimeout().rolledBack(ONE, true, true));
        now = now.plusSeconds(60);
        journal.append(CHANGE, new Event.Probed(trial(new Outcome.Accepted(), true)));
        inquiry.conclude();

        assertThat(diagnoses()).hasSize(2);
        assertThat(diagnoses().getLast().first().orElseThrow().speaksFor())
                .anyMatch(reason -> reason.words().contains("since the change is gone"));
    }

    @Test
    void it_is_looked_into_once_whatever_process_asks() {
        write(harmful());
        may.countDown();
        Inquiry first = inquiry();
        beginIfDue(first);
        beginIfDue(first);
        first.conclude();
        first.conclude();
        Inquiry second = inquiry();
        beginIfDue(second);
        second.conclude();

        assertThat(asked).hasSize(1);
    }

    @Test
    void a_change_that_nobody_confirmed_needs_no_culprit() {
        write(Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .happens(new Event.RollbackCalled(new Cause(Cause.Sort.UNCONFIRMED, "keyring did not confirm"))));
        may.countDown();
        Inquiry inquiry = inquiry();
        beginIfDue(inquiry);
        inquiry.conclude();

        assertThat(asked).isEmpty();
        assertThat(diagnoses()).isEmpty();
    }

    @Test
    void looks_that_break_are_told_and_the_record_is_judged_all_the_same() {
        write(harmful());
        Inquiry inquiry = new Inquiry(
                journal,
                SITE,
                world((_, _, _, _) -> {
                    throw new IllegalStateException("no such luck");
                }),
                CHANGE);
        beginIfDue(inquiry);
        inquiry.conclude();

        assertThat(diagnoses().getLast().unseen()).anyMatch(words -> words.contains("no such luck"));
        assertThat(diagnoses().getLast().first().orElseThrow().suspect()).isEqualTo(Suspect.CHANGE);
    }

    private Story harmful() {
        return Story.ofSessionTimeout()
                .proposed()
                .released()
                .applied(ONE)
                .later(60)
                .harmful(Stage.CANARY);
    }

    private void write(Story story) {
        for (Happening each : story.history()) {
            now = now.plusSeconds(1);
            journal.append(CHANGE, each.event());
        }
    }

    private void beginIfDue(Inquiry inquiry) {
        begun = now;
        List<Happening> history = journal.of(CHANGE);
        inquiry.beginIfDue(Rollout.replay(history), history);
    }

    private List<Diagnosis> diagnoses() {
        return journal.of(CHANGE).stream()
                .map(Happening::event)
                .filter(Event.Diagnosed.class::isInstance)
                .map(event -> ((Event.Diagnosed) event).diagnosis())
                .toList();
    }

    private Inquiry inquiry() {
        return new Inquiry(
                journal,
                SITE,
                world((_, server, _, _) -> {
                    asked.add(server);
                    await();
                    return List.of(new Observation.Tried(
                            Phase.MEANWHILE, trial(begun, new Outcome.Rejected("rejected"), false), "radius-pap"));
                }),
                CHANGE);
    }

    private void await() {
        try {
            may.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Trial trial(Outcome outcome, boolean asExpected) {
        return trial(now, outcome, asExpected);
    }

    private static Trial trial(Instant at, Outcome outcome, boolean asExpected) {
        return new Trial(
                STAFF,
                ONE,
                at,
                List.of(new Trial.Stride(Step.AUTHENTICATE, Duration.ofMillis(5))),
                outcome,
                Expect.ACCEPT,
                asExpected,
                "",
                Map.of());
    }

    private World world(Diagnostician diagnostician) {
        return new World(
                (_, _) -> {
                    throw new IllegalStateException("no order is sent here");
                },
                new Inspector() {
                    @Override
                    public Sighting sinceApplied(
                            Server server, ChangeId change, Collection<String> paths, Optional<Edit> edit) {
                        throw new IllegalStateException("nothing is inspected here");
                    }

                    @Override
                    public Sighting sinceSnapshot(Server server, ChangeId change) {
                        throw new IllegalStateException("nothing is inspected here");
                    }
                },
                (_, _) -> {
                    throw new IllegalStateException("no probe is tried here");
                },
                new LoginFeed() {
                    @Override
                    public void follow(Server server, Instant since) {
                        throw new IllegalStateException("no log is read here");
                    }

                    @Override
                    public Batch take(Server server) {
                        throw new IllegalStateException("no log is read here");
                    }

                    @Override
                    public void close() {}
                },
                _ -> new Changes.Found.Different("there are no files here"),
                new Pseudonyms("a key for tests, no secret".getBytes(StandardCharsets.UTF_8)),
                () -> now,
                diagnostician,
                workers,
                Replays.NONE);
    }
}
