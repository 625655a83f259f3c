package barograph.corpus;

import barograph.forecast.Factor;
import barograph.forecast.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Weights from what happened: logistic regression on the reasons, each weight held to what was judged by a penalty.
///
/// The penalty is a prior: a weight is normal around the judged one, and the base odds around what was told. With few
/// examples the judgement stays, with many it no longer matters. Fitted by Newton's method; pure.
final class Learning {
    /// Standard deviation of a weight around the judged one.
    private static final double TRUST = 1.0;
    /// Standard deviation of the base log odds: the corpus knows its own share better than anybody.
    private static final double BASE_TRUST = 3.0;

    private static final int STEPS = 50;
    private static final double ENOUGH = 1e-9;
    private static final List<Factor> FACTORS = List.of(Factor.values());

    private Learning() {}

    /// One change: how much there was of each factor, and whether it did harm.
    record Example(String change, Map<Factor, Double> amounts, boolean happened) {
        Example {
            amounts = Map.copyOf(amounts);
        }

        private double[] row() {
            double[] row = new double[FACTORS.size() + 1];
            row[0] = 1;
            for (int i = 0; i < FACTORS.size(); i++) {
                row[i + 1] = amounts.getOrDefault(FACTORS.get(i), 0.0);
            }
            return row;
        }

        /// The probability of harm by some weights.
        double harm(Weights weights) {
            double sum = weights.base();
            for (Map.Entry<Factor, Double> each : amounts.entrySet()) {
                sum += weights.of(each.getKey()) * each.getValue();
            }
            return 1 / (1 + Math.exp(-sum));
        }
    }

    /// @param judged what the weights are held to
    static Weights fit(List<Example> examples, Weights judged) {
        int n = FACTORS.size() + 1;
        double[] prior = new double[n];
        double[] precision = new double[n];
        prior[0] = judged.base();
        precision[0] = 1 / (BASE_TRUST * BASE_TRUST);
        for (int i = 1; i < n; i++) {
            prior[i] = judged.of(FACTORS.get(i - 1));
            precision[i] = 1 / (TRUST * TRUST);
        }
        double[] weights = prior.clone();
        for (int step = 0; step < STEPS; step++) {
            double[] move = newton(examples, weights, prior, precision);
            // A whole step from far away leads beyond the mark: it is halved until it leads uphill.
            double before = worth(examples, weights, prior, precision);
            double share = 1;
            while (share > ENOUGH && worth(examples, moved(weights, move, share), prior, precision) < before) {
                share /= 2;
            }
            weights = moved(weights, move, share);
            if (Arrays.stream(move).map(Math::abs).max().orElse(0) * share < ENOUGH) {
                break;
            }
        }
        Map<Factor, Double> each = new EnumMap<>(Factor.class);
        for (int i = 1; i < n; i++) {
            each.put(FACTORS.get(i - 1), weights[i]);
        }
        return new Weights(weights[0], each, judged.doubt());
    }

    private static double[] moved(double[] weights, double[] move, double share) {
        double[] there = weights.clone();
        for (int i = 0; i < there.length; i++) {
            there[i] += share * move[i];
        }
        return there;
    }

    /// Log likelihood of the examples, less the penalty.
    private static double worth(List<Example> examples, double[] weights, double[] prior, double[] precision) {
        double worth = 0;
        for (int i = 0; i < weights.length; i++) {
            worth -= precision[i] * (weights[i] - prior[i]) * (weights[i] - prior[i]) / 2;
        }
        for (Example example : examples) {
            double sum = dot(example.row(), weights);
            worth -= Math.log1p(Math.exp(example.happened() ? -sum : sum));
        }
        return worth;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double[] newton(List<Example> examples, double[] weights, double[] prior, double[] precision) {
        int n = weights.length;
        double[] slope = new double[n];
        double[][] curve = new double[n][n];
        for (int i = 0; i < n; i++) {
            slope[i] = precision[i] * (prior[i] - weights[i]);
            curve[i][i] = precision[i];
        }
        for (Example example : examples) {
            double[] row = example.row();
            double p = 1 / (1 + Math.exp(-dot(row, weights)));
            for (int i = 0; i < n; i++) {
                slope[i] += row[i] * ((example.happened() ? 1 : 0) - p);
                for (int j = 0; j < n; j++) {
                    curve[i][j] += row[i] * row[j] * p * (1 - p);
                }
            }
        }
        return solved(curve, slope);
    }

    /// Gauss' elimination; the matrix is positive definite, so that no row has to be exchanged.
    private static double[] solved(double[][] matrix, double[] right) {
        int n = right.length;
        for (int column = 0; column < n; column++) {
            for (int row = column + 1; row < n; row++) {
                double share = matrix[row][column] / matrix[column][column];
                for (int i = column; i < n; i++) {
                    matrix[row][i] -= share * matrix[column][i];
                }
                right[row] -= share * right[column];
            }
        }
        for (int row = n - 1; row >= 0; row--) {
            for (int i = row + 1; i < n; i++) {
                right[row] -= matrix[row][i] * right[i];
            }
            right[row] /= matrix[row][row];
        }
        return right;
    }
}
