package barograph.corpus;

import barograph.corpus.Learning.Example;
import barograph.forecast.Calibration;
import barograph.forecast.Calibration.Scored;
import barograph.forecast.Factor;
import barograph.forecast.Weights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The forecasts over the corpus: by judgement, and by weights that were learned from the other changes.
public final class Forecasts {
    private final List<Example> examples = new ArrayList<>();

    public Forecasts(Ledger ledger) {
        ledger.results().forEach((change, result) -> {
            if (result.has("forecast")) {
                examples.add(example(change, result));
            }
        });
    }

    private static Example example(String change, JsonNode result) {
        Map<Factor, Double> amounts = new EnumMap<>(Factor.class);
        for (JsonNode reason : result.get("forecast").get("reasons")) {
            Factor factor = Factor.valueOf(reason.get("factor").stringValue());
            double whole = Weights.JUDGED.of(factor);
            amounts.merge(factor, whole == 0 ? 0 : reason.get("weight").doubleValue() / whole, Double::sum);
        }
        boolean happened = !result.get("effect").stringValue().equals(Effect.HARMLESS.word());
        return new Example(change, amounts, happened);
    }

    /// The judged weights, as a site uses them.
    public Calibration judged() {
        return scored(_ -> Weights.JUDGED);
    }

    /// The judged weights, with the base odds of a corpus in which most changes do harm.
    public Calibration judgedHere() {
        return scored(each -> new Weights(base(others(each)), Weights.JUDGED.each(), Weights.JUDGED.doubt()));
    }

    /// Weights that were learned from all changes but the one that is forecast.
    public Calibration learned() {
        return scored(each -> Learning.fit(others(each), Weights.JUDGED));
    }

    /// Each forecast as often as the others did harm.
    public Calibration base() {
        return judged().baseline();
    }

    private Calibration scored(java.util.function.Function<Example, Weights> weights) {
        return new Calibration(examples.stream()
                .map(each -> new Scored(each.change(), each.harm(weights.apply(each)), each.happened()))
                .toList());
    }

    private List<Example> others(Example one) {
        return examples.stream().filter(each -> !each.equals(one)).toList();
    }

    private static double base(List<Example> examples) {
        double harmful = examples.stream().filter(Example::happened).count() + 0.5;
        return Math.log(harmful / (examples.size() - harmful + 1));
    }

    /// The page about it, but for its drawings.
    public String page() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("| Forecast | Brier | bits |\n|---|---|---|\n");
        row(text, "the base rate of the other changes", base());
        row(text, "judged weights, as a site has them (base rate 10%)", judged());
        row(text, "judged weights, with the base rate of the other changes", judgedHere());
        row(text, "weights learned from the other changes (leave one out)", learned());
        text.append("\n")
                .append(examples.size())
                .append(" changes, ")
                .append(examples.stream().filter(Example::happened).count())
                .append(" of them harmful.\n");
        Weights all = Learning.fit(examples, Weights.JUDGED);
        text.append("\n## The weights\n\nWhat each reason adds to the log odds of harm.\n\n");
        text.append("| Reason | judged | learned from all | in how many changes |\n|---|---|---|---|\n");
        text.append(String.format(
                Locale.ROOT, "| base | %.2f | %.2f | %d |%n", Weights.JUDGED.base(), all.base(), examples.size()));
        for (Factor factor : Factor.values()) {
            long count = examples.stream()
                    .filter(each -> each.amounts().containsKey(factor))
                    .count();
            if (Weights.JUDGED.of(factor) != 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %.2f | %.2f | %d |%n",
                        factor.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Weights.JUDGED.of(factor),
                        all.of(factor),
                        count));
            }
        }
        return text.append(TAIL).toString();
    }

    private static void row(StringBuilder text, String name, Calibration calibration) {
        text.append(
                String.format(Locale.ROOT, "| %s | %.3f | %.2f |%n", name, calibration.brier(), calibration.bits()));
    }

    private static final String HEAD = """
            # The forecast

            Before the first server gets a change, the probability that it breaks logins is written to the record: a
            base rate, and reasons that move it, each with its weight. Beside it stand a range in which it lies four
            times of five, whom it would hit at which hour of the week (the traffic of the logs × what failed in
            rehearsal), the best hour to apply it, and what the watch would see. When the change has ended, confirmed or
            rolled back for harm, the forecast is scored; `barograph calibration` shows how good a site's forecasts
            were, and `--svg` draws it. Nothing is stored for that: it follows from the record.

            The weights are judgement. Here is how they do on [the corpus of mistakes](corpus.md), by
            `./barograph bench forecast --results docs/corpus.json --page docs/forecast.md`. Brier is the mean squared
            distance between forecast and what happened (0 is perfect); bits are the mean surprise.

            """;

    private static final String TAIL = """

            ![Forecasts by judged weights against what happened](forecast-judged.svg)
            ![Forecasts by learned weights against what happened](forecast-learned.svg)

            - The corpus is no site: most of its changes do harm, and its probes stand for everybody. So a site's
              forecasts keep the judged weights and their base rate, which surveys of software delivery give (DORA: 5%
              to 20%), and its own record is what calibrates them.
            - The learned weights come from logistic regression with a normal prior around the judged ones (standard
              deviation 1): a reason that few changes have stays about where judgement put it.
            """;
}
