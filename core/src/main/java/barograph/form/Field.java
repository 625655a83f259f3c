package barograph.form;

import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.node.ObjectNode;

/// One field of a map: its name, what may be written there, and what holds when it is left out.
///
/// @param <T> what is made of it
public final class Field<T> {
    private final String name;
    private final Form<T> form;
    private final String meaning;
    private final boolean required;
    private final Optional<String> standard;
    private final BiFunction<Field<T>, Place, Reading<T>> absent;

    private Field(
            String name,
            Form<T> form,
            String meaning,
            boolean required,
            Optional<String> standard,
            BiFunction<Field<T>, Place, Reading<T>> absent) {
        this.name = name;
        this.form = form;
        this.meaning = meaning;
        this.required = required;
        this.standard = standard;
        this.absent = absent;
    }

    /// @param meaning what it is, in a phrase without a full stop: `when the watch ends at the latest`
    public static <T> Field<T> required(String name, Form<T> form, String meaning) {
        return new Field<>(name, form, meaning, true, Optional.empty(), Field::missing);
    }

    public static <T> Field<Optional<T>> optional(String name, Form<T> form, String meaning) {
        return new Field<>(
                name,
                form.map(Optional::of),
                meaning,
                false,
                Optional.empty(),
                (_, _) -> Reading.good(Optional.empty()));
    }

    /// @param standard what holds when it is left out, as one would write it
    public static <T> Field<T> standard(String name, Form<T> form, String standard, String meaning) {
        ScalarNode node = new ScalarNode(Tag.STR, standard, ScalarStyle.PLAIN);
        Reading<T> reading = form.read(new Written(node, "standard", name));
        if (!reading.whole()) {
            throw new IllegalArgumentException("the standard of " + name + " is bad: " + reading.problems());
        }
        return new Field<>(name, form, meaning, false, Optional.of(standard), (_, _) -> reading);
    }

    /// @param fallback what holds when it is left out
    public static <T> Field<T> or(T fallback, String name, Form<T> form, String meaning) {
        return new Field<>(name, form, meaning, false, Optional.empty(), (_, _) -> Reading.good(fallback));
    }

    private static <T> Reading<T> missing(Field<T> field, Place around) {
        return Reading.bad(new Problem(
                around,
                "it is missing.",
                "Add " + field.name + ": " + field.meaning + ". Write " + field.form.wanted() + "."));
    }

    public String name() {
        return name;
    }

    boolean required() {
        return required;
    }

    Reading<T> read(Written written) {
        if (written.shape() == Written.Shape.NOTHING) {
            return Reading.bad(new Problem(
                    written.place(),
                    "nothing is written here.",
                    "Write " + form.wanted() + (required ? "." : ", or take the line out.")));
        }
        return form.read(written);
    }

    /// @param around the place of the map that lacks it, with the path of the field
    Reading<T> absent(Place around) {
        return absent.apply(this, around);
    }

    ObjectNode schema() {
        ObjectNode schema = form.schema();
        String more =
                schema.has("description") ? " " + schema.get("description").stringValue() : "";
        schema.put("description", Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + "." + more);
        standard.ifPresent(text -> schema.put("default", text));
        return schema;
    }
}
