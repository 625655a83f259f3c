package barograph.form;

import barograph.form.Written.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A map with fields of its own, and nothing else in it.
final class FieldsForm<T> extends Form<T> {
    private final String noun;
    private final Fields fields;
    private final Function<Answers, T> make;

    FieldsForm(String noun, Fields fields, Function<Answers, T> make) {
        this.noun = noun;
        this.fields = fields;
        this.make = make;
    }

    @Override
    Reading<T> read(Written written) {
        if (!(written.node() instanceof MappingNode map)) {
            return Reading.bad(ScalarForm.wrongShape(this, written));
        }
        Members members = Members.of(map, written, fields::isLikely);
        Findings findings = new Findings();
        findings.problems().addAll(fields.wrongNames(members));
        Answers answers = fields.answers(members, written, findings);
        List<Problem> together = fields.checked(answers);
        findings.problems().addAll(together);
        boolean sound = together.isEmpty() && answers.complete();
        return findings.reading(sound ? Optional.of(make.apply(answers)) : Optional.empty());
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.MAP);
    }

    @Override
    String wanted() {
        List<String> required = fields.fields().stream()
                .filter(Field::required)
                .map(Field::name)
                .toList();
        return required.isEmpty() ? noun : noun + " with " + String.join(", ", required);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("object");
        ObjectNode properties = schema.putObject("properties");
        fields.fields().forEach(field -> properties.set(field.name(), field.schema()));
        fields.others()
                .forEach((name, meaning) ->
                        properties.set(name, ScalarForm.ANY_SCALAR.get().put("description", meaning)));
        ArrayNode required = schema.putArray("required");
        fields.fields().stream().filter(Field::required).map(Field::name).forEach(required::add);
        if (required.isEmpty()) {
            schema.remove("required");
        }
        return schema.put("additionalProperties", false);
    }
}
