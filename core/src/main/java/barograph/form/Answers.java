package barograph.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/// What was filled in in a map of fields.
public final class Answers {
    private final Place place;
    private final Map<String, Written> written;
    private final Map<Field<?>, Answer<?>> answers;
    private final Map<String, Placed<String>> others;
    private final List<Noted> noted;

    /// @param value what could be made of a field; maybe only a part
    /// @param whole whether nothing is wrong with it
    /// @param place where its value stands, or the map that it would be in
    record Answer<T>(Optional<T> value, boolean whole, Place place) {}

    Answers(
            Place place,
            Map<String, Written> written,
            Map<Field<?>, Answer<?>> answers,
            Map<String, Placed<String>> others,
            List<Noted> noted) {
        this.place = place;
        this.written = written;
        this.answers = answers;
        this.others = others;
        this.noted = noted;
    }

    /// @throws IllegalStateException where the field is not one of this map's, or could not be read
    public <T> T of(Field<T> field) {
        return find(field).orElseThrow(() -> new IllegalStateException("no answer to " + field.name()));
    }

    /// What could be made of a field; maybe only a part, where there are problems in it.
    public <T> Optional<T> find(Field<T> field) {
        @SuppressWarnings("unchecked") // Fields put each field's own answer beside it
        Answer<T> answer = (Answer<T>) answer(field);
        return answer.value();
    }

    /// Whether nothing is wrong with a field.
    public boolean whole(Field<?> field) {
        return answer(field).whole();
    }

    /// Where a field's value stands; where it is left out, the map that it would be in.
    public Place place(Field<?> field) {
        return answer(field).place();
    }

    private Answer<?> answer(Field<?> field) {
        Answer<?> answer = answers.get(field);
        if (answer == null) {
            throw new IllegalStateException(field.name() + " is not a field of this map");
        }
        return answer;
    }

    /// Where the map itself stands.
    public Place place() {
        return place;
    }

    /// What stands there under the further names that the map takes, in the order of those names.
    public Map<String, Placed<String>> others() {
        return others;
    }

    /// Whether something stands there under a name, good or not.
    public boolean has(String name) {
        return written.containsKey(name);
    }

    /// The names in the map that stands under a field, good or not; none where no map stands there.
    public Set<String> names(Field<?> field) {
        Written there = written.get(field.name());
        return there != null && there.node() instanceof MappingNode map
                ? Members.of(map, there, _ -> false).byKey().keySet()
                : Set.of();
    }

    /// Everything in this map that carries a mark, however deep, in the order in which it was read.
    public <T> List<Placed<T>> noted(Note<T> note) {
        return noted.stream()
                .filter(each -> each.note() == note)
                .map(each -> note.on(each.value()))
                .toList();
    }

    /// Whether each field has an answer, if only a part of one.
    boolean complete() {
        return answers.values().stream().allMatch(answer -> answer.value().isPresent());
    }
}
