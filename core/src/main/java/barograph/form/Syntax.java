package barograph.form;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in plain words why something is not YAML.
///
/// The parser's own words are only matched, never passed on: some of them repeat what stands in the file.
final class Syntax {
    /// @param sign what the parser says in such a case
    /// @param opening whether the place to look at is where the unfinished thing begins
    private record Advice(String sign, boolean opening, String what, String remedy) {}

    private static final String INDENTED = "this line does not stand under or beside the lines above it.";
    private static final String INDENT = "Indent it as far as its neighbors, with blanks.";

    /// The more exact ones first.
    private static final List<Advice> ADVICE = List.of(
            new Advice("TAB", false, "a tab stands here.", "Indent with blanks: YAML allows no tabs there."),
            new Advice(
                    "that cannot start any token",
                    false,
                    "no value can begin with this character.",
                    "Put the value in quotes."),
            new Advice(
                    "mapping values are not allowed here",
                    false,
                    "a colon stands here where no key can be.",
                    "Indent the line as its neighbors, or put text that holds a colon and a blank in quotes."),
            new Advice("could not find expected ':'", true, "this key has no colon.", "Write 'key: value'."),
            new Advice("found unexpected end of stream", true, "this quote is never closed.", "Close it."),
            new Advice(
                    "expected ',' or ']'", true, "this [ is not closed where it should be.", "Write commas and a ]."),
            new Advice(
                    "expected ',' or '}'", true, "this { is not closed where it should be.", "Write commas and a }."),
            new Advice("<block end>", false, INDENTED, INDENT),
            new Advice("not allowed here", false, INDENTED, INDENT),
            new Advice(
                    "expected the node content",
                    false,
                    "a value is missing here.",
                    "Write one, or take the comma out."),
            new Advice(
                    "escape",
                    false,
                    "a backslash stands here with something that it does not go with.",
                    "Write \\\\ for a backslash, or use 'single quotes'."),
            new Advice(
                    "alphabetic or numeric",
                    false,
                    "a name must follow & and * at once.",
                    "Put text that begins with them in quotes."));

    private Syntax() {}

    static Problem explain(String file, MarkedYamlEngineException e) {
        String said = String.valueOf(e.getProblem());
        Optional<Advice> known =
                ADVICE.stream().filter(advice -> said.contains(advice.sign())).findFirst();
        Optional<Mark> mark = known.filter(Advice::opening).isPresent()
                ? e.getContextMark().or(e::getProblemMark)
                : e.getProblemMark().or(e::getContextMark);
        Place place = mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1, ""))
                .orElse(Place.in(file));
        return known.map(advice -> new Problem(place, advice.what(), advice.remedy()))
                .orElse(unknown(place));
    }

    static Problem unknown(Place place) {
        return new Problem(place, "this is not YAML.", "Put the value in quotes, or look at the lines above.");
    }
}
