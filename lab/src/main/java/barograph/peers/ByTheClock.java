package barograph.peers;

import barograph.login.Login;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A rule that looks at fixed intervals at how many lines there were and how many of them failed, as a monitoring
/// system's counters tell it.
///
/// Lines of the restart itself are not looked at: these rules may be told to wait.
///
/// @param interval between two looks
/// @param looks how many of them it needs at least
/// @param gauge begins a watch, from what was usual before
public record ByTheClock(String name, String source, Duration interval, int looks, Function<Usual, Gauge> gauge)
        implements Rule {
    /// Reads one interval after the other.
    public interface Gauge {
        boolean rollsBack(Tally interval);
    }

    @Override
    public Duration patience() {
        return interval.multipliedBy(looks);
    }

    @Override
    public Watcher over(WatchPlan plan, Duration pace) {
        return new Clock(plan);
    }

    private final class Clock implements Watcher {
        private final WatchPlan plan;
        private final List<Tally> before = new ArrayList<>();
        private Tally running = Tally.NONE;
        private Instant due;
        private Optional<Gauge> live = Optional.empty();
        private Optional<Instant> spoken = Optional.empty();

        Clock(WatchPlan plan) {
            this.plan = plan;
            due = plan.learnFrom().plus(interval);
        }

        @Override
        public Optional<Instant> add(Login login) {
            if (login.at().isBefore(plan.learnFrom())) {
                return spoken;
            }
            until(login.at());
            boolean onChanged = plan.changed().containsKey(login.server());
            boolean restarting = !login.at().isBefore(plan.at()) && login.at().isBefore(plan.judgedFrom());
            if (!restarting && (onChanged || plan.unchanged().contains(login.server()))) {
                running = running.plus(onChanged, !login.outcome().accepted());
            }
            return spoken;
        }

        @Override
        public Optional<Instant> until(Instant now) {
            if (live.isEmpty() && !now.isBefore(plan.at())) {
                while (!due.isAfter(plan.at())) {
                    turn();
                }
                begin();
            }
            while (!due.isAfter(now) && spoken.isEmpty()) {
                turn();
            }
            return spoken;
        }

        private void begin() {
            Tally rest = running;
            Tally all = before.stream().reduce(rest, Tally::plus);
            List<Tally> whole = before.isEmpty() ? List.of(rest) : before;
            live = Optional.of(
                    gauge.apply(new Usual(whole, all, !plan.unchanged().isEmpty())));
            running = Tally.NONE;
            due = plan.judgedFrom().plus(interval);
        }

        private void turn() {
            Tally last = running;
            running = Tally.NONE;
            live.ifPresentOrElse(
                    gauge -> spoken = gauge.rollsBack(last) ? Optional.of(due) : Optional.empty(),
                    () -> before.add(last));
            due = due.plus(interval);
        }
    }
}
