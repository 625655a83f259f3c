package barograph.peers;

import barograph.login.Login;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/// Turner, Ly and Grünwald's test of two samples, on units: blocks of so many from changed and so many from
/// unchanged servers, in the proportion of their traffic. Each block multiplies the e-value by the likelihood of what
/// was learned of each side so far over that of their mean. Only blocks that are expected to be worse on the changed
/// side are bet on. Where no server keeps the old configuration, the usual share stands for the unchanged side.
record TwoSample() implements Rule {
    private static final double ALPHA = 0.01;
    /// Of the Beta priors: what the authors found best for small samples.
    private static final double PRIOR = 0.18;

    @Override
    public String name() {
        return "two-sample-e";
    }

    @Override
    public String source() {
        return "Turner, Ly and Grünwald, Generic E-variables for exact sequential k-sample tests, arXiv:2106.02693; Beta "
                + "priors 0.18, level 1%; on units of docs/verdict.md";
    }

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    @Override
    public Watcher over(WatchPlan plan, Duration pace) {
        return new Betting(plan);
    }

    /// Units of one side: those that wait for the block to be full, and those bet on already.
    private static final class Sample {
        private final ArrayDeque<Boolean> waiting = new ArrayDeque<>();
        private int size;
        private double n;
        private double failed;

        boolean full() {
            return waiting.size() >= size;
        }

        double learned() {
            return (failed + PRIOR) / (n + 2 * PRIOR);
        }

        /// How many of the oldest block failed.
        int take() {
            int bad = 0;
            for (int i = 0; i < size; i++) {
                bad += waiting.remove() ? 1 : 0;
            }
            n += size;
            failed += bad;
            return bad;
        }

        /// The log likelihood of a block, if each fails with this chance.
        double likelihood(double chance, int bad) {
            return bad * Math.log(chance) + (size - bad) * Math.log1p(-chance);
        }
    }

    private static final class Betting implements Watcher {
        private static final int LARGEST = 5;

        private final WatchPlan plan;
        private final Units units;
        private final Sample changed = new Sample();
        private final Sample unchanged = new Sample();
        /// Units before the change, on changed and on unchanged servers.
        private final long[] before = new long[2];
        private long beforeFailed;
        private double logE;
        private Optional<Instant> spoken = Optional.empty();

        Betting(WatchPlan plan) {
            this.plan = plan;
            units = new Units(plan.rules().unit());
        }

        @Override
        public Optional<Instant> add(Login login) {
            boolean onChanged = plan.changed().containsKey(login.server());
            boolean fails = !login.outcome().accepted();
            if (!units.counts(login) || login.at().isBefore(plan.learnFrom())) {
                return spoken;
            }
            if (login.at().isBefore(plan.at())) {
                before[onChanged ? 0 : 1]++;
                beforeFailed += fails ? 1 : 0;
            } else if (!login.began().isBefore(plan.judgedFrom()) && spoken.isEmpty() && (onChanged || control())) {
                (onChanged ? changed : unchanged).waiting.add(fails);
                bet(login.at());
            }
            return spoken;
        }

        private void bet(Instant at) {
            double ratio = (before[0] + 1.0) / (before[1] + 1.0);
            changed.size = control() ? Math.clamp(Math.round(ratio), 1, LARGEST) : 1;
            unchanged.size = control() ? Math.clamp(Math.round(1 / ratio), 1, LARGEST) : 0;
            while (changed.full() && unchanged.full()) {
                block();
            }
            if (logE >= Math.log(1 / ALPHA)) {
                spoken = Optional.of(at);
            }
        }

        private boolean control() {
            return !plan.unchanged().isEmpty();
        }

        private void block() {
            double usual = (beforeFailed + 0.5) / (before[0] + before[1] + 1.0);
            double high = changed.learned();
            double low = control() ? unchanged.learned() : usual;
            double mean =
                    control() ? (changed.size * high + unchanged.size * low) / (changed.size + unchanged.size) : usual;
            int bad = changed.take();
            int badElsewhere = unchanged.take();
            if (high > low) {
                logE += changed.likelihood(high, bad) - changed.likelihood(mean, bad);
                logE += unchanged.likelihood(low, badElsewhere) - unchanged.likelihood(mean, badElsewhere);
            }
        }

        @Override
        public Optional<Instant> until(Instant now) {
            return spoken;
        }
    }
}
