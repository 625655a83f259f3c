package barograph.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The tables of what came of the corpus, as Markdown.
final class LedgerPage {
    private final List<JsonNode> results;

    LedgerPage(List<JsonNode> results) {
        this.results = results;
    }

    String summary() {
        return summary("in sight", node -> !node.get("heldOut").booleanValue())
                + summary("held out", node -> node.get("heldOut").booleanValue());
    }

    private String summary(String which, Predicate<JsonNode> some) {
        List<JsonNode> these = results.stream().filter(some).toList();
        if (these.isEmpty()) {
            return "";
        }
        List<JsonNode> faults = these.stream().filter(LedgerPage::harmful).toList();
        List<JsonNode> harmless = these.stream().filter(node -> !harmful(node)).toList();
        List<JsonNode> unseen =
                faults.stream().filter(node -> !saw(node, "rehearsal")).toList();
        List<JsonNode> alone = faults.stream()
                .filter(node -> node.get("alone").booleanValue() && node.has("canary"))
                .toList();
        double[] seconds = alone.stream()
                .filter(node -> saw(node, "canary"))
                .mapToDouble(node -> node.get("canary").get("seconds").doubleValue())
                .sorted()
                .toArray();
        return "| " + which + " | " + share(faults, node -> saw(node, "rehearsal")) + " | "
                + share(unseen, node -> node.has("canary") && saw(node, "canary")) + " | "
                + share(alone, node -> saw(node, "canary")) + " | "
                + (seconds.length == 0
                        ? "–"
                        : String.format(
                                Locale.ROOT, "%.1f (%.1f)", seconds[seconds.length / 2], seconds[seconds.length - 1]))
                + " | "
                + share(
                        alone.stream().filter(node -> saw(node, "canary")).toList(),
                        node -> node.get("canary").get("rightPeople").booleanValue())
                + " | " + share(faults, node -> node.get("exact").booleanValue())
                + " | " + share(harmless, node -> !node.get("right").booleanValue())
                + " | " + diagnosed(faults) + " |\n";
    }

    private static String diagnosed(List<JsonNode> faults) {
        List<JsonNode> asked =
                faults.stream().filter(node -> node.has("diagnosed")).toList();
        return asked.isEmpty()
                ? "not asked"
                : share(asked, node -> node.get("diagnosed").booleanValue());
    }

    private static String share(List<JsonNode> all, Predicate<JsonNode> some) {
        return all.isEmpty() ? "–" : all.stream().filter(some).count() + " of " + all.size();
    }

    private static boolean harmful(JsonNode node) {
        return !node.get("effect").stringValue().equals(Effect.HARMLESS.word());
    }

    private static boolean saw(JsonNode node, String who) {
        return node.get(who).get("saw").booleanValue();
    }

    String page(List<Stand> stands) {
        Map<String, Entry> entries = new HashMap<>();
        stands.forEach(stand -> stand.entries().forEach(entry -> entries.put(entry.name(), entry)));
        StringBuilder text = new StringBuilder(HEAD);
        text.append(summary()).append(TABLE);
        for (JsonNode node : results) {
            if (harmful(node)) {
                text.append(row(node, entries));
            }
        }
        text.append("\n## Harmless changes\n\n| Kind | Change | Became | Probes differed |\n|---|---|---|---|\n");
        for (JsonNode node : results) {
            if (!harmful(node)) {
                text.append("| ")
                        .append(node.get("kind").stringValue())
                        .append(" | ")
                        .append(title(node, entries))
                        .append(" | ")
                        .append(node.get("ending")
                                .stringValue()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '))
                        .append(" | ")
                        .append(saw(node, "rehearsal") ? "yes" : "no")
                        .append(" |\n");
            }
        }
        return text.append(SOURCES).append(sources(entries)).toString();
    }

    private static final String HEAD = """
            # The corpus of mistakes

            Changes that people really made on login servers, each with its source, and changes that harm nobody. Each
            is a few lines of data in `lab/src/main/resources/barograph/corpus`, on a small real configuration of its
            kind of server with two or three groups of people.

            `./barograph bench corpus --held-out yes --results docs/corpus.json --page docs/corpus.md` plays them all and
            writes this page; it needs root and Debian's servers, and takes some two hours (`--only KIND` or `--part K/N`
            play a part, and results of earlier runs are kept). Each is played on servers of its own on loopback: a
            backup, a canary and one that stays as it is, with logins by the probes' own clients, one in forty
            mistyped. First the way of a site whose probes cover everybody: the backup rehearses, and what it sees keeps
            the change from the others. Then, for what the rehearsal saw, once more on the canary *alone*: no rehearsal,
            no probe for the people whom it hits; their logins must tell. A third is *held out*: written down first, and
            played last, when nothing is changed any more.

            | Changes | seen in rehearsal | the rest, on the canary | on the canary alone | s, median (max) \
            | named only people whom it hits | to the byte as before | harmless, taken back | diagnosis right |
            |---|---|---|---|---|---|---|---|---|
            """;

    private static final String TABLE = """

            Where the canary alone cannot tell, no second try is made: what sleeps until the next restart, and what
            only an attribute of the answer shows.

            ## Mistakes

            | Kind | Mistake | Harm | Rehearsal saw it | Canary alone saw it | s | Hit | Named | Diagnosis |
            |---|---|---|---|---|---|---|---|---|
            """;

    private static final String SOURCES = "\n## Where they are told\n\n";

    private static String row(JsonNode node, Map<String, Entry> entries) {
        boolean canary = node.has("canary");
        List<String> named = new ArrayList<>();
        (canary && saw(node, "canary") ? node.get("canary") : node.get("rehearsal"))
                .get("named")
                .forEach(each -> named.add(each.stringValue()));
        List<String> hits = new ArrayList<>();
        node.get("hits").forEach(each -> hits.add(each.stringValue()));
        return "| " + node.get("kind").stringValue() + " | " + title(node, entries)
                + (node.get("heldOut").booleanValue() ? " *(held out)*" : "") + " | "
                + node.get("effect").stringValue() + " | " + (saw(node, "rehearsal") ? "yes" : "**no**") + " | "
                + (canary ? saw(node, "canary") ? "yes" : "**no**" : "–") + " | "
                + (canary && saw(node, "canary") && node.get("canary").has("seconds")
                        ? String.format(
                                Locale.ROOT,
                                "%.1f",
                                node.get("canary").get("seconds").doubleValue())
                        : "–")
                + " | " + String.join(", ", hits) + " | " + String.join(", ", named) + " | "
                + (node.has("diagnosed") ? node.get("diagnosed").booleanValue() ? "right" : "**wrong**" : "–")
                + " |\n";
    }

    private static String title(JsonNode node, Map<String, Entry> entries) {
        Entry entry = entries.get(node.get("change").stringValue());
        return entry == null ? node.get("change").stringValue() : entry.title();
    }

    private String sources(Map<String, Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (JsonNode node : results) {
            Entry entry = entries.get(node.get("change").stringValue());
            if (entry != null) {
                text.append("- `").append(entry.name()).append("`: ").append(entry.does());
                entry.source().forEach(source -> text.append(' ').append(source));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
