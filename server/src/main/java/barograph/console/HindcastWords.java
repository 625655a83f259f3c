package barograph.console;

import barograph.hindcast.Hindcast.Summary;
import barograph.hindcast.Hindcast.Turn;
import barograph.verdict.Verdict;
import barograph.verdict.Wording;
import barograph.watch.WatchPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a hindcast comes to, in words.
public final class HindcastWords {
    private HindcastWords() {}

    /// What it comes to, in one or two sentences.
    public static String sentence(WatchPlan plan, Summary summary) {
        if (summary.harm().isPresent()) {
            Turn harm = summary.harm().get();
            String on = " on " + Wording.servers(plan.stage());
            long later = summary.failedLoginsAfterHarm();
            return "It would have rolled back " + after(plan, harm) + " after the change, "
                    + failed(harm.counts().failedLogins()) + on
                    + (later == 0
                            ? "."
                            : "; " + Wording.count(later) + more(harm) + " failed there by the end of the logs.");
        }
        Turn last = summary.turns().getLast();
        String kept = "It would not have rolled back";
        return switch (last.verdict()) {
            case Verdict.Healthy _ ->
                kept + ": the change was found healthy " + after(plan, firstHealthy(summary)) + " after it.";
            case Verdict.Undecided _ -> kept + ", but the logs end too early to call the change healthy.";
            case Verdict.Blind(String because) -> kept + ", but it could not see. " + because;
            case Verdict.Harmful _ -> kept + ".";
        };
    }

    private static Turn firstHealthy(Summary summary) {
        return summary.turns().stream()
                .filter(turn -> turn.verdict() instanceof Verdict.Healthy)
                .findFirst()
                .orElse(summary.turns().getLast());
    }

    private static String more(Turn harm) {
        return harm.counts().failedLogins() == 0 ? "" : " more";
    }

    private static String failed(long logins) {
        return switch (Math.clamp(logins, 0, 2)) {
            case 0 -> "before any login had failed";
            case 1 -> "when 1 login had failed";
            default -> "when " + Wording.count(logins) + " logins had failed";
        };
    }

    /// The headline: the verdict and when.
    static String title(WatchPlan plan, Summary summary) {
        Turn told = summary.harm().orElseGet(() -> firstHealthy(summary));
        return told.verdict() instanceof Verdict.Harmful || told.verdict() instanceof Verdict.Healthy
                ? told.verdict().word() + " " + after(plan, told) + " after the change"
                : told.verdict().word();
    }

    /// How long after the change a turn was: `34 ms`, `2.4 s`, `31 min`.
    static String after(WatchPlan plan, Turn turn) {
        Duration after = Duration.between(plan.at(), turn.at());
        long millis = after.toMillis();
        if (millis >= 1_000 && millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return Wording.span(after);
    }

    /// Text in lines of at most `width` letters, parted between words.
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
