package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Note;
import barograph.form.Placed;
import barograph.form.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where logins to be replayed come from, as `site.yaml` says it.
final class ReplayForm {
    /// The probe that each is like.
    static final Note<String> LIKE = new Note<>(String.class);

    private static final Field<String> AS =
            Field.required("like", Words.NAME.noted(LIKE), "the probe whose protocol and options they use");
    private static final Field<Optional<Placed<Secret>>> LIST = Field.optional(
            "list",
            SecretForm.ANY.placed(),
            "names and references to passwords, as CSV or YAML: file:PATH or exec:COMMAND");
    private static final Field<Optional<String>> CAPTURE = Field.optional(
            "capture",
            Form.text().atMost(1000).called("a file"),
            "a file of captured RADIUS packets (pcap), relative to this one; read with the probe's secret, PAP only");
    private static final Field<Integer> AT_MOST =
            Field.or(100, "at-most", Form.whole(1, 10_000), "how many logins are tried; 100 if left out");

    static final Form<Function<String, ReplaySpec>> FORM =
            Form.fields(AS, LIST, CAPTURE, AT_MOST).check(ReplayForm::check).as("a replay", ReplayForm::make);

    private ReplayForm() {}

    private static List<Problem> check(Answers answers) {
        Optional<Placed<Secret>> list = answers.find(LIST).flatMap(written -> written);
        if (list.isPresent() && list.get().value() instanceof Secret.Plain) {
            return List.of(new Problem(
                    list.get().place(),
                    "a list of logins is not written out here.",
                    "Write file:PATH or exec:COMMAND."));
        }
        return answers.has(LIST.name()) == answers.has(CAPTURE.name())
                ? List.of(new Problem(
                        answers.place(),
                        "logins come from a list or from a capture, and this names "
                                + (answers.has(LIST.name()) ? "both." : "neither."),
                        "Write list: file:PATH, or capture: and a pcap file."))
                : List.of();
    }

    private static Function<String, ReplaySpec> make(Answers answers) {
        return name -> new ReplaySpec(
                name,
                new ProbeId(answers.of(AS)),
                answers.of(LIST).map(Placed::value),
                answers.of(CAPTURE),
                answers.of(AT_MOST));
    }
}
