package barograph.world;

import barograph.hindcast.Hindcast;
import barograph.verdict.Verdict;
import java.time.Duration;
import java.util.Iterator;

/// Runs a watch over a [World].
final class Worlds {
    private Worlds() {}

    /// Looks a thousand times and stops where harm is found.
    static Hindcast.Summary watch(World world) {
        Duration watch = Duration.between(world.plan().at(), world.end());
        long every = Math.max(watch.toMillis() / 1000, 250);
        Hindcast hindcast = new Hindcast(world.plan(), Duration.ofMillis(every));
        for (Iterator<Line> lines = world.lines(); lines.hasNext(); ) {
            hindcast.add(lines.next().login());
            if (hindcast.turns().stream().anyMatch(turn -> turn.verdict() instanceof Verdict.Harmful)) {
                return hindcast.summary();
            }
        }
        return hindcast.end(world.end());
    }
}
