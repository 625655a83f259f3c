package barograph.peers;

import java.util.List;

/// What was usual before the change, interval by interval.
///
/// @param intervals those before the change that were seen whole, oldest first; at least one, if it was cut short
/// @param all their sum
/// @param control whether any server keeps the old configuration
public record Usual(List<Tally> intervals, Tally all, boolean control) {
    private static final int ENOUGH = 10;

    public Usual {
        intervals = List.copyOf(intervals);
    }

    /// The share of lines that fail, on all servers together.
    double share() {
        return (all.changedFailed() + all.unchangedFailed() + 0.5) / (all.changed() + all.unchanged() + 1.0);
    }

    /// The share of lines on servers that now have the change.
    double onChanged() {
        return (all.changed() + 0.5) / (all.changed() + all.unchanged() + 1.0);
    }

    /// Lines on the changed servers in one interval.
    double lines() {
        return (double) all.changed() / intervals.size();
    }

    /// The standard deviation of the changed servers' share of failures from interval to interval: as seen, where
    /// enough intervals were, and never below that of chance.
    double spread() {
        double chance = Math.sqrt(share() * (1 - share()) / Math.max(1, lines()));
        double[] shares = intervals.stream()
                .filter(tally -> tally.changed() > 0)
                .mapToDouble(Tally::changedShare)
                .toArray();
        if (shares.length < ENOUGH) {
            return chance;
        }
        double mean = java.util.Arrays.stream(shares).average().orElseThrow();
        double squares = java.util.Arrays.stream(shares)
                .map(x -> (x - mean) * (x - mean))
                .sum();
        return Math.max(chance, Math.sqrt(squares / (shares.length - 1)));
    }
}
