package barograph.storm;

import barograph.login.Trial;
import barograph.rollout.Hold;
import barograph.rollout.Rollout;
import barograph.runner.Lookout;
import barograph.site.Stage;
import barograph.verdict.Verdict;
import barograph.watch.Counts;
import barograph.watch.Drum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A lookout that sees what the schedule says; the real one has tests of its own.
final class Eyes implements Lookout {
    private final Stage stage;
    private final Storm storm;
    private final long changed;

    Eyes(Stage stage, Rollout rollout, Storm storm) {
        this.stage = stage;
        this.storm = storm;
        changed = changed(rollout);
    }

    private static long changed(Rollout rollout) {
        long changed = 0;
        for (Hold hold : rollout.holds().values()) {
            changed += hold.appliedAt().isPresent() ? 1 : 0;
        }
        return changed;
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public boolean fits(Rollout rollout) {
        return changed == changed(rollout);
    }

    @Override
    public List<Trial> look(Instant now) {
        return List.of();
    }

    @Override
    public Verdict weigh(Instant now) {
        return storm.verdict(stage);
    }

    @Override
    public Counts counts() {
        return storm.counts();
    }

    @Override
    public Drum drum() {
        return new Drum(storm.time(), Duration.ofSeconds(1), List.of(), List.of());
    }
}
