package barograph.form;

import barograph.form.Written.Shape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.node.ObjectNode;

/// What may be written in one place of a file: reads it into a `T`, and describes itself as JSON Schema (2020-12).
///
/// Forms are made of forms; the ways to make one are the static methods here, [Fields] and [TextForm]. A form holds no
/// state and may be used by several threads.
public abstract class Form<T> {
    Form() {}

    abstract Reading<T> read(Written written);

    /// The outward forms that it can read.
    abstract Set<Shape> takes();

    /// What it wants, as it goes on after "Write": `a duration such as 30m`.
    abstract String wanted();

    /// This form as JSON Schema; a fresh node each time.
    public abstract ObjectNode schema();

    /// Text on one line, at most 200 characters.
    public static TextForm text() {
        return new TextForm("text");
    }

    /// Any single value, just as it is written: text, a number, `true`.
    public static Form<String> scalar() {
        return new ScalarForm<>("a single value", ScalarForm.ANY_SCALAR, false, Parsed.Right::new);
    }

    /// The same for a value that no message may repeat.
    static Form<String> hiddenScalar() {
        return hidden("a single value", Parsed.Right::new);
    }

    /// Any single value, just as it is written, that no message may repeat; `parse` must not put it into its remedies.
    public static <T> Form<T> hidden(String wanted, Function<String, Parsed<T>> parse) {
        return new ScalarForm<>(wanted, ScalarForm.ANY_SCALAR, true, parse);
    }

    /// A value in a notation of its own.
    ///
    /// @param wanted a noun with its article and an example: `an address such as ssh://ops@10.0.0.9`
    /// @param pattern the notation as a regular expression, for the schema
    public static <T> Form<T> notation(String wanted, String pattern, Function<String, Parsed<T>> parse) {
        return new ScalarForm<>(wanted, ScalarForm.textSchema(pattern), false, parse);
    }

    /// The same for a value that no message may repeat; `parse` must not put it into its remedies.
    public static <T> Form<T> hiddenNotation(String wanted, String pattern, Function<String, Parsed<T>> parse) {
        return new ScalarForm<>(wanted, ScalarForm.textSchema(pattern), true, parse);
    }

    /// A span of time, such as `30m` or `1h30m`, within limits (both included).
    public static Form<Duration> duration(Duration least, Duration most) {
        return notation(
                "a duration such as " + Spans.sample(least, most),
                Spans.PATTERN,
                text -> Spans.parse(text, least, most));
    }

    /// A share, written in percent: `1%` is 0.01. Both limits are percents, and included.
    public static Form<Double> percent(String least, String most) {
        Percents limits = new Percents(least, most);
        return notation("a percentage from " + least + "% to " + most + "%", Percents.PATTERN, limits::parse);
    }

    /// A number of bytes, such as `10MiB`, within limits (both included).
    public static Form<Long> size(long least, long most) {
        return notation("a size such as 10MiB", Sizes.PATTERN, text -> Sizes.parse(text, least, most));
    }

    /// A whole number within limits (both included).
    public static Form<Integer> whole(int least, int most) {
        return new ScalarForm<>(
                "a whole number from " + least + " to " + most,
                () -> Schemas.type("integer").put("minimum", least).put("maximum", most),
                false,
                text -> Wholes.parse(text, least, most));
    }

    /// A number within limits (both included), such as `0.5`.
    public static Form<Double> number(double least, double most) {
        String wanted = "a number from " + least + " to " + most;
        return new ScalarForm<>(
                wanted,
                () -> Schemas.type("number").put("minimum", least).put("maximum", most),
                false,
                text -> number(text, least, most)
                        .<Parsed<Double>>map(Parsed.Right::new)
                        .orElseGet(() -> new Parsed.Wrong<>("is not " + wanted + ".", "Write " + wanted + ".")));
    }

    private static Optional<Double> number(String text, double least, double most) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty(); // the caller says what is wanted
        }
    }

    /// One of some words.
    ///
    /// @param noun what the words name: `kind`
    public static <T> ChoiceForm<T> choice(String noun, Map<String, T> words) {
        return new ChoiceForm<>(noun, words, false);
    }

    /// One of an enum's constants, written in lower case with dashes: `roll-back`.
    public static <E extends Enum<E>> ChoiceForm<E> choice(String noun, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return choice(noun, words);
    }

    /// A list; its items in the order in which they are written.
    public static <T> Form<List<T>> list(Form<T> item, int least, int most) {
        return new ListForm<>(item, least, most);
    }

    /// A map from names, which the writer chooses, to values, in the order in which they are written; at most 1000.
    ///
    /// @param noun what the names are for: `attribute`
    public static <T> Form<Map<String, T>> map(String noun, TextForm name, Form<T> value) {
        return new MapForm<>(noun, name, value);
    }

    /// A map from names to things that know their name.
    ///
    /// @param noun what the names are for: `party`
    /// @param value makes a thing once it is told its name
    public static <T> Form<List<Placed<T>>> named(String noun, TextForm name, Form<Function<String, T>> value) {
        return map(noun, name, value.placed())
                .map(things -> things.entrySet().stream()
                        .map(thing -> new Placed<>(
                                thing.getValue().value().apply(thing.getKey()),
                                thing.getValue().place()))
                        .toList());
    }

    /// A map with fields of its own.
    public static Fields fields(Field<?>... fields) {
        return new Fields(fields);
    }

    /// Whichever of two forms can read what is written, by its outward form: a single value, a list or a map.
    public static <T> Form<T> either(Form<T> one, Form<T> other) {
        return new EitherForm<>(one, other);
    }

    /// What it makes of a map with nothing in it: all the standards of its fields.
    ///
    /// @throws IllegalStateException where it takes no map, or some field is required
    public T blank() {
        MappingNode nothing = new MappingNode(Tag.MAP, List.of(), FlowStyle.FLOW);
        Reading<T> reading = read(new Written(nothing, "blank", ""));
        if (!reading.whole()) {
            throw new IllegalStateException("it does not go without fields: " + reading.problems());
        }
        return reading.value().orElseThrow();
    }

    /// The same, with something else made of the value.
    public <U> Form<U> map(Function<? super T, ? extends U> change) {
        return new CheckedForm<>(this, (value, _) -> List.of(), (value, _) -> change.apply(value));
    }

    /// The same, with a further look at each value.
    public Form<T> check(Check<T> check) {
        return new CheckedForm<>(this, check, (value, _) -> value);
    }

    /// The same, with the place of each value kept beside it.
    public Form<Placed<T>> placed() {
        return new CheckedForm<>(this, (_, _) -> List.of(), Placed::new);
    }

    /// The same, with a mark on each value that it reads.
    public Form<T> noted(Note<T> note) {
        return new NotedForm<>(this, note);
    }

    /// A further look at a value that is good in itself.
    public interface Check<T> {
        List<Problem> problems(T value, Place place);
    }
}
