package barograph.world;

import java.util.function.DoubleUnaryOperator;

/// What an oracle needs to tell the changed servers' logins from normal ones, on average.
///
/// No test that rolls back falsely with a probability of at most α needs less than `log(1/α)` nats of information on
/// average (Wald, *Sequential Analysis*, 1947; for an unknown onset Lorden, *Procedures for reacting to a change in
/// distribution*, 1971). The oracle knows the effect, whom it hits, the onset and the usual share of failures p₀; a
/// unit (at most one login of a person or device in ten minutes, of one who could log in before) on the part that is
/// hit gives it `KL(p₁ ‖ p₀)` nats. Expected logins that do not come give one nat each.
///
/// @param share how many of the logins on the changed servers' hit part the effect hits
/// @param usual p₀, the share of units on the hit part that fail anyway
/// @param natsPerUnit at the moment the bound is reached
/// @param units on the hit part of the changed servers; for silence, logins that should have come
/// @param seconds after the onset, at this world's traffic
public record Bound(double share, double usual, double natsPerUnit, double units, double seconds) {
    /// The bound of a world without an effect.
    public static final Bound NONE = new Bound(0, 0, 0, 0, 0);

    static final double NATS = Math.log(1 / 0.01);

    /// Kullback–Leibler divergence of two coins, in nats: Σ p₁ log(p₁/p₀).
    public static double coins(double p1, double p0) {
        return part(p1, p0) + part(1 - p1, 1 - p0);
    }

    private static double part(double p1, double p0) {
        return p1 == 0 ? 0 : p1 * Math.log(p1 / p0);
    }

    /// Kullback–Leibler divergence of two log-normal laws that differ by a factor: log²(factor) / 2σ².
    public static double slower(double factor, double sigma) {
        double shift = Math.log(factor);
        return shift * shift / (2 * sigma * sigma);
    }

    /// Adds up information from the onset on until it is enough, in steps that grow with the time passed from a
    /// thousandth of a unit on.
    ///
    /// @param unitsPerSecond on the hit part, of which one knows at so many seconds after the onset
    /// @param natsPerUnit at so many seconds after the onset
    /// @param most seconds after which it gives up; the bound then is infinite
    static Bound of(
            double share,
            double usual,
            DoubleUnaryOperator unitsPerSecond,
            DoubleUnaryOperator natsPerUnit,
            double most) {
        double nats = 0;
        double units = 0;
        double at = 0;
        double least = 1e-3 / Math.max(1e-9, unitsPerSecond.applyAsDouble(most));
        while (at < most) {
            double step = Math.min(60, Math.max(least, at / 500));
            double come = unitsPerSecond.applyAsDouble(at + step / 2) * step;
            double each = natsPerUnit.applyAsDouble(at + step / 2);
            if (nats + come * each >= NATS) {
                double part = (NATS - nats) / (come * each);
                return new Bound(share, usual, each, units + part * come, at + part * step);
            }
            nats += come * each;
            units += come;
            at += step;
        }
        return new Bound(share, usual, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
