package barograph.form;

import barograph.form.Written.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.node.ObjectNode;

/// Text: not blank, not too long, without characters that steer a terminal.
///
/// What YAML reads as a number or as true and false is not text: other programs that read the file would not see what
/// was written (`1e3`, `0x10`). As a key it is, because keys are always names here.
public final class TextForm extends Form<String> {
    private final String noun;
    private final String detail;
    private final Optional<Pattern> pattern;
    private final int longest;
    private final boolean lines;

    TextForm(String noun) {
        this(noun, "", Optional.empty(), 200, false);
    }

    private TextForm(String noun, String detail, Optional<Pattern> pattern, int longest, boolean lines) {
        this.noun = noun;
        this.detail = detail;
        this.pattern = pattern;
        this.longest = longest;
        this.lines = lines;
    }

    /// @param shape a regular expression that works in Java and in JSON Schema alike; the whole text must match it
    /// @param name what such text is, with its article: `a mail address`
    /// @param more what goes on after that where it is asked for: ` such as dana@acme.example`
    public TextForm matching(Pattern shape, String name, String more) {
        return new TextForm(name, more, Optional.of(shape), longest, lines);
    }

    /// @param name as in [#matching(Pattern, String, String)]
    public TextForm called(String name) {
        return new TextForm(name, "", pattern, longest, lines);
    }

    public TextForm atMost(int characters) {
        return new TextForm(noun, detail, pattern, characters, lines);
    }

    /// It may have several lines.
    public TextForm lines() {
        return new TextForm(noun, detail, pattern, longest, true);
    }

    @Override
    Reading<String> read(Written written) {
        if (!(written.node() instanceof ScalarNode scalar) || written.shape() == Shape.NOTHING) {
            return Reading.bad(ScalarForm.wrongShape(this, written));
        }
        if (!scalar.getTag().equals(Tag.STR)) {
            String what = scalar.getTag().equals(Tag.BOOL) ? "true or false" : "a number";
            return Reading.bad(new Problem(
                    written.place(),
                    Shown.quoted(scalar.getValue()) + " is " + what + " to YAML.",
                    "Put it in quotes."));
        }
        return readText(scalar.getValue(), written.place());
    }

    private boolean isShaped(String text) {
        return pattern.isEmpty() || pattern.get().matcher(text).matches();
    }

    /// The same of a key, whose text is taken as it is written.
    Reading<String> readText(String text, Place place) {
        List<Problem> problems = new ArrayList<>(unfit(text, longest, lines, place));
        if (problems.isEmpty() && !isShaped(text)) {
            problems.add(new Problem(place, Shown.quoted(text) + " is not " + noun + ".", "Write " + wanted() + "."));
        }
        return problems.isEmpty() ? Reading.good(text) : Reading.bad(problems);
    }

    /// What no text may be.
    static List<Problem> unfit(String text, int longest, boolean lines, Place place) {
        List<Problem> problems = new ArrayList<>();
        if (text.isBlank()) {
            problems.add(new Problem(place, "the text is empty.", "Write something."));
        }
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            problems.add(
                    new Problem(place, "the text has " + length + " characters.", "Write at most " + longest + "."));
        }
        if (!lines && text.indexOf('\n') >= 0) {
            problems.add(new Problem(place, "the text has several lines.", "Write it on one line."));
        }
        text.codePoints()
                .filter(point -> Shown.steers(point) && point != '\n' && !(lines && point == '\t'))
                .findFirst()
                .ifPresent(point -> problems.add(new Problem(
                        place, "the text holds the invisible character U+%04X.".formatted(point), "Take it out.")));
        return problems;
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.SCALAR);
    }

    @Override
    String wanted() {
        return noun + detail;
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("string").put("minLength", 1).put("maxLength", longest);
        pattern.ifPresent(shape -> schema.put("pattern", "^(?:" + shape.pattern() + ")$"));
        return schema;
    }
}
