package barograph.console;

import java.util.List;
import java.util.Locale;

/// The scale of a strip: from `low` at its base to `high` at its top.
///
/// @param unit how a value is written and whether the scale is even or logarithmic
record DrumScale(double low, double high, Unit unit) {
    /// Shares stand on an even scale from 0 on; times on a logarithmic one, so that four times as long is as far
    /// everywhere.
    enum Unit {
        SHARE,
        MILLIS
    }

    /// A scale of round ends that holds all values.
    static DrumScale of(List<Double> values, Unit unit) {
        double highest = values.stream().mapToDouble(value -> value).max().orElse(1);
        double lowest = values.stream().mapToDouble(value -> value).min().orElse(1);
        return switch (unit) {
            case SHARE -> new DrumScale(0, Math.min(1, Math.max(0.01, round(highest))), unit);
            case MILLIS -> {
                double low = 1 / round(1 / Math.max(1, lowest));
                yield new DrumScale(low, Math.max(round(highest), low * 10), unit);
            }
        };
    }

    /// The next of 1, 2, 5, 10, 20, … at or above a value.
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value <= 0 ? 1e-3 : value)));
        for (double step : new double[] {1, 2, 5}) {
            if (step * power >= value * 0.999) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /// How far up a value stands: 0 at the base, 1 at the top.
    double part(double value) {
        double part = unit == Unit.SHARE ? value / high : Math.log(Math.max(value, low) / low) / Math.log(high / low);
        return Math.clamp(part, 0, 1);
    }

    /// The value that stands half way up.
    double middle() {
        return unit == Unit.SHARE ? high / 2 : Math.sqrt(low * high);
    }

    String words(double value) {
        return switch (unit) {
            case SHARE -> number(value * 100) + "%";
            case MILLIS -> value < 1_000 ? number(value) + " ms" : number(value / 1_000) + " s";
        };
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 10 ? "%.1f" : "%.0f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
