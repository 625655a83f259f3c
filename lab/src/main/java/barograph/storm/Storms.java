package barograph.storm;

import barograph.storm.Storm.Outcome;
import java.util.List;
import java.util.function.Predicate;

/// Plays many storms, and makes what broke a promise as short as it can be.
public final class Storms {
    private Storms() {}

    /// What became of one storm.
    ///
    /// @param seed it follows from
    /// @param ending of the rollout; `none` where it has none
    /// @param broken promises that were broken, in the order of time
    /// @param troubles what went wrong in it
    public record Result(long seed, String ending, List<String> broken, List<String> troubles) {
        public boolean kept() {
            return broken.isEmpty();
        }
    }

    /// Plays the storm of one seed.
    public static Result play(long seed) {
        return result(Storm.play(Schedule.drawn(seed)));
    }

    /// The same storm with as few troubles as still break the same promise first.
    public static Result shortest(long seed) {
        Outcome outcome = Storm.play(Schedule.drawn(seed));
        return outcome.kept() ? result(outcome) : result(shorten(outcome));
    }

    /// What happened in the shortest storm, event by event.
    public static List<String> story(long seed) {
        Outcome outcome = Storm.play(Schedule.drawn(seed));
        Outcome shown = outcome.kept() ? outcome : shorten(outcome);
        return shown.history().stream()
                .map(happening -> happening.at() + "  " + happening.event())
                .toList();
    }

    private static Outcome shorten(Outcome broken) {
        String promise = promise(broken);
        Predicate<Outcome> same = outcome -> !outcome.kept() && promise(outcome).equals(promise);
        Outcome shortest = broken;
        for (int trouble = broken.schedule().troubles().size() - 1; trouble >= 0; trouble--) {
            Outcome shorter = Storm.play(shortest.schedule().without(trouble));
            shortest = same.test(shorter) ? shorter : shortest;
        }
        return shortest;
    }

    private static String promise(Outcome outcome) {
        String first = outcome.broken().getFirst();
        return first.substring(0, first.indexOf(' '));
    }

    private static Result result(Outcome outcome) {
        return new Result(
                outcome.schedule().seed(),
                outcome.ending().map(Enum::name).orElse("none"),
                outcome.broken(),
                outcome.schedule().troubles().stream().map(Object::toString).toList());
    }
}
