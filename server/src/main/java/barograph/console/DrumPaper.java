package barograph.console;

import java.time.Duration;
import java.time.Instant;

/// The ruled paper on the drum: turns moments and heights into places.
///
/// A barograph's pen sits on an arm that swings about a pivot, so its time lines are arcs and not straight. Here, too:
/// a moment at the middle of the paper stands up to some 16 units right of the same moment at the edges.
///
/// @param width of the whole sheet, in units of the drawing
/// @param left where the ruled part begins
/// @param right where it ends
/// @param top where it begins
/// @param bottom where it ends
/// @param arm how long the pen's arm is, in units of the drawing
/// @param from the first moment on it
/// @param to the last
record DrumPaper(
        double width, double left, double right, double top, double bottom, double arm, Instant from, Instant to) {

    /// Where a moment stands, at a height.
    double x(Instant at, double y) {
        double share = (double) Duration.between(from, at).toMillis()
                / Math.max(1, Duration.between(from, to).toMillis());
        return left + bend(top) * -1 + share * (right - left + bend(top)) + bend(y);
    }

    /// How far the arm's swing takes the pen to the left at a height; 0 in the middle, negative elsewhere.
    private double bend(double y) {
        double swing = y - (top + bottom) / 2;
        return Math.sqrt(arm * arm - swing * swing) - arm;
    }

    /// The whole time line of a moment, from `upper` down to `lower`, as a path.
    String arc(Instant at, double upper, double lower) {
        return "M" + point(at, upper) + "A" + Svg.number(arm) + " " + Svg.number(arm) + " 0 0 1 " + point(at, lower);
    }

    String point(Instant at, double y) {
        return Svg.number(x(at, y)) + " " + Svg.number(y);
    }

    /// The span between two lines that have their time written under them: at most `most` of them.
    Duration step(int most) {
        long span = Duration.between(from, to).toMillis();
        for (long step : new long[] {
            100,
            200,
            500,
            1_000,
            2_000,
            5_000,
            10_000,
            15_000,
            30_000,
            60_000,
            120_000,
            300_000,
            600_000,
            900_000,
            1_800_000,
            3_600_000,
            7_200_000,
            14_400_000,
            21_600_000,
            43_200_000,
            86_400_000
        }) {
            if (span / step <= most) {
                return Duration.ofMillis(step);
            }
        }
        return Duration.ofMillis(span);
    }

    /// The first moment on the paper that is a whole number of steps.
    Instant first(Duration step) {
        long millis = from.toEpochMilli();
        long size = step.toMillis();
        return Instant.ofEpochMilli(Math.ceilDiv(millis, size) * size);
    }
}
