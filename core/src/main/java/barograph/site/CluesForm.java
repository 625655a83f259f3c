package barograph.site;

import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Problem;
import barograph.site.Clues.Backend;
import barograph.site.Clues.Meaning;
import barograph.site.Clues.Sign;
import com.google.re2j.Pattern;
import java.util.List;

/// The clues in a kind's file: what its servers lean on, and what their logs say when something is wrong.
final class CluesForm {
    private static final Field<String> IN =
            Field.required("in", Words.PATTERN, "which files name it, as a shell pattern below the root");
    private static final Field<Pattern> NAMES = Field.required(
            "names", GrammarForm.PATTERN, "what names it there, with the group host, and port and scheme if written");
    private static final Field<String> SPEAKS = Field.required("speaks", Words.NAME, "its protocol, such as ldap");
    private static final Field<Integer> PORT =
            Field.required("port", Words.PORT, "where it listens if the files do not say");

    private static final Field<Pattern> SAYS =
            Field.required("says", GrammarForm.PATTERN, "what such a line has in it");
    private static final Field<Meaning> MEANS =
            Field.required("means", Form.choice("meaning", Meaning.class), "what is wrong then");

    static final Field<List<Backend>> BACKENDS = Field.or(
            List.of(),
            "backends",
            Form.list(
                    Form.fields(IN, NAMES, SPEAKS, PORT)
                            .check(answers -> answers.find(NAMES)
                                    .filter(names -> !names.namedGroups().containsKey("host"))
                                    .map(_ -> List.of(new Problem(
                                            answers.place(NAMES),
                                            "it has no group 'host', so it names nothing.",
                                            "Write (?P<host>…) around the name or address.")))
                                    .orElse(List.of()))
                            .as(
                                    "a place that names a backend",
                                    answers -> new Backend(
                                            answers.of(IN), answers.of(NAMES), answers.of(SPEAKS), answers.of(PORT))),
                    0,
                    20),
            "where its files name what it leans on to judge a login, such as a directory: looked at when logins fail");
    static final Field<List<Sign>> SIGNS = Field.or(
            List.of(),
            "signs",
            Form.list(
                    Form.fields(SAYS, MEANS).as("a sign", answers -> new Sign(answers.of(SAYS), answers.of(MEANS))),
                    0,
                    50),
            "lines of its log that say what is wrong when logins fail; the first that is found in a line counts");

    private CluesForm() {}
}
