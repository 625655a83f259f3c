package barograph.form;

import barograph.form.Written.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import tools.jackson.databind.node.ObjectNode;

/// A map from names, which the writer chooses, to things of one sort.
final class MapForm<T> extends Form<Map<String, T>> {
    private static final int MOST = 1000;

    private final String noun;
    private final TextForm name;
    private final Form<T> value;

    MapForm(String noun, TextForm name, Form<T> value) {
        this.noun = noun;
        this.name = name;
        this.value = value;
    }

    @Override
    Reading<Map<String, T>> read(Written written) {
        if (!(written.node() instanceof MappingNode map)) {
            return Reading.bad(ScalarForm.wrongShape(this, written));
        }
        Findings findings = new Findings();
        Map<String, T> values = new LinkedHashMap<>();
        Members members = Members.of(map, written, Shown::isHarmless);
        findings.problems().addAll(members.problems());
        members.byKey().forEach((key, member) -> {
            Optional<String> goodKey = findings.take(name.readText(key, member.key()));
            Optional<T> goodValue = findings.take(value.read(member.value()));
            if (goodKey.isPresent() && goodValue.isPresent()) {
                values.put(key, goodValue.get());
            }
        });
        if (members.byKey().size() > MOST) {
            findings.problems()
                    .add(new Problem(
                            written.place(),
                            "there are " + members.byKey().size() + " of them.",
                            "At most " + MOST + " are read."));
        }
        return findings.reading(Optional.of(values));
    }

    @Override
    Set<Shape> takes() {
        return Set.of(Shape.MAP);
    }

    @Override
    String wanted() {
        return "a map with the name of each " + noun;
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("object");
        ObjectNode names = name.schema();
        names.remove("type");
        schema.set("propertyNames", names);
        schema.set("additionalProperties", value.schema());
        return schema;
    }
}
