package barograph.storm;

import barograph.login.Trial;
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
        return rollout.holds().values().stream()
                .filter(hold -> hold.appliedAt().isPresent())
                .count();
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
