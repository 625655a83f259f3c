package barograph.change;

import barograph.expectations.Expectation;
import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Problem;
import barograph.site.ProbeId;
import barograph.site.ProbeSpec.Expect;
import barograph.site.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An expectation, as `change.yaml` writes it.
final class ExpectationForm {
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:;-]*");
    private static final Field<Map<String, String>> REPLY = Field.or(
            Map.of(),
            "reply",
            Form.map(
                    "attribute",
                    Form.text().matching(ATTRIBUTE, "an attribute's name", " such as Session-Timeout"),
                    Form.scalar()),
            "attributes that the answer must have by then, with their values");
    private static final Field<Optional<String>> GROUP = Field.optional(
            "group",
            Form.text().atMost(500).called("a group"),
            "the group that the user must be found in by then: what the probe's member-of says");
    private static final Field<Optional<String>> REDIRECT = Field.optional(
            "redirect",
            Form.text().atMost(2000).called("a place"),
            "where a web login must end by then: the path of the page, such as /portal");
    private static final Field<Map<String, String>> CLAIM = Field.or(
            Map.of(),
            "claim",
            Form.map("claim", Form.text().matching(ATTRIBUTE, "a claim's name", " such as department"), Form.scalar()),
            "claims that the ID token must hold by then, with their values");
    private static final Field<Optional<Expect>> OUTCOME = Field.optional(
            "outcome",
            Form.choice("outcome", Expect.class),
            "what must come of the probe by then, where that is not what the site expects of it anyway");

    private final Field<ProbeId> probe;

    private ExpectationForm(Site site) {
        Map<String, ProbeId> known = new LinkedHashMap<>();
        site.probes().forEach(each -> known.put(each.id().value(), each.id()));
        probe = Field.required("probe", Form.choice("probe", known).open(), "the probe that looks");
    }

    static Form<Expectation> of(Site site) {
        ExpectationForm form = new ExpectationForm(site);
        return Form.fields(form.probe, REPLY, GROUP, REDIRECT, CLAIM, OUTCOME)
                .check(ExpectationForm::something)
                .as("an expectation", form::make);
    }

    private static List<Problem> something(Answers answers) {
        return Stream.of(REPLY, GROUP, REDIRECT, CLAIM, OUTCOME).anyMatch(field -> answers.has(field.name()))
                ? List.of()
                : List.of(new Problem(
                        answers.place(),
                        "nothing is expected here.",
                        "Write reply: { attribute: value }, group, redirect, claim, or outcome: accept or reject."));
    }

    private Expectation make(Answers answers) {
        Map<String, String> reply = new LinkedHashMap<>(answers.of(REPLY));
        answers.of(GROUP).ifPresent(group -> reply.put("group", group));
        answers.of(REDIRECT).ifPresent(place -> reply.put("redirect", place));
        answers.of(CLAIM).forEach((name, value) -> reply.put("claim:" + name, value));
        return new Expectation(answers.of(probe), reply, answers.of(OUTCOME));
    }
}
