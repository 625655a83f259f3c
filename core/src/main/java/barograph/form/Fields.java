package barograph.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The fields of a map, and what must be true of them together: the makings of a [Form].
public final class Fields {
    private final List<Field<?>> fields;
    private final Map<String, String> others;
    private final Map<String, Refusal> refusals;
    private final List<Function<Answers, List<Problem>>> checks;

    Fields(Field<?>... fields) {
        this(List.of(fields), Map.of(), Map.of(), List.of());
    }

    private Fields(
            List<Field<?>> fields,
            Map<String, String> others,
            Map<String, Refusal> refusals,
            List<Function<Answers, List<Problem>>> checks) {
        this.fields = fields;
        this.others = others;
        this.refusals = refusals;
        this.checks = checks;
    }

    /// A field that people may well try, and that is not to be had.
    record Refusal(String what, String remedy) {}

    /// The same with a further look, which is taken even where some fields are bad: it asks [Answers#find].
    public Fields check(Function<Answers, List<Problem>> check) {
        List<Function<Answers, List<Problem>>> all = new ArrayList<>(checks);
        all.add(check);
        return new Fields(fields, others, refusals, all);
    }

    /// The same with single values under further names, which no message repeats ([Answers#others]).
    ///
    /// @param meanings what each is, by its name
    public Fields others(Map<String, String> meanings) {
        return new Fields(fields, new LinkedHashMap<>(meanings), refusals, checks);
    }

    /// The same with a name that is answered with a problem of its own.
    public Fields refusing(String name, String what, String remedy) {
        Map<String, Refusal> all = new LinkedHashMap<>(refusals);
        all.put(name, new Refusal(what, remedy));
        return new Fields(fields, others, all, checks);
    }

    /// The form that makes a `T` of the answers, once each field has one and no check finds anything.
    ///
    /// @param noun what such a map is, for problems: `a server`
    public <T> Form<T> as(String noun, Function<Answers, T> make) {
        return new FieldsForm<>(noun, this, make);
    }

    List<Field<?>> fields() {
        return fields;
    }

    Map<String, String> others() {
        return others;
    }

    /// All that is wrong with the names themselves.
    List<Problem> wrongNames(Members members) {
        List<String> known = new ArrayList<>(fields.stream().map(Field::name).toList());
        known.addAll(others.keySet());
        List<Problem> problems = new ArrayList<>(members.problems());
        members.byKey().forEach((name, member) -> {
            if (refusals.containsKey(name)) {
                Refusal refusal = refusals.get(name);
                problems.add(new Problem(member.key(), refusal.what(), refusal.remedy()));
            } else if (!known.contains(name)) {
                problems.add(new Problem(member.key(), "there is no such field here.", Nearest.remedy(name, known)));
            }
        });
        return problems;
    }

    /// Reads each field, be it there or not.
    Answers answers(Members members, Written written) {
        Map<Field<?>, Reading<?>> readings = new LinkedHashMap<>();
        Map<Field<?>, Place> places = new LinkedHashMap<>();
        for (Field<?> field : fields) {
            Members.Member member = members.byKey().get(field.name());
            Place around = written.place();
            Place absent = new Place(around.file(), around.line(), around.column(), written.below(field.name()));
            places.put(field, member == null ? absent : member.value().place());
            readings.put(field, member == null ? field.absent(absent) : field.read(member.value()));
        }
        return new Answers(written.place(), readings, places, extras(members));
    }

    private Map<String, Reading<Placed<String>>> extras(Members members) {
        Form<Placed<String>> form = Form.hiddenScalar().placed();
        Map<String, Reading<Placed<String>>> extras = new LinkedHashMap<>();
        others.keySet()
                .forEach(name -> Optional.ofNullable(members.byKey().get(name))
                        .ifPresent(member -> extras.put(name, form.read(member.value()))));
        return extras;
    }

    List<Problem> checked(Answers answers) {
        return checks.stream().flatMap(check -> check.apply(answers).stream()).toList();
    }
}
