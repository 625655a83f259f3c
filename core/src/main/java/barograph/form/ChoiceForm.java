package barograph.form;

import barograph.form.Written.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One of some words, each of which stands for a value.
public final class ChoiceForm<T> extends Form<T> {
    private final String noun;
    private final Map<String, T> words;
    private final boolean open;

    ChoiceForm(String noun, Map<String, T> words, boolean open) {
        this.noun = noun;
        this.words = new LinkedHashMap<>(words);
        this.open = open;
    }

    /// The same, whose schema proposes these words but allows others: they differ from one installation to the next.
    public ChoiceForm<T> open() {
        return new ChoiceForm<>(noun, words, true);
    }

    @Override
    Reading<T> read(Written written) {
        if (!(written.node() instanceof ScalarNode scalar) || written.shape() == Shape.NOTHING) {
            return Reading.bad(ScalarForm.wrongShape(this, written));
        }
        T value = words.get(scalar.getValue());
        if (value == null) {
            boolean near = Nearest.to(scalar.getValue(), words.keySet()).isPresent();
            return Reading.bad(new Problem(
                    written.place(),
                    "there is no " + (near ? noun + " " + Shown.quoted(scalar.getValue()) : "such " + noun) + ".",
                    Nearest.remedy(scalar.getValue(), words.keySet())));
        }
        return Reading.good(value);
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.SCALAR);
    }

    @Override
    String wanted() {
        return words.isEmpty() ? "the name of a " + noun : "one of " + Nearest.listed(words.keySet());
    }

    @Override
    public ObjectNode schema() {
        if (words.isEmpty()) {
            return Schemas.type("string");
        }
        ObjectNode closed = Schemas.empty();
        ArrayNode list = closed.putArray("enum");
        words.keySet().forEach(list::add);
        return open ? Schemas.anyOf(closed, Schemas.type("string")) : closed;
    }
}
