package barograph.diagnosis;

import barograph.diagnosis.Observation.Looked;
import barograph.diagnosis.Observation.Tried;
import barograph.login.Step;
import barograph.login.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lays out what was observed as a table.
final class Rows {
    private static final int LONGEST_WORDS = 200;

    private Rows() {}

    static List<Row> of(List<Observation> observations) {
        List<Row> rows = new ArrayList<>();
        Map<String, List<Looked>> looks = new LinkedHashMap<>();
        for (Observation observation : observations) {
            switch (observation) {
                case Tried tried -> rows.add(tried(tried));
                case Looked look ->
                    looks.computeIfAbsent(look.from() + "|" + look.target(), _ -> new ArrayList<>())
                            .add(look);
                case Observation.Told _,
                        Observation.Heard _,
                        Observation.Status _,
                        Observation.Clock _,
                        Observation.Busy _,
                        Observation.Unseen _ -> {}
            }
        }
        looks.values().forEach(alike -> rows.add(looked(alike)));
        return rows;
    }

    private static Row tried(Tried tried) {
        Trial trial = tried.trial();
        List<Step> reached = new ArrayList<>(
                trial.steps().stream().map(Trial.Stride::step).distinct().toList());
        Optional<Step> bad = Optional.empty();
        if (!trial.asExpected()) {
            bad = Optional.of(Step.valueOf(TrialSigns.step(trial).toUpperCase(java.util.Locale.ROOT)));
            reached.remove(bad.get());
        }
        String outcome =
                trial.outcome().accepted() ? "accepted" : trial.outcome().reason();
        String when = switch (tried.phase()) {
            case BEFORE -> ", before the change";
            case MEANWHILE -> "";
            case AFTERWARDS -> ", after the rollback";
        };
        return new Row(
                new Vantage.Controller().toString(),
                "probe " + trial.probe() + " at " + trial.server() + when,
                reached,
                bad,
                cut(trial.said().isEmpty() ? outcome : outcome + " (" + trial.said() + ")"));
    }

    private static Row looked(List<Looked> alike) {
        List<Step> well = alike.stream()
                .filter(look -> !(look.finding() instanceof Finding.Bad))
                .map(Looked::step)
                .distinct()
                .sorted()
                .toList();
        Optional<Looked> bad = alike.stream()
                .filter(look -> look.finding() instanceof Finding.Bad)
                .findFirst();
        Looked first = alike.getFirst();
        return new Row(
                first.from().toString(),
                first.target().toString(),
                well,
                bad.map(Looked::step),
                cut(bad.map(look -> look.finding().words())
                        .orElseGet(() -> alike.stream()
                                .map(look -> look.finding().words())
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining("; ")))));
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
