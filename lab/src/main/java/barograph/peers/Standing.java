package barograph.peers;

import barograph.peers.Score.Call;
import barograph.peers.Score.Found;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How one rule did over many worlds.
///
/// @param scores all of one rule
public record Standing(String judge, List<Score> scores) {
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    public Standing {
        scores = List.copyOf(scores);
    }

    public long count(Call call) {
        return scores.stream().filter(score -> score.call() == call).count();
    }

    /// False rollbacks among the harmless worlds.
    public Share falsely() {
        return new Share(count(Call.FALSE), count(Call.FALSE) + count(Call.KEPT));
    }

    /// Harmful worlds found in time, among those in which the rule was tried.
    public Share found() {
        return new Share(count(Call.FOUND), count(Call.FOUND) + count(Call.MISSED) + count(Call.EARLY));
    }

    /// False rollbacks in each 24 hours that harmless worlds were watched.
    public double falsePerDay() {
        double seconds = scores.stream()
                .filter(score -> score.call() == Call.FALSE || score.call() == Call.KEPT)
                .mapToDouble(score -> score.watched().toMillis() / 1e3)
                .sum();
        return seconds == 0 ? 0 : count(Call.FALSE) / (seconds / SECONDS_A_DAY);
    }

    /// The value below which a share of the found worlds lies, or not a number where none was found.
    public double quantile(double share, ToDoubleFunction<Found> figure) {
        double[] sorted = scores.stream()
                .flatMap(score -> score.found().stream())
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * share) - 1];
    }

    public double median(ToDoubleFunction<Found> figure) {
        return quantile(0.5, figure);
    }

    /// The median of the ratios to the bound over all harmful worlds in which the rule was tried. What it did not
    /// find counts as infinitely late, so that a rule that finds only what is easy does not look quick.
    public double medianRatio() {
        double[] sorted = scores.stream()
                .filter(score -> switch (score.call()) {
                    case FOUND, MISSED, EARLY -> true;
                    case KEPT, FALSE, TOO_SHORT -> false;
                })
                .mapToDouble(score -> score.found().map(Found::ratio).orElse(Double.POSITIVE_INFINITY))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) / 2];
    }

    /// What it got wrong, each with the world in which to look.
    public List<String> mistakes() {
        return scores.stream()
                .filter(score -> switch (score.call()) {
                    case FALSE, EARLY, MISSED -> true;
                    case KEPT, FOUND, TOO_SHORT -> false;
                })
                .map(score -> score.call().word() + ": " + score.scenario() + ", " + score.world())
                .toList();
    }

    /// The standings of all rules, in the order in which the rules come.
    public static List<Standing> of(List<Rule> rules, List<Score> scores) {
        return rules.stream()
                .map(rule -> new Standing(
                        rule.name(),
                        scores.stream()
                                .filter(score -> score.judge().equals(rule.name()))
                                .toList()))
                .toList();
    }
}
