package barograph.peers;

import barograph.hindcast.Hindcast;
import barograph.login.Login;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The verdict of this program itself, as [Hindcast] runs it over logins of the past.
record Own() implements Rule {
    @Override
    public String name() {
        return "barograph";
    }

    @Override
    public String source() {
        return "docs/verdict.md";
    }

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    @Override
    public Watcher over(WatchPlan plan, Duration pace) {
        return new Looking(plan, pace);
    }

    private static final class Looking implements Watcher {
        private final Hindcast hindcast;
        private final Duration pace;
        private Instant asked;

        Looking(WatchPlan plan, Duration pace) {
            hindcast = new Hindcast(plan, pace);
            this.pace = pace;
            asked = plan.at();
        }

        @Override
        public Optional<Instant> add(Login login) {
            hindcast.add(login);
            if (login.at().isBefore(asked)) {
                return Optional.empty();
            }
            asked = login.at().plus(pace);
            return harm(hindcast.summary());
        }

        @Override
        public Optional<Instant> until(Instant now) {
            return harm(hindcast.end(now));
        }

        private static Optional<Instant> harm(Hindcast.Summary summary) {
            return summary.harm().map(Hindcast.Turn::at);
        }
    }
}
