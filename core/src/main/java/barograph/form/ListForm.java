package barograph.form;

import barograph.form.Written.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.node.ObjectNode;

/// A list of things of one sort.
final class ListForm<T> extends Form<List<T>> {
    private final Form<T> item;
    private final int least;
    private final int most;

    ListForm(Form<T> item, int least, int most) {
        this.item = item;
        this.least = least;
        this.most = most;
    }

    @Override
    Reading<List<T>> read(Written written) {
        if (!(written.node() instanceof SequenceNode list)) {
            return Reading.bad(ScalarForm.wrongShape(this, written));
        }
        List<T> values = new ArrayList<>();
        Findings findings = new Findings();
        int index = 0;
        for (Node node : list.getValue()) {
            findings.take(item.read(written.item(index++, node))).ifPresent(values::add);
        }
        if (index < least) {
            findings.problems()
                    .add(new Problem(
                            written.place(),
                            index == 0 ? "the list is empty." : "the list has only " + index + " items.",
                            "Write at least " + (least == 1 ? "one" : least) + "."));
        }
        if (index > most) {
            findings.problems()
                    .add(new Problem(
                            written.place(), "the list has " + index + " items.", "Write at most " + most + "."));
        }
        return findings.reading(Optional.of(List.copyOf(values)));
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.LIST);
    }

    @Override
    String wanted() {
        return "a list: [ first, second ]";
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("array");
        schema.set("items", item.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        return schema.put("maxItems", most);
    }
}
