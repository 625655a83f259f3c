package barograph.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was filled in in a map of fields.
public final class Answers {
    private final Place place;
    private final Map<Field<?>, Reading<?>> readings;
    private final Map<Field<?>, Place> places;
    private final Map<String, Reading<Placed<String>>> others;

    Answers(
            Place place,
            Map<Field<?>, Reading<?>> readings,
            Map<Field<?>, Place> places,
            Map<String, Reading<Placed<String>>> others) {
        this.place = place;
        this.readings = readings;
        this.places = places;
        this.others = others;
    }

    /// @throws IllegalStateException where the field is not one of this map's, or could not be read
    public <T> T of(Field<T> field) {
        return find(field).orElseThrow(() -> new IllegalStateException("no answer to " + field.name()));
    }

    /// What could be made of a field; maybe only a part, where there are problems in it.
    public <T> Optional<T> find(Field<T> field) {
        @SuppressWarnings("unchecked") // Fields put each field's own reading beside it
        Reading<T> reading = (Reading<T>) reading(field);
        return reading.value();
    }

    /// Whether nothing is wrong with a field.
    public boolean whole(Field<?> field) {
        return reading(field).whole();
    }

    private Reading<?> reading(Field<?> field) {
        Reading<?> reading = readings.get(field);
        if (reading == null) {
            throw new IllegalStateException(field.name() + " is not a field of this map");
        }
        return reading;
    }

    /// Where a field's value stands; where it is left out, the map that it would be in.
    public Place place(Field<?> field) {
        return places.getOrDefault(field, place);
    }

    /// Where the map itself stands.
    public Place place() {
        return place;
    }

    /// What stands there under the further names that the map takes, in the order of those names.
    public Map<String, Placed<String>> others() {
        Map<String, Placed<String>> values = new LinkedHashMap<>();
        others.forEach((name, reading) -> reading.value().ifPresent(value -> values.put(name, value)));
        return values;
    }

    /// Whether something stands there under one of those names, good or not.
    public boolean has(String other) {
        return others.containsKey(other);
    }

    /// Whether each field has an answer, if only a part of one.
    boolean complete() {
        return readings.values().stream().allMatch(reading -> reading.value().isPresent());
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        readings.values().forEach(reading -> problems.addAll(reading.problems()));
        others.values().forEach(reading -> problems.addAll(reading.problems()));
        return problems;
    }
}
