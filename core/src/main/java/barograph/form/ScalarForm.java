package barograph.form;

import barograph.form.Written.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import tools.jackson.databind.node.ObjectNode;

/// A single value, read from its text just as it is written.
final class ScalarForm<T> extends Form<T> {
    /// No value that is read by a notation is longer.
    private static final int LONGEST = 4000;

    static final Supplier<ObjectNode> ANY_SCALAR = () -> Schemas.types("string", "number", "boolean");

    private final String wanted;
    private final Supplier<ObjectNode> schema;
    private final boolean hidden;
    private final Function<String, Parsed<T>> parse;

    /// @param hidden whether no message may repeat the value
    ScalarForm(String wanted, Supplier<ObjectNode> schema, boolean hidden, Function<String, Parsed<T>> parse) {
        this.wanted = wanted;
        this.schema = schema;
        this.hidden = hidden;
        this.parse = parse;
    }

    static Supplier<ObjectNode> textSchema(String pattern) {
        return () -> Schemas.type("string").put("pattern", pattern);
    }

    @Override
    Reading<T> read(Written written) {
        if (!(written.node() instanceof ScalarNode scalar) || written.shape() == Shape.NOTHING) {
            return Reading.bad(wrongShape(this, written));
        }
        String text = scalar.getValue();
        List<Problem> unfit = TextForm.unfit(text, LONGEST, true, written.place());
        if (!unfit.isEmpty()) {
            return Reading.bad(unfit);
        }
        return switch (parse.apply(text)) {
            case Parsed.Right<T>(T value) -> Reading.good(value);
            case Parsed.Wrong<T>(String complaint, String remedy) ->
                Reading.bad(new Problem(
                        written.place(), (hidden ? "the value" : Shown.quoted(text)) + " " + complaint, remedy));
        };
    }

    /// What is said where a list stands instead of a map, and the like. It never repeats what stands there.
    static Problem wrongShape(Form<?> form, Written written) {
        String what = written.shape() == Shape.NOTHING ? "nothing is written" : written.shape().words + " stands";
        return new Problem(written.place(), what + " here.", "Write " + form.wanted() + ".");
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.SCALAR);
    }

    @Override
    String wanted() {
        return wanted;
    }

    @Override
    public ObjectNode schema() {
        return schema.get();
    }
}
