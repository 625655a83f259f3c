package barograph.demo;

import barograph.peers.Score.Call;
import barograph.peers.Score.Found;
import barograph.peers.Share;
import barograph.peers.Standing;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tables of how rules did.
final class Standings {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROW =
            "| %-15s | %12s | %-12s | %8s | %11s | %6s | %5s | %9s | %15s | %17s | %6s | %6s |";

    private Standings() {}

    static String table(List<Standing> standings) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                ROW,
                "judge",
                "false of",
                "95% interval",
                "per 24 h",
                "found of",
                "missed",
                "early",
                "too short",
                "logins p50, p95",
                "seconds p50, p95",
                "failed",
                "ratio"));
        text.append('\n').append("|").append("---|".repeat(12));
        for (Standing standing : standings) {
            text.append('\n').append(row(standing));
        }
        return text.toString();
    }

    private static String row(Standing standing) {
        return String.format(
                Locale.ROOT,
                ROW,
                standing.judge(),
                of(standing.falsely()),
                interval(standing.falsely()),
                number(standing.falsePerDay()),
                of(standing.found()),
                standing.count(Call.MISSED),
                standing.count(Call.EARLY),
                standing.count(Call.TOO_SHORT),
                spread(standing, Found::logins),
                spread(standing, Found::seconds),
                number(standing.median(Found::failed)),
                number(standing.medianRatio()));
    }

    static String of(Share share) {
        return share.hits() + " of " + share.of();
    }

    static String interval(Share share) {
        return share.of() == 0 ? "–" : String.format(Locale.ROOT, "%.1f–%.1f%%", 100 * share.low(), 100 * share.high());
    }

    private static String spread(Standing standing, ToDoubleFunction<Found> figure) {
        return number(standing.median(figure)) + ", " + number(standing.quantile(0.95, figure));
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return "∞";
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    static String json(String scenario, Standing standing) {
        ObjectNode line = JSON.createObjectNode();
        line.put("judge", standing.judge());
        line.put("scenario", scenario);
        for (Call call : Call.values()) {
            line.put(call.name().toLowerCase(Locale.ROOT), standing.count(call));
        }
        line.put("false_per_day", standing.falsePerDay());
        put(line, "seconds", standing, Found::seconds);
        put(line, "logins", standing, Found::logins);
        put(line, "failed", standing, Found::failed);
        put(line, "ratio", standing, Found::ratio);
        standing.mistakes().forEach(line.putArray("mistakes")::add);
        return line.toString();
    }

    private static void put(ObjectNode line, String name, Standing standing, ToDoubleFunction<Found> figure) {
        if (standing.count(Call.FOUND) > 0) {
            line.put(name + "_p50", standing.median(figure));
            line.put(name + "_p95", standing.quantile(0.95, figure));
        }
    }
}
