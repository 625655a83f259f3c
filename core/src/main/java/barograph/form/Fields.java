package barograph.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The fields of a map, and what must be true of them together: the makings of a [Form].
public final class Fields {
    private static final Pattern SLIP = Pattern.compile("[A-Za-z_-]{1,30}");

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
        List<String> known = known();
        List<Problem> problems = new ArrayList<>(members.problems());
        members.byKey().forEach((name, member) -> {
            Refusal refusal = refusals.get(name);
            if (refusal != null) {
                problems.add(new Problem(member.key(), refusal.what(), refusal.remedy()));
            } else if (!known.contains(name)) {
                problems.add(new Problem(
                        member.key(),
                        "there is no such field here.",
                        isLikely(name) ? Nearest.remedy(name, known) : "Known: " + Nearest.listed(known) + "."));
            }
        });
        return problems;
    }

    /// Whether a name is a field's, or a slip of the pen away from one.
    boolean isLikely(String name) {
        return refusals.containsKey(name)
                || known().contains(name)
                || (SLIP.matcher(name).matches() && Nearest.to(name, known()).isPresent());
    }

    private List<String> known() {
        List<String> known = new ArrayList<>(fields.stream().map(Field::name).toList());
        known.addAll(others.keySet());
        return known;
    }

    /// The members under the names that were meant: a misspelt field is read all the same, so that what is wrong in
    /// it is told together with its name.
    private Map<String, Written> meant(Members members) {
        List<String> known = known();
        Map<String, Written> meant = new LinkedHashMap<>();
        members.byKey().forEach((name, member) -> {
            if (known.contains(name)) {
                meant.put(name, member.value());
            }
        });
        members.byKey().forEach((name, member) -> {
            if (!known.contains(name) && !refusals.containsKey(name) && isLikely(name)) {
                Nearest.to(name, known).ifPresent(near -> meant.putIfAbsent(near, member.value()));
            }
        });
        return meant;
    }

    /// Reads each field, be it there or not.
    Answers answers(Members members, Written written, Findings findings) {
        Map<String, Written> meant = meant(members);
        Map<Field<?>, Answers.Answer<?>> answers = new LinkedHashMap<>();
        for (Field<?> field : fields) {
            answers.put(field, answer(field, Optional.ofNullable(meant.get(field.name())), written, findings));
        }
        Form<Placed<String>> scalar = Form.hiddenScalar().placed();
        Map<String, Placed<String>> extras = new LinkedHashMap<>();
        for (String name : others.keySet()) {
            Optional.ofNullable(meant.get(name))
                    .flatMap(value -> findings.take(scalar.read(value)))
                    .ifPresent(value -> extras.put(name, value));
        }
        return new Answers(written.place(), meant, answers, extras, List.copyOf(findings.noted()));
    }

    private static <T> Answers.Answer<T> answer(
            Field<T> field, Optional<Written> there, Written around, Findings findings) {
        Place map = around.place();
        Place place = there.map(Written::place)
                .orElse(new Place(map.file(), map.line(), map.column(), around.below(field.name())));
        Reading<T> reading = there.isPresent() ? field.read(there.get()) : field.absent(place);
        return new Answers.Answer<>(findings.take(reading), reading.whole(), place);
    }

    List<Problem> checked(Answers answers) {
        return checks.stream().flatMap(check -> check.apply(answers).stream()).toList();
    }
}
