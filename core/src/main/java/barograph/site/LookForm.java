package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A rule of experience in a kind's file.
final class LookForm {
    private static final Field<String> SAYS =
            Field.required("says", Words.SENTENCES, "what may come of it, a clause for a person");
    private static final Field<List<String>> FILES =
            Field.required("files", Words.PATTERNS, "shell patterns of the files that it looks at, below the root");
    private static final Field<Optional<Pattern>> ADDS =
            Field.optional("adds", GrammarForm.PATTERN, "fits a line that comes in");
    private static final Field<Optional<Pattern>> DROPS =
            Field.optional("drops", GrammarForm.PATTERN, "fits a line that goes out");
    private static final Field<Optional<Pattern>> TOUCHES =
            Field.optional("touches", GrammarForm.PATTERN, "fits a line that comes in or goes out");
    private static final Field<Boolean> GONE = Field.or(
            false,
            "gone",
            Form.choice("answer", Map.of("yes", true, "no", false)),
            "yes where only a file that is taken out counts");
    private static final Field<Double> WEIGHT = Field.required(
            "weight", Form.number(0, 3), "what it adds to the log odds of harm; 0.7 doubles the odds, 0 only tells");
    private static final Field<String> SOURCE =
            Field.required("source", Words.SENTENCES, "where that is known from, for whoever doubts it");

    static final Form<List<Look>> LOOKS = Form.list(
            Form.fields(SAYS, FILES, ADDS, DROPS, TOUCHES, GONE, WEIGHT, SOURCE)
                    .as("a rule of experience", LookForm::look),
            0,
            100);

    private LookForm() {}

    private static Look look(Answers answers) {
        return new Look(
                answers.of(SAYS).strip(),
                answers.of(FILES),
                answers.of(ADDS),
                answers.of(DROPS),
                answers.of(TOUCHES),
                answers.of(GONE),
                answers.of(WEIGHT),
                answers.of(SOURCE).strip());
    }
}
