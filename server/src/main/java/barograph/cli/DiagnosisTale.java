package barograph.cli;

import barograph.cli.Paper.Ink;
import barograph.diagnosis.Diagnosis;
import barograph.diagnosis.Hunch;
import barograph.diagnosis.Ranked;
import barograph.diagnosis.Reason;
import barograph.diagnosis.Row;
import barograph.login.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Prints a diagnosis: the suspects first, then what was seen at which step from where.
final class DiagnosisTale {
    private static final int MOST_SUSPECTS = 4;
    private static final int MOST_REASONS = 5;

    private final Paper paper;

    DiagnosisTale(Paper paper) {
        this.paper = paper;
    }

    void tell(Diagnosis diagnosis) {
        paper.line(
                Ink.TITLE,
                diagnosis.server()
                        + (diagnosis.failing().isEmpty()
                                ? ": every probe ends as it should"
                                : ": " + diagnosis.failing().size() + " failing"));
        diagnosis.failing().forEach(failing -> paper.line(Ink.BAD, "  ✗ " + failing));
        paper.line(Ink.STRONG, diagnosis.words());
        List<Ranked> shown = diagnosis.ranking().stream()
                .filter(ranked -> ranked.decibans() > 0
                        || ranked.equals(diagnosis.ranking().getFirst()))
                .limit(MOST_SUSPECTS)
                .toList();
        for (int i = 0; i < shown.size(); i++) {
            suspect(i + 1, shown.get(i));
        }
        table(diagnosis.table());
        diagnosis.unseen().forEach(unseen -> paper.line(Ink.FAINT, "  could not look: " + unseen));
    }

    private void suspect(int place, Ranked ranked) {
        paper.line("");
        paper.line(Ink.STRONG, place + ". " + ranked.words() + "  " + Diagnosis.percent(ranked.share()));
        ranked.speaksFor().stream().limit(MOST_REASONS).forEach(reason -> reason(Ink.PLAIN, "for", reason));
        ranked.against().stream().limit(MOST_REASONS).forEach(reason -> reason(Ink.FAINT, "against", reason));
    }

    private void reason(Ink ink, String side, Reason reason) {
        paper.line(ink, String.format(Locale.ROOT, "     %-7s %+3d  %s", side, reason.decibans(), reason.words()));
    }

    private void table(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        paper.line("");
        paper.line(Ink.STRONG, "Seen from where, at which step (✓ well, ✗ not, · not looked at)");
        StringBuilder head = new StringBuilder("  ");
        for (Step step : Step.values()) {
            head.append(String.format(Locale.ROOT, "%-13s", step.name().toLowerCase(Locale.ROOT)));
        }
        paper.line(Ink.FAINT, head.toString().stripTrailing());
        for (Row row : rows) {
            StringBuilder marks = new StringBuilder("  ");
            for (Step step : Step.values()) {
                marks.append(String.format(Locale.ROOT, "%-13s", mark(row, step)));
            }
            paper.line(
                    row.bad().isPresent() ? Ink.BAD : Ink.PLAIN,
                    marks + row.from() + " → " + row.what() + ": " + row.words());
        }
    }

    private static String mark(Row row, Step step) {
        return row.bad().equals(Optional.of(step)) ? "✗" : row.well().contains(step) ? "✓" : "·";
    }

    static void hunch(Paper paper, Hunch hunch) {
        paper.line(Ink.STRONG, "Your hunch, \"" + hunch.words() + "\": " + hunch.outcome() + ".");
        hunch.speaksFor().stream().limit(MOST_REASONS).forEach(reason -> paper.line("     for      " + reason.words()));
        hunch.against().stream().limit(MOST_REASONS).forEach(reason -> paper.line("     against  " + reason.words()));
    }
}
