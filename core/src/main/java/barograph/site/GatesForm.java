package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Placed;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a site wants to be true before a change goes out.
///
/// @param approvals the wanted approvals with their places
record GatesForm(GateRules rules, Map<Role, Placed<Integer>> approvals) {
    private static final Map<String, Boolean> WANTED = wanted();
    private static final Field<Boolean> REHEARSAL = Field.standard(
            "rehearsal",
            Form.choice("rule", WANTED),
            "required",
            "whether a backup server must have rehearsed it without a difference for the worse");
    private static final Field<Boolean> CLAIMS = Field.standard(
            "claims",
            Form.choice("rule", WANTED),
            "required",
            "whether every claim about a party must be confirmed by that party");
    private static final Field<Double> FORECAST = Field.standard(
            "forecast", Form.percent("0", "100"), "20%", "the highest probability of harm that needs no waiver");

    private static final Form<Placed<Integer>> PEOPLE = Form.whole(0, 20).placed();
    private static final Field<Optional<Placed<Integer>>> CUSTOMER = approvalsOf(Role.CUSTOMER);
    private static final Field<Optional<Placed<Integer>>> VENDOR = approvalsOf(Role.VENDOR);
    private static final Field<Optional<Placed<Integer>>> OPERATOR = approvalsOf(Role.OPERATOR);
    private static final Form<Map<Role, Placed<Integer>>> BY_ROLE =
            Form.fields(CUSTOMER, VENDOR, OPERATOR).as("a map", GatesForm::byRole);
    private static final Field<Map<Role, Placed<Integer>>> APPROVALS =
            Field.or(Map.of(), "approvals", BY_ROLE, "how many people of each role must agree; nobody if left out");

    static final GatesForm STANDARD = new GatesForm(new GateRules(true, true, 0.2, Map.of()), Map.of());

    static final Form<GatesForm> FORM =
            Form.fields(REHEARSAL, CLAIMS, FORECAST, APPROVALS).as("a map", GatesForm::make);

    private static Map<String, Boolean> wanted() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("required", true);
        words.put("optional", false);
        return words;
    }

    private static Field<Optional<Placed<Integer>>> approvalsOf(Role role) {
        String name = role.name().toLowerCase(Locale.ROOT);
        return Field.optional(name, PEOPLE, "how many people of " + name + " parties must agree");
    }

    private static Map<Role, Placed<Integer>> byRole(Answers answers) {
        Map<Role, Placed<Integer>> counts = new EnumMap<>(Role.class);
        answers.of(CUSTOMER).ifPresent(count -> counts.put(Role.CUSTOMER, count));
        answers.of(VENDOR).ifPresent(count -> counts.put(Role.VENDOR, count));
        answers.of(OPERATOR).ifPresent(count -> counts.put(Role.OPERATOR, count));
        return counts;
    }

    private static GatesForm make(Answers answers) {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        answers.of(APPROVALS).forEach((role, count) -> counts.put(role, count.value()));
        return new GatesForm(
                new GateRules(answers.of(REHEARSAL), answers.of(CLAIMS), answers.of(FORECAST), counts),
                answers.of(APPROVALS));
    }
}
