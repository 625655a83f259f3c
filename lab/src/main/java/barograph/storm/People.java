package barograph.storm;

import barograph.record.RecordTrouble;
import barograph.rollout.Happening;
import barograph.rollout.Rollout;
import barograph.runner.Desk;
import barograph.runner.Journal;
import java.util.List;

/// Those who propose, let go, decide, confirm and call back; late, twice, or not at all. Each act is a process of its
/// own, as a command is.
final class People {
    private static final long LOOK_EVERY = 10_000;

    private final Storm storm;
    private final Journal journal;
    private final Desk desk;
    private final Schedule schedule;
    private long seen = -1;
    private long asked = -1;

    People(Storm storm, Journal journal, Schedule schedule) {
        this.storm = storm;
        this.journal = journal;
        this.schedule = schedule;
        desk = new Desk(journal, storm.site);
    }

    void start(long at) {
        storm.clock.at(0, () -> desk.propose(storm.change, "changes/" + Place.OURS, "a diff"));
        storm.clock.start(at, () -> insist(() -> desk.release(Place.OURS, Place.OMAR)));
        storm.clock.start(at, this::attend);
        for (Trouble trouble : schedule.troubles()) {
            if (trouble instanceof Trouble.CallBack(long when)) {
                storm.clock.start(at + when, () -> insist(() -> desk.rollBack(Place.OURS, Place.OMAR, "it hurts")));
            }
        }
    }

    /// Where the record cannot be written, a person tries again.
    private void insist(Runnable act) {
        while (true) {
            try {
                act.run();
                return;
            } catch (RecordTrouble _) {
                storm.clock.pass(LOOK_EVERY);
            }
        }
    }

    private void attend() {
        while (true) {
            if (journal.size() != seen) {
                seen = journal.size();
                List<Happening> history = journal.of(Place.OURS);
                Rollout rollout = Rollout.replay(history);
                if (rollout.ending().isPresent()) {
                    return;
                }
                boolean waits = !rollout.drifted().isEmpty()
                        || rollout.undecidedStage().isPresent()
                        || (rollout.confirmationDeadline().isPresent()
                                && rollout.confirmed().isEmpty());
                asked = !waits ? -1 : asked < 0 ? storm.clock.now() : asked;
            }
            act();
            storm.clock.pass(asked < 0 ? 6 * LOOK_EVERY : LOOK_EVERY);
        }
    }

    private void act() {
        if (asked < 0) {
            return;
        }
        long waited = storm.clock.now() - asked;
        if (schedule.answersAfter() >= 0 && waited >= schedule.answersAfter()) {
            Rollout rollout = Rollout.replay(journal.of(Place.OURS));
            insist(() -> {
                if (!rollout.drifted().isEmpty() || rollout.undecidedStage().isPresent()) {
                    desk.goOn(Place.OURS, Place.OMAR);
                } else {
                    desk.confirm(Place.OURS, Place.DANA);
                }
            });
            seen = -1;
        } else if (waited > 3 * schedule.atMost()) {
            insist(() -> desk.rollBack(Place.OURS, Place.OMAR, "nobody answers"));
            asked = -1;
        }
    }
}
