package barograph.peers;

import barograph.peers.ByTheClock.Gauge;
import java.time.Duration;

/// Rules that compare the changed servers' share of failures with a fixed number.
final class Thresholds {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ARGO =
            "Argo Rollouts, docs/features/analysis.md: successCondition result >= 0.95, interval 60s, failureLimit 3; "
                    + "an interval without logins is no measurement";
    private static final String FLAGGER =
            "Flagger, docs/gitbook/usage/how-it-works.md: request-success-rate min 99, interval 1m, threshold 10; an "
                    + "interval without any login is a failed check where ten are usual";
    private static final String PROMETHEUS =
            "Prometheus, docs/configuration/alerting_rules: a share of errors above a number, for 5m";
    private static final String TUNED = "; tuned: above the site's usual share by three standard deviations";

    private static final double ARGO_SHARE = 0.05;
    private static final int ARGO_LIMIT = 3;
    private static final double FLAGGER_SHARE = 0.01;
    private static final int FLAGGER_THRESHOLD = 10;
    private static final double FLAGGER_TRAFFIC = 10;
    private static final double ALERT_SHARE = 0.1;
    private static final int ALERT_FOR = 5;

    private Thresholds() {}

    static Rule argo() {
        return new ByTheClock(
                "argo-0.95", ARGO, MINUTE, ARGO_LIMIT + 1, _ -> failures(ARGO_SHARE, ARGO_LIMIT + 1, false));
    }

    static Rule argoTuned() {
        return new ByTheClock(
                "argo-tuned",
                ARGO + TUNED,
                MINUTE,
                ARGO_LIMIT + 1,
                usual -> failures(tuned(usual), ARGO_LIMIT + 1, false));
    }

    static Rule flagger() {
        return new ByTheClock(
                "flagger-0.99",
                FLAGGER,
                MINUTE,
                FLAGGER_THRESHOLD,
                usual -> failures(FLAGGER_SHARE, FLAGGER_THRESHOLD, usual.lines() >= FLAGGER_TRAFFIC));
    }

    static Rule flaggerTuned() {
        return new ByTheClock(
                "flagger-tuned",
                FLAGGER + TUNED,
                MINUTE,
                FLAGGER_THRESHOLD,
                usual -> failures(tuned(usual), FLAGGER_THRESHOLD, usual.lines() >= FLAGGER_TRAFFIC));
    }

    static Rule alert() {
        return new ByTheClock("alert-10%-5m", PROMETHEUS, MINUTE, ALERT_FOR + 1, _ -> sustained(ALERT_SHARE));
    }

    static Rule alertTuned() {
        return new ByTheClock(
                "alert-tuned", PROMETHEUS + TUNED, MINUTE, ALERT_FOR + 1, usual -> sustained(tuned(usual)));
    }

    private static double tuned(Usual usual) {
        return usual.share() + 3 * usual.spread();
    }

    /// Rolls back at the so-manieth measurement that is too bad, in a row or not: neither tool forgets one.
    private static Gauge failures(double share, int most, boolean silenceFails) {
        return new Gauge() {
            private int failed;

            @Override
            public boolean rollsBack(Tally interval) {
                boolean bad = interval.changed() == 0 ? silenceFails : interval.changedShare() > share;
                failed += bad ? 1 : 0;
                return failed >= most;
            }
        };
    }

    /// Fires when the share, over the last five minutes, has been too high for five minutes.
    private static Gauge sustained(double share) {
        return new Gauge() {
            private final java.util.ArrayDeque<Tally> last = new java.util.ArrayDeque<>();
            private int pending;

            @Override
            public boolean rollsBack(Tally interval) {
                last.add(interval);
                if (last.size() > ALERT_FOR) {
                    last.remove();
                }
                Tally sum = last.stream().reduce(Tally.NONE, Tally::plus);
                pending = sum.changed() > 0 && sum.changedShare() > share ? pending + 1 : 0;
                return pending > ALERT_FOR;
            }
        };
    }
}
