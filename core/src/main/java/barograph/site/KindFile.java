package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
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
                new ArrayList<>(List.of(NAME, TITLE, CONFIG, LOG, PORT, SPEAKS, SECRETS, RELOAD_NOTE, RESTART_NOTE));
        fields.addAll(CommandFields.ALL);
        return Form.fields(fields.toArray(Field<?>[]::new)).as("the map of a kind", KindFile::kind);
    }

    private static Kind kind(Answers answers) {
        return new Kind(
                answers.of(NAME),
                answers.of(TITLE),
                answers.of(CONFIG),
                CommandFields.over(CommandFields.NOTHING, answers),
                answers.of(LOG),
                answers.of(PORT).map(OptionalInt::of).orElse(OptionalInt.empty()),
                answers.of(SPEAKS),
                answers.of(SECRETS),
                answers.of(RELOAD_NOTE),
                answers.of(RESTART_NOTE));
    }
}
