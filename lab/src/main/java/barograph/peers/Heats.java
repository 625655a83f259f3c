package barograph.peers;

import barograph.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// Lets rules judge many worlds, several at a time. What comes out does not depend on how many at a time.
public final class Heats {
    private Heats() {}

    /// One world to be judged; built only when its turn comes, since a world can be large.
    ///
    /// @param label names it among others of its kind
    public record Heat(String label, Supplier<World> world) {}

    /// @param done is told, after each world, how many have been judged
    public static List<Score> run(List<Heat> heats, List<Rule> rules, int looks, IntConsumer done)
            throws InterruptedException {
        List<Callable<List<Score>>> tasks = heats.stream()
                .map(heat ->
                        (Callable<List<Score>>) () -> Contest.judge(heat.world().get(), heat.label(), rules, looks))
                .toList();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<List<Score>>> running =
                    tasks.stream().map(workers::submit).toList();
            List<Score> scores = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                scores.addAll(running.get(i).get());
                done.accept(i + 1);
            }
            return scores;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world could not be judged", e.getCause());
        }
    }
}
