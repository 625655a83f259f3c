package barograph.form;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in plain words why something is not YAML.
///
/// The parser's own words are only matched, never passed on: some of them repeat what stands in the file.
final class Syntax {
    private record Advice(String what, String remedy) {}

    private static final Advice INDENTATION = new Advice(
            "this line does not stand under or beside the lines above it.",
            "Indent it as far as its neighbors, with blanks.");
    private static final Advice UNFINISHED =
            new Advice("the file ends before a quote or a bracket is closed.", "Close it.");

    /// By what the parser says, the more exact ones first.
    private static final Map<String, Advice> ADVICE = advice();

    private Syntax() {}

    private static Map<String, Advice> advice() {
        Map<String, Advice> all = new LinkedHashMap<>();
        all.put("TAB", new Advice("a tab stands here.", "Indent with blanks: YAML allows no tabs there."));
        all.put(
                "that cannot start any token",
                new Advice("no value can begin with this character.", "Put the value in quotes."));
        all.put(
                "mapping values are not allowed here",
                new Advice(
                        "a colon stands here where no key can be.",
                        "Indent the line as its neighbors, or put text that holds a colon and a blank in quotes."));
        all.put("could not find expected ':'", new Advice("a key has no colon.", "Write 'key: value'."));
        all.put("expected ',' or ']'", new Advice("a list in [ ] is not closed here.", "Write a comma or ]."));
        all.put("expected ',' or '}'", new Advice("a map in { } is not closed here.", "Write a comma or }."));
        all.put("found unexpected end of stream", UNFINISHED);
        all.put("'<stream end>'", UNFINISHED);
        all.put("<block end>", INDENTATION);
        all.put("not allowed here", INDENTATION);
        all.put(
                "expected the node content",
                new Advice("a value is missing here.", "Write one, or take the comma out."));
        all.put(
                "escape",
                new Advice(
                        "a backslash stands here with something that it does not go with.",
                        "Write \\\\ for a backslash, or use 'single quotes'."));
        all.put(
                "alphabetic or numeric",
                new Advice("a name must follow & and * at once.", "Put text that begins with them in quotes."));
        return all;
    }

    static Problem explain(Place place, MarkedYamlEngineException e) {
        String said = String.valueOf(e.getProblem());
        return ADVICE.entrySet().stream()
                .filter(entry -> said.contains(entry.getKey()))
                .findFirst()
                .map(entry -> new Problem(
                        place, entry.getValue().what(), entry.getValue().remedy()))
                .orElse(unknown(place));
    }

    static Problem unknown(Place place) {
        return new Problem(place, "this is not YAML.", "Put the value in quotes, or look at the lines above.");
    }
}
