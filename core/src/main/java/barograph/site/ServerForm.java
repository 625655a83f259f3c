package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Nearest;
import barograph.form.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A server's entry in `site.yaml`: what it is, where it is, and how it differs from its kind.
final class ServerForm {
    private static final Field<At> AT =
            Field.required("at", AtForm.FORM, "where its files and its log are: local, or ssh://user@host");
    private static final Field<Optional<ApiForm>> API = Field.optional(
            "api", ApiForm.FORM, "how its API is reached, for kinds that are configured over one instead of by files");
    private static final Field<Stage> STAGE = Field.required(
            "stage",
            StageForm.FORM,
            "when it gets a change: backup rehearses, canary goes first, waves and rest follow");
    private static final Field<Optional<String>> HOST = Field.optional(
            "host", Words.HOST, "where its logins are served, as probes reach it; the host of `at` if left out");
    private static final Field<Optional<Integer>> PORT =
            Field.optional("port", Words.PORT, "where its logins are served; the kind's usual port if left out");
    private static final Field<ConfigForm> CONFIG = Field.or(
            ConfigForm.AS_THE_KIND,
            "config",
            ConfigForm.OF_SERVER,
            "which files make up its configuration, where the kind's are not right");
    private static final Field<Optional<List<String>>> SPEAKS = Field.optional(
            "speaks", Words.PROTOCOLS, "the probe protocols that can be tried on it, where the kind's are not right");
    private static final Field<List<String>> SECRETS = Field.or(
            List.of(),
            "secrets",
            Words.SECRETS,
            "further regular expressions whose first group is a secret in its files, to hide it in a diff");

    /// A log file's path alone goes with the kind's grammar; `none` is no log.
    private sealed interface LogEntry {
        record None() implements LogEntry {}

        record Path(String path) implements LogEntry {}

        record Whole(LogSource log) implements LogEntry {}
    }

    private static final Pattern LOG_OR_NONE = Pattern.compile("none|" + Words.FROM_ROOT.pattern());
    private static final Form<LogEntry> LOG_PATH = Form.text()
            .atMost(1000)
            .matching(
                    LOG_OR_NONE, "none, or the absolute path of a log file", " such as /var/log/freeradius/radius.log")
            .map(text -> text.equals("none") ? new LogEntry.None() : new LogEntry.Path(text));

    private static final Field<Optional<LogEntry>> LOG = Field.optional(
            "log",
            Form.either(LOG_PATH, LogForm.BOTH.map(LogEntry.Whole::new)),
            "where it writes its logins, where the kind's log is not right");

    /// Reads the lines that the generator of login worlds writes; it belongs to no kind.
    private static final String TRACE = "trace";

    private final Field<Kind> kind;
    private final Map<String, Optional<LogGrammar>> grammars = new TreeMap<>();

    private ServerForm(Map<String, Kind> kinds) {
        grammars.put(TRACE, Optional.empty());
        kinds.values().forEach(each -> each.log().ifPresent(log -> grammars.put(log.grammar(), log.lines())));
        kind = Field.required("kind", Form.choice("kind", kinds).open(), "what sort of server it is");
    }

    static Form<Function<String, Server>> of(Map<String, Kind> kinds) {
        ServerForm form = new ServerForm(kinds);
        List<Field<?>> fields = new ArrayList<>(List.of(form.kind, AT, API, STAGE, HOST, PORT, CONFIG));
        fields.addAll(CommandFields.ALL);
        fields.addAll(List.of(LOG, SPEAKS, SECRETS));
        return Form.fields(fields.toArray(Field<?>[]::new)).check(form::check).as("a server", form::make);
    }

    /// What the kind leaves open the server has to say.
    private List<Problem> check(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        answers.find(kind).ifPresent(known -> {
            problems.addAll(api(answers, known));
            if (!known.configuredBy().isApi()
                    && known.config().isEmpty()
                    && answers.find(CONFIG)
                            .filter(config -> config.root().isEmpty())
                            .isPresent()) {
                problems.add(open(answers, CONFIG, known, "folder", "config: { root: /etc/… }"));
            }
            if (known.port().isEmpty()
                    && answers.find(PORT).filter(Optional::isEmpty).isPresent()) {
                problems.add(open(answers, PORT, known, "port", "port: and a number"));
            }
            if (known.log().isEmpty()
                    && answers.find(LOG)
                            .flatMap(log -> log)
                            .filter(LogEntry.Path.class::isInstance)
                            .isPresent()) {
                problems.add(open(answers, LOG, known, "log grammar", "log: { path: …, grammar: … }"));
            }
        });
        answers.find(LOG).flatMap(log -> log).ifPresent(entry -> {
            if (entry instanceof LogEntry.Whole(LogSource log) && !grammars.containsKey(log.grammar())) {
                problems.add(new Problem(
                        answers.place(LOG),
                        "'" + log.grammar() + "' is no grammar of logs.",
                        Nearest.remedy(log.grammar(), grammars.keySet())));
            }
        });
        return problems;
    }

    /// A kind says whether there is an API; only the server can say where.
    private static List<Problem> api(Answers answers, Kind kind) {
        Optional<ApiForm> api = answers.find(API).flatMap(found -> found);
        if (!kind.configuredBy().isApi()) {
            return api.<List<Problem>>map(_ -> List.of(new Problem(
                            answers.place(API),
                            "servers of the kind " + kind.name() + " are configured by files.",
                            "Take api out, or write another kind.")))
                    .orElse(List.of());
        }
        if (api.isEmpty()) {
            return answers.whole(API)
                    ? List.of(new Problem(
                            answers.place(API),
                            "servers of the kind " + kind.name() + " are configured over an API, and none is named.",
                            "Add api: { at: …, user: …, password: env:… }."))
                    : List.of();
        }
        List<Problem> problems = new ArrayList<>(api.get().problems(kind));
        if (answers.find(CONFIG).flatMap(ConfigForm::root).isPresent()) {
            problems.add(new Problem(
                    answers.place(CONFIG),
                    "a server that is configured over an API has no folder.",
                    "Take root out; include and exclude choose among its objects."));
        }
        return problems;
    }

    private static Problem open(Answers answers, Field<?> field, Kind kind, String what, String remedy) {
        return new Problem(
                answers.place(field),
                "servers of the kind " + kind.name() + " have no usual " + what + ".",
                "Write " + remedy + ".");
    }

    private Function<String, Server> make(Answers answers) {
        Kind known = answers.of(kind);
        At at = answers.of(AT);
        Optional<Api> api = answers.of(API).map(found -> found.of(known.configuredBy()));
        Optional<Config> usual = api.map(found -> new Config(found.toString(), List.of(), List.of()))
                .or(known::config);
        List<String> secrets = new ArrayList<>(known.secrets());
        secrets.addAll(answers.of(SECRETS));
        return name -> new Server(
                new ServerId(name),
                known.name(),
                at,
                api,
                answers.of(STAGE),
                answers.of(HOST).or(() -> api.map(Api::host)).orElseGet(() -> host(at)),
                answers.of(PORT).orElseGet(() -> known.port().orElseThrow()),
                answers.of(CONFIG).over(usual),
                CommandFields.over(known.commands(), answers),
                answers.of(LOG).map(entry -> log(entry, known)).orElse(known.log()),
                answers.of(SPEAKS).orElse(known.speaks()),
                secrets);
    }

    private static String host(At at) {
        return switch (at) {
            case At.Local _ -> "127.0.0.1";
            case At.Ssh(String _, String host, int _) -> host;
        };
    }

    private Optional<LogSource> log(LogEntry entry, Kind kind) {
        return switch (entry) {
            case LogEntry.None() -> Optional.empty();
            case LogEntry.Path(String path) ->
                kind.log().map(usual -> new LogSource(path, usual.grammar(), usual.lines()));
            case LogEntry.Whole(LogSource log) ->
                Optional.of(new LogSource(
                        log.path(), log.grammar(), grammars.getOrDefault(log.grammar(), Optional.empty())));
        };
    }
}
