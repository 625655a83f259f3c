package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Note;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a site wants to be true before a change goes out.
final class GatesForm {
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

    private static final Field<Optional<Double>> COVERAGE = Field.optional(
            "coverage",
            Form.percent("1", "100"),
            "the least share of the logins of the last days that the probes must stand for; any will do if left out");

    private static final Map<Role, Note<Integer>> NOTES = notes();
    private static final Map<Role, Field<Optional<Integer>>> ROLES = roles();
    private static final Field<Map<Role, Integer>> APPROVALS = Field.or(
            Map.of(),
            "approvals",
            Form.fields(ROLES.values().toArray(Field<?>[]::new)).as("a map", GatesForm::byRole),
            "how many people of each role must agree; nobody if left out");

    static final Form<GateRules> FORM =
            Form.fields(REHEARSAL, CLAIMS, FORECAST, COVERAGE, APPROVALS).as("a map", GatesForm::make);

    private GatesForm() {}

    /// Where the approvals that are wanted of a role are marked.
    static Note<Integer> wantedOf(Role role) {
        return Objects.requireNonNull(NOTES.get(role));
    }

    private static Map<String, Boolean> wanted() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("required", true);
        words.put("optional", false);
        return words;
    }

    private static Map<Role, Note<Integer>> notes() {
        Map<Role, Note<Integer>> notes = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            notes.put(role, new Note<>(Integer.class));
        }
        return notes;
    }

    private static Map<Role, Field<Optional<Integer>>> roles() {
        Map<Role, Field<Optional<Integer>>> fields = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            Form<Integer> people = Form.whole(0, 20).noted(wantedOf(role));
            fields.put(role, Field.optional(name, people, "how many people of " + name + " parties must agree"));
        }
        return fields;
    }

    private static Map<Role, Integer> byRole(Answers answers) {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        ROLES.forEach((role, field) -> answers.of(field).ifPresent(count -> counts.put(role, count)));
        return counts;
    }

    private static GateRules make(Answers answers) {
        return new GateRules(
                answers.of(REHEARSAL),
                answers.of(CLAIMS),
                answers.of(FORECAST),
                answers.of(APPROVALS),
                answers.of(COVERAGE));
    }
}
