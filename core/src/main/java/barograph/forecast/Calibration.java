package barograph.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Forecasts held against what happened.
///
/// @param scored each forecast with what came of it, in the order of time
public record Calibration(List<Scored> scored) {
    /// A forecast of 0 or 1 that fails would cost infinitely much.
    private static final double SURE = 0.001;

    public Calibration {
        scored = List.copyOf(scored);
    }

    /// One forecast, and what came of it.
    ///
    /// @param change its name
    /// @param harm what was forecast, 0 to 1
    /// @param happened whether the change did harm
    public record Scored(String change, double harm, boolean happened) {}

    /// The share of changes that did harm; the usual base rate where there are none.
    public double share() {
        return scored.isEmpty()
                ? Weights.BASE_RATE
                : (double) scored.stream().filter(Scored::happened).count() / scored.size();
    }

    /// The mean squared distance between forecast and what happened (Brier, 1950): 0 is perfect, 0.25 is a coin.
    public double brier() {
        return scored.stream()
                .mapToDouble(each -> square(each.harm() - (each.happened() ? 1 : 0)))
                .average()
                .orElse(Double.NaN);
    }

    /// The mean surprise in bits: 0 is perfect, 1 is a coin.
    public double bits() {
        return scored.stream()
                .mapToDouble(each ->
                        -Math.log(Math.max(SURE, each.happened() ? each.harm() : 1 - each.harm())) / Math.log(2))
                .average()
                .orElse(Double.NaN);
    }

    /// The same changes, had each been forecast as often as the others did harm: what any forecast has to beat. With
    /// one change alone, the usual base rate.
    public Calibration baseline() {
        long harmful = scored.stream().filter(Scored::happened).count();
        return new Calibration(scored.stream()
                .map(each -> new Scored(
                        each.change(),
                        // One imagined change at the usual rate, so that the first few are no certainty.
                        (harmful - (each.happened() ? 1 : 0) + Weights.BASE_RATE) / scored.size(),
                        each.happened()))
                .toList());
    }

    /// The forecasts by tenths: how often did what was forecast happen?
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int tenth = 0; tenth < 10; tenth++) {
            double low = tenth / 10.0;
            double high = tenth == 9 ? 1.01 : (tenth + 1) / 10.0;
            List<Scored> in = scored.stream()
                    .filter(each -> each.harm() >= low && each.harm() < high)
                    .toList();
            if (!in.isEmpty()) {
                bins.add(new Bin(
                        in.size(),
                        in.stream().mapToDouble(Scored::harm).average().orElseThrow(),
                        in.stream().filter(Scored::happened).count() / (double) in.size()));
            }
        }
        return bins;
    }

    /// Forecasts that were about alike.
    ///
    /// @param count how many
    /// @param forecast their mean, 0 to 1
    /// @param happened the share of them that did harm, 0 to 1
    public record Bin(int count, double forecast, double happened) {}

    /// For a person.
    public String words() {
        if (scored.isEmpty()) {
            return "No forecast of this site has been scored yet: a change is scored when it ends, confirmed or"
                    + " rolled back for harm.";
        }
        Calibration base = baseline();
        return String.format(
                Locale.ROOT,
                "%d scored, %d did harm: Brier %.3f (base rate alone %.3f), %.2f bits (%.2f). %s",
                scored.size(),
                scored.stream().filter(Scored::happened).count(),
                brier(),
                base.brier(),
                bits(),
                base.bits(),
                brier() < base.brier()
                        ? "The forecasts are better than the base rate."
                        : "The forecasts are no better than the base rate so far.");
    }

    private static double square(double value) {
        return value * value;
    }
}
