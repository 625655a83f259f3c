package barograph.corpus;

import barograph.forecast.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What came of the changes that have been played, the latest of each.
///
/// @param results as JSON, by the names of the changes
public record Ledger(Map<String, JsonNode> results) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public static Ledger empty() {
        return new Ledger(Map.of());
    }

    /// @param file may not be there yet
    public static Ledger read(Path file) throws IOException {
        Map<String, JsonNode> results = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (JsonNode result : MAPPER.readTree(Files.readAllBytes(file))) {
                results.put(result.get("change").stringValue(), result);
            }
        }
        return new Ledger(results);
    }

    public void write(Path file) throws IOException {
        List<String> lines = results.values().stream().map(JsonNode::toString).toList();
        Files.writeString(file, "[\n" + String.join(",\n", lines) + "\n]\n");
    }

    /// The same with one more result, in the place of an earlier one of the same change.
    public Ledger with(Result result) {
        Map<String, JsonNode> more = new LinkedHashMap<>(results);
        more.put(result.entry().name(), json(result));
        return new Ledger(more);
    }

    public static ObjectNode json(Result result) {
        Entry entry = result.entry();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("change", entry.name()).put("kind", result.kind());
        node.put("effect", entry.effect().word()).put("heldOut", entry.heldOut());
        node.set("hits", strings(entry.hits()));
        node.set("rehearsal", json(result.rehearsal(), entry));
        result.canary().ifPresent(seen -> node.set("canary", json(seen, entry)));
        node.put("alone", result.alone()).put("exact", result.exact());
        node.put("ending", result.ending()).put("right", result.right());
        result.forecast().ifPresent(forecast -> {
            ObjectNode told = node.putObject("forecast").put("harm", round(forecast.harm()));
            ArrayNode reasons = told.putArray("reasons");
            for (Forecast.Reason reason : forecast.reasons()) {
                reasons.addObject()
                        .put("factor", reason.factor().name())
                        .put("weight", round(reason.weight()))
                        .put("words", reason.words());
            }
        });
        result.diagnosed().ifPresent(right -> node.put("diagnosed", right));
        node.put("seconds", Math.round(result.took()));
        return node;
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static ArrayNode strings(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ObjectNode json(Seen seen, Entry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("saw", seen.saw());
        if (seen.seconds() >= 0) {
            node.put("seconds", Math.round(seen.seconds() * 10) / 10.0);
        }
        node.put("how", seen.how());
        node.set("named", strings(seen.named()));
        if (seen.saw() && entry.effect().harmful()) {
            node.put("rightPeople", seen.rightAbout(entry.hits()));
        }
        return node;
    }

    /// One result for a person who waits for it.
    public static String line(Result result) {
        Seen rehearsal = result.rehearsal();
        String canary = result.canary()
                .map(seen -> "; canary "
                        + (seen.saw() ? String.format(Locale.ROOT, "saw it in %.1f s", seen.seconds()) : "saw nothing")
                        + " " + seen.named() + " (" + seen.how() + ")")
                .orElse("");
        return (result.right() ? "right" : "WRONG") + ": "
                + (rehearsal.saw()
                        ? "rehearsal saw it " + rehearsal.named() + " (" + rehearsal.how() + ")"
                        : "rehearsal saw nothing")
                + canary + "; " + result.ending() + (result.exact() ? ", exact" : ", NOT EXACT")
                + String.format(Locale.ROOT, " [%.0f s]", result.took());
    }

    /// The figures of all.
    public String summary() {
        return new LedgerPage(new ArrayList<>(results.values())).summary();
    }

    /// The page of all, with where each is told.
    public String page(List<Stand> stands) {
        return new LedgerPage(new ArrayList<>(results.values())).page(stands);
    }
}
