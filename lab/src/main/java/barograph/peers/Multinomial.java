package barograph.peers;

import barograph.login.Login;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Lindon and Malek's test of counts: of the lines that fail, the share on changed servers should be what it is of
/// all lines. The Bayes factor of a Dirichlet prior around that share against the share itself is an e-value,
/// whenever one looks.
///
/// The prior has the weight of two failures, the weakest that keeps the share as its mean, which is the fastest for
/// large effects. It speaks only where the share is higher than it should be. Says nothing where no server keeps the
/// old configuration, since there is then nothing to split.
record Multinomial() implements Rule {
    private static final double ALPHA = 0.01;
    private static final double WEIGHT = 2;

    @Override
    public String name() {
        return "multinomial-e";
    }

    @Override
    public String source() {
        return "Lindon and Malek, Anytime-valid inference for multinomial count data, NeurIPS 2022, arXiv:2011.03567, "
                + "on inhomogeneous processes; Dirichlet weight 2, level 1%";
    }

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    @Override
    public Watcher over(WatchPlan plan, Duration pace) {
        return new Counting(plan);
    }

    private static final class Counting implements Watcher {
        private final WatchPlan plan;
        private long before;
        private long beforeChanged;
        private long changed;
        private long unchanged;
        private double logE;
        private Optional<Instant> spoken = Optional.empty();

        Counting(WatchPlan plan) {
            this.plan = plan;
        }

        @Override
        public Optional<Instant> add(Login login) {
            boolean onChanged = plan.changed().containsKey(login.server());
            if (plan.unchanged().isEmpty() || login.at().isBefore(plan.learnFrom())) {
                return spoken;
            }
            if (login.at().isBefore(plan.at())) {
                before++;
                beforeChanged += onChanged ? 1 : 0;
            } else if (!login.at().isBefore(plan.judgedFrom())
                    && !login.outcome().accepted()) {
                failed(onChanged, login.at());
            }
            return spoken;
        }

        private void failed(boolean onChanged, Instant at) {
            double share = (beforeChanged + 1.0) / (before + 2.0);
            double here = onChanged ? share : 1 - share;
            long seen = onChanged ? changed : unchanged;
            logE += Math.log((WEIGHT * here + seen) / (WEIGHT + changed + unchanged) / here);
            changed += onChanged ? 1 : 0;
            unchanged += onChanged ? 0 : 1;
            boolean more = changed > share * (changed + unchanged);
            if (spoken.isEmpty() && more && logE >= Math.log(1 / ALPHA)) {
                spoken = Optional.of(at);
            }
        }

        @Override
        public Optional<Instant> until(Instant now) {
            return spoken;
        }
    }
}
