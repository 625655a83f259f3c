package barograph.site;

import barograph.form.Field;
import barograph.form.Form;
import java.util.List;
import java.util.Optional;

/// The files that make up a configuration: as a kind brings them, or as one server differs from its kind.
///
/// @param root absent where the kind says it
record ConfigForm(Optional<String> root, Optional<List<String>> include, Optional<List<String>> exclude) {
    private static final Field<Optional<String>> ROOT =
            Field.optional("root", Words.FOLDER, "the absolute path of the configuration folder");
    private static final Field<String> OWN_ROOT =
            Field.required("root", Words.FOLDER, "the absolute path of the configuration folder");
    private static final Field<Optional<List<String>>> INCLUDE = Field.optional(
            "include", Words.PATTERNS, "shell patterns of the paths below the root that belong to it; all if left out");
    private static final Field<Optional<List<String>>> EXCLUDE = Field.optional(
            "exclude", Words.PATTERNS, "shell patterns of paths below the root that the server itself writes");

    static final ConfigForm AS_THE_KIND = new ConfigForm(Optional.empty(), Optional.empty(), Optional.empty());

    static final Form<ConfigForm> OF_SERVER = Form.fields(ROOT, INCLUDE, EXCLUDE)
            .as("a map", answers -> new ConfigForm(answers.of(ROOT), answers.of(INCLUDE), answers.of(EXCLUDE)));

    static final Form<Config> OF_KIND = Form.fields(OWN_ROOT, INCLUDE, EXCLUDE)
            .as(
                    "a map",
                    answers -> new Config(
                            answers.of(OWN_ROOT),
                            answers.of(INCLUDE).orElse(List.of()),
                            answers.of(EXCLUDE).orElse(List.of())));

    /// @throws java.util.NoSuchElementException where neither says the root
    Config over(Optional<Config> kind) {
        return new Config(
                root.or(() -> kind.map(Config::root)).orElseThrow(),
                include.or(() -> kind.map(Config::include)).orElse(List.of()),
                exclude.or(() -> kind.map(Config::exclude)).orElse(List.of()));
    }
}
