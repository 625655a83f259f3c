package barograph.forecast;

import java.util.EnumMap;
import java.util.Map;

/// How much each factor adds to the log odds of harm.
///
/// @param base log odds where nothing more is known
/// @param each for one whole of each factor; what is left out adds nothing
/// @param doubt how sure they are, as a share of each weight: its standard deviation is this much of it
public record Weights(double base, Map<Factor, Double> each, double doubt) {
    /// The share of changes that go wrong where nothing more is known: a low to middling change failure rate as
    /// surveys of software delivery report it (DORA: 5% to 20%).
    public static final double BASE_RATE = 0.1;

    /// So that four of five base rates lie within 5% and 20%.
    static final double BASE_DOUBT = 0.6;

    /// 1.28 standard deviations to either side hold four of five.
    private static final double FOUR_OF_FIVE = 1.2816;

    /// Judgement. `docs/forecast.md` tells how they do on the corpus, beside weights that were learned there.
    public static final Weights JUDGED = new Weights(
            Math.log(BASE_RATE / (1 - BASE_RATE)),
            Map.ofEntries(
                    Map.entry(Factor.NOT_REHEARSED, 0.8),
                    Map.entry(Factor.NOT_CARRIED_THROUGH, 2.5),
                    Map.entry(Factor.WORSE, 5.0),
                    Map.entry(Factor.PURPOSE_UNMET, 1.0),
                    Map.entry(Factor.AS_BEFORE, -1.5),
                    Map.entry(Factor.RESTART, 0.3),
                    Map.entry(Factor.HEARSAY, 0.2),
                    Map.entry(Factor.NO_CANARY, 0.4),
                    Map.entry(Factor.NO_DEAD_MAN, 0.2),
                    Map.entry(Factor.LOOKS, 1.0),
                    Map.entry(Factor.UNCOVERED, 1.0)),
            0.5);

    public Weights {
        each = each.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(each));
    }

    /// What one whole of a factor adds.
    public double of(Factor factor) {
        return each.getOrDefault(factor, 0.0);
    }

    /// A reason of this factor.
    ///
    /// @param amount how much of it there is; 1 where there is no more and no less
    Forecast.Reason reason(Factor factor, String words, double amount) {
        return new Forecast.Reason(words, of(factor) * amount, factor);
    }

    /// The probability that reasons come to.
    public double harm(Iterable<Forecast.Reason> reasons) {
        return share(logOdds(reasons));
    }

    private double logOdds(Iterable<Forecast.Reason> reasons) {
        double sum = base;
        for (Forecast.Reason reason : reasons) {
            sum += reason.weight();
        }
        return sum;
    }

    /// Four of five such changes ought to have their true odds in here.
    Forecast.Range range(Iterable<Forecast.Reason> reasons) {
        double variance = BASE_DOUBT * BASE_DOUBT;
        for (Forecast.Reason reason : reasons) {
            variance += reason.weight() * reason.weight() * doubt * doubt;
        }
        double reach = FOUR_OF_FIVE * Math.sqrt(variance);
        double logOdds = logOdds(reasons);
        return new Forecast.Range(share(logOdds - reach), share(logOdds + reach));
    }

    private static double share(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
