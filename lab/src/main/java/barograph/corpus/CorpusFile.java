package barograph.corpus;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Page;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.form.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads a file of the corpus: a stand, and the changes to it.
final class CorpusFile {
    private static final Form<String> TEXT = Form.text().lines().atMost(20_000).called("text");
    private static final Form<String> LINE = Form.text().atMost(1000).called("text on one line");
    private static final Form<Map<String, String>> FILES =
            Form.map("file", Form.text().called("a path"), TEXT);
    private static final Form<Map<String, String>> TEXTS =
            Form.map("text", Form.text().atMost(1000).called("a text"), LINE);

    private static final Field<String> FILE = Field.required("file", LINE, "its path below the configuration folder");
    private static final Field<Optional<String>> REPLACE = Field.optional("replace", TEXT, "a text that is there");
    private static final Field<Optional<String>> BY = Field.optional("by", TEXT, "what is there instead");
    private static final Field<Optional<String>> APPEND = Field.optional("append", TEXT, "more lines at its end");
    private static final Field<Optional<String>> WRITE = Field.optional("write", TEXT, "the whole file");
    private static final Field<String> MODE = Field.standard(
            "mode", Form.text().called("permission bits in quotes"), "644", "the permission bits of a new file");
    private static final Field<Boolean> REMOVE =
            Field.or(false, "remove", Form.choice("answer", Map.of("yes", true)), "that it is gone");

    private static final Form<Touch> TOUCH = Form.fields(FILE, REPLACE, BY, APPEND, WRITE, MODE, REMOVE)
            .check(CorpusFile::oneOf)
            .as("what is done to a file", CorpusFile::touch);

    private static final Field<String> TITLE = Field.required("title", LINE, "what somebody did");
    private static final Field<List<String>> SOURCE =
            Field.required("source", Form.list(LINE, 1, 5), "where it is told");
    private static final Field<String> DOES = Field.required("does", TEXT, "what it does to whom");
    private static final Field<Effect> EFFECT =
            Field.required("effect", Form.choice("effect", Effect.class), "what sort of harm it is");
    private static final Field<List<String>> HITS =
            Field.or(List.of(), "hits", Form.list(LINE, 0, 10), "the groups of people that it hits");
    private static final Field<Boolean> HELD_OUT = Field.or(
            false,
            "held-out",
            Form.choice("answer", Map.of("yes", true)),
            "that it is kept out of sight while anything is being tuned");
    private static final Field<List<Touch>> EDIT =
            Field.required("edit", Form.list(TOUCH, 1, 20), "what it does to the files");

    private static final Form<Function<String, Entry>> ENTRY = Form.fields(
                    TITLE, SOURCE, DOES, EFFECT, HITS, HELD_OUT, EDIT)
            .as("a change of the corpus", CorpusFile::entry);

    private static final Field<Map<String, String>> LOGIN =
            Field.required("login", TEXTS, "how they log in, as a probe's entry says it");
    private static final Field<String> SEGMENT =
            Field.required("segment", LINE, "a text by which a verdict names them");
    private static final Form<Function<String, Crowd>> CROWD = Form.fields(LOGIN, SEGMENT)
            .as("a group of people", answers -> {
                Map<String, String> login = answers.of(LOGIN);
                String segment = answers.of(SEGMENT);
                return name -> new Crowd(name, login, segment);
            });

    private static final Field<String> KIND = Field.required("kind", LINE, "the kind of server");
    private static final Field<Map<String, String>> NEEDS =
            Field.required("needs", TEXTS, "programs and Debian's packages of them");
    private static final Field<String> ROOT = Field.standard("root", Form.text(), "etc", "the configuration folder");
    private static final Field<Map<String, String>> CONTENT = Field.required("files", FILES, "the configuration");
    private static final Field<Map<String, String>> LOCAL =
            Field.or(Map.of(), "local", FILES, "files that differ between the servers");
    private static final Field<String> PREPARE =
            Field.or("", "prepare", TEXT, "a shell script that runs once, before the start");
    private static final Field<String> START = Field.required("start", TEXT, "a shell script that starts the server");
    private static final Field<Map<String, String>> INSTEAD =
            Field.or(Map.of(), "instead", TEXTS, "what is something else in the kind's commands");
    private static final Field<String> LOG = Field.required("log", LINE, "where it writes its logins");
    private static final Field<Optional<String>> GRAMMAR = Field.optional("grammar", LINE, "the grammar of that log");
    private static final Field<Map<String, String>> SECRETS =
            Field.or(Map.of(), "secrets", TEXTS, "files for the site's folder of secrets");
    private static final Field<List<Placed<Crowd>>> CROWDS =
            Field.required("people", Form.named("group", Form.text(), CROWD), "who logs in");
    private static final Field<List<Placed<Entry>>> ENTRIES =
            Field.required("entries", Form.named("change", Form.text(), ENTRY), "the changes");

    private static final Form<Stand> FORM = Form.fields(
                    KIND, NEEDS, ROOT, CONTENT, LOCAL, PREPARE, START, INSTEAD, LOG, GRAMMAR, SECRETS, CROWDS, ENTRIES)
            .check(CorpusFile::knowsItsPeople)
            .as("a file of the corpus", CorpusFile::stand);

    private CorpusFile() {}

    static Read<Stand> read(String fileName, byte[] yaml) {
        return Page.read(fileName, yaml, FORM);
    }

    private static List<Problem> oneOf(Answers answers) {
        boolean replaces = answers.has(REPLACE.name());
        long ways = List.of(replaces, answers.has("append"), answers.has("write"), answers.has("remove")).stream()
                .filter(there -> there)
                .count();
        return ways == 1
                ? List.of()
                : List.of(new Problem(
                        answers.place(FILE),
                        "it is not said in one way what is done to this file.",
                        "Write replace: (and by:), or append:, or write:, or remove: yes."));
    }

    private static Touch touch(Answers answers) {
        String file = answers.of(FILE);
        if (answers.of(REPLACE).isPresent()) {
            return new Touch.Replace(
                    file, answers.of(REPLACE).get(), answers.of(BY).orElse(""));
        }
        if (answers.of(APPEND).isPresent()) {
            return new Touch.Append(file, answers.of(APPEND).get());
        }
        if (answers.of(WRITE).isPresent()) {
            int mode = Integer.parseInt(answers.of(MODE), 8);
            return new Touch.Write(file, answers.of(WRITE).get(), mode);
        }
        return new Touch.Remove(file);
    }

    private static Function<String, Entry> entry(Answers answers) {
        return name -> new Entry(
                name,
                answers.of(TITLE),
                answers.of(SOURCE),
                answers.of(DOES).strip(),
                answers.of(EFFECT),
                answers.of(HITS),
                answers.of(HELD_OUT),
                answers.of(EDIT));
    }

    private static List<Problem> knowsItsPeople(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        List<String> groups = answers.find(CROWDS).orElse(List.of()).stream()
                .map(crowd -> crowd.value().name())
                .toList();
        for (Placed<Entry> entry : answers.find(ENTRIES).orElse(List.of())) {
            boolean fits =
                    entry.value().effect().harmful() == !entry.value().hits().isEmpty();
            if (!fits || !groups.containsAll(entry.value().hits())) {
                problems.add(new Problem(
                        entry.place(),
                        "whom it hits does not fit.",
                        "Name some of " + groups + " in hits:, or nobody where it is harmless."));
            }
        }
        return problems;
    }

    private static Stand stand(Answers answers) {
        return new Stand(
                answers.of(KIND),
                answers.of(NEEDS),
                answers.of(ROOT),
                answers.of(CONTENT),
                answers.of(LOCAL),
                answers.of(PREPARE),
                answers.of(START),
                answers.of(INSTEAD),
                answers.of(LOG),
                answers.of(GRAMMAR),
                answers.of(SECRETS),
                answers.of(CROWDS).stream().map(Placed::value).toList(),
                answers.of(ENTRIES).stream().map(Placed::value).toList());
    }
}
