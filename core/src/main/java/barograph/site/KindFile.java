package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.form.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the file of a kind of server: what such servers usually have in common, as data.
public final class KindFile {
    private static final Field<String> NAME = Field.required("kind", Words.NAME, "the name that site.yaml uses");
    private static final Field<String> TITLE = Field.required("title", Words.TITLE, "the name that people use");
    private static final Field<Optional<Config>> CONFIG = Field.optional(
            "config", ConfigForm.OF_KIND, "where its files usually are; left out where each server has to say it");
    private static final Field<Optional<LogSource>> LOG =
            Field.optional("log", LogForm.BOTH, "where it usually writes its logins");
    private static final Field<Optional<LogGrammar>> GRAMMAR = Field.optional(
            "grammar",
            GrammarForm.GRAMMAR,
            "how the lines of its log tell logins; its name is that of the kind. Left out where there is one as code");
    private static final Field<List<Placed<LogSample>>> SAMPLES =
            Field.or(List.of(), "samples", GrammarForm.SAMPLES, "lines of real logs, and the logins that they tell");
    private static final Field<String> LOG_NOTE = Field.or(
            "", "log-note", Words.SENTENCES, "how it is made to write its logins down, in words for its operators");
    private static final Field<Optional<Integer>> PORT =
            Field.optional("port", Words.PORT, "where it usually serves logins");
    private static final Field<List<String>> SPEAKS = Field.or(
            List.of("*"),
            "speaks",
            Words.PROTOCOLS,
            "the probe protocols that can be tried on it; one that ends in * stands for all that begin so");
    private static final Field<List<String>> SECRETS = Field.or(
            List.of(),
            "secrets",
            Words.SECRETS,
            "regular expressions whose first group is a secret in its files, to hide it in a diff");
    private static final Field<List<Look>> LOOKS = Field.or(
            List.of(),
            "looks",
            LookForm.LOOKS,
            "rules of experience: what in a diff of its files has broken logins before; they block nothing");
    private static final Field<String> RELOAD_NOTE = Field.required(
            "reload-note", Words.SENTENCES, "what people who log in meanwhile notice of a reload, in words for them");
    private static final Field<String> RESTART_NOTE = Field.required(
            "restart-note", Words.SENTENCES, "what people who log in meanwhile notice of a restart, in words for them");

    private static final Form<Kind> FORM = form();

    private KindFile() {}

    /// @param fileName what the file is called in problems
    public static Read<Kind> read(String fileName, byte[] yaml) {
        return Page.read(fileName, yaml, FORM);
    }

    /// What such a file may say.
    public static Form<Kind> form() {
        List<Field<?>> fields =
                new ArrayList<>(List.of(NAME, TITLE, CONFIG, LOG, LOG_NOTE, GRAMMAR, SAMPLES, PORT, SPEAKS, SECRETS));
        fields.addAll(CommandFields.ALL);
        fields.addAll(List.of(LOOKS, RELOAD_NOTE, RESTART_NOTE));
        return Form.fields(fields.toArray(Field<?>[]::new))
                .check(KindFile::check)
                .as("the map of a kind", KindFile::kind);
    }

    /// A grammar that nothing names would read nothing.
    private static List<Problem> check(Answers answers) {
        Optional<String> name = answers.find(NAME);
        Optional<String> named = answers.find(LOG).flatMap(log -> log).map(LogSource::grammar);
        boolean own = answers.find(GRAMMAR).flatMap(grammar -> grammar).isPresent();
        if (!own || name.isEmpty() || named.equals(name)) {
            return List.of();
        }
        return List.of(new Problem(
                answers.place(GRAMMAR),
                "nothing names this grammar, so it would read no log.",
                "Write log: { path: …, grammar: " + name.get() + " }."));
    }

    private static Kind kind(Answers answers) {
        return new Kind(
                answers.of(NAME),
                answers.of(TITLE),
                answers.of(CONFIG),
                CommandFields.over(CommandFields.NOTHING, answers),
                answers.of(LOG).map(log -> new LogSource(log.path(), log.grammar(), answers.of(GRAMMAR))),
                answers.of(LOG_NOTE),
                answers.of(SAMPLES),
                answers.of(PORT).map(OptionalInt::of).orElse(OptionalInt.empty()),
                answers.of(SPEAKS),
                answers.of(SECRETS),
                answers.of(LOOKS),
                answers.of(RELOAD_NOTE),
                answers.of(RESTART_NOTE));
    }
}
