package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Nearest;
import barograph.form.Parsed;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.site.LogLine.Tells;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The grammar of a log in a kind's file, and the sample lines that test it.
final class GrammarForm {
    static final Form<Pattern> PATTERN = Form.notation(
            "a regular expression of RE2, with groups such as (?P<user>[^>]+)", ".", GrammarForm::pattern);
    private static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("[a-z0-9_{}-]+");
    private static final java.util.regex.Pattern BRACES = java.util.regex.Pattern.compile("\\{([^}]*)}");
    private static final java.util.regex.Pattern TOLD =
            java.util.regex.Pattern.compile("(?:accepted|rejected|failed) \\S+(?: [a-z]+=\\S+)*");

    private static final Field<Pattern> LINE =
            Field.required("line", PATTERN, "what such a line has in it; it need not begin or end with it");
    private static final Field<Tells> TELLS = Field.required(
            "tells", Form.choice("outcome", Tells.class), "what became of the login; nothing where it is none");
    private static final List<String> STEPS =
            List.of("resolve", "connect", "tls", "greet", "authenticate", "authorize");
    private static final Field<String> STEP = Field.standard(
            "step",
            Form.choice("step", STEPS.stream().collect(Collectors.toMap(step -> step, step -> step))),
            "authenticate",
            "where a login broke that failed without an answer");
    private static final Field<String> REASON = Field.standard(
            "reason",
            Form.text().atMost(64).matching(WORD, "a short word", " such as bad_password"),
            "rejected",
            "why it was refused or failed");
    private static final Field<Map<String, String>> REASONS = Field.or(
            Map.of(),
            "reasons",
            Form.map(
                    "text",
                    Form.text().called("a text that the group reason may contain"),
                    Form.text().atMost(64).matching(WORD, "a short word", " such as bad_password")),
            "the word for why, by what the group reason contains; the first that fits counts, then reason");
    private static final Field<Optional<String>> USER = filled("user", "who logs in");
    private static final Field<Optional<String>> REALM =
            filled("realm", "the user's organization; what stands behind the user's @ if left out");
    private static final Field<Optional<String>> METHOD = filled("method", "how the user proves who they are");
    private static final Field<Optional<String>> CLIENT = filled("client", "the device or application that asks");
    private static final Field<Optional<String>> GROUP = filled("group", "the group of people");
    private static final Field<Optional<String>> SOURCE = filled("source", "where the login comes from");

    private static final List<Field<Optional<String>>> FILLED = List.of(USER, REALM, METHOD, CLIENT, GROUP, SOURCE);
    /// Groups that mean something by themselves.
    private static final List<String> KNOWN = List.of(
            "user", "realm", "method", "client", "group", "source", "reason", "time", "seconds", "connection", "ended");

    private static final Form<LogLine> LINES = Form.fields(
                    LINE, TELLS, STEP, REASON, REASONS, USER, REALM, METHOD, CLIENT, GROUP, SOURCE)
            .check(GrammarForm::check)
            .as("a sort of line", GrammarForm::line);

    private static final Field<Optional<Pattern>> LOGINS = Field.optional(
            "logins", PATTERN, "what all lines have in common that look like logins; those that no line fits are told");
    private static final Field<List<LogLine>> EACH =
            Field.required("lines", Form.list(LINES, 1, 100), "the sorts of lines that tell logins, in their order");

    static final Form<LogGrammar> GRAMMAR = Form.fields(LOGINS, EACH)
            .as("the grammar of a log", answers -> new LogGrammar(answers.of(LOGINS), answers.of(EACH)));

    private static final Field<String> LOG = Field.required(
            "log", Form.text().lines().atMost(4000).called("lines of a log"), "one line of a real log, or several");
    private static final Field<List<String>> SAMPLE_TELLS = Field.or(
            List.of(),
            "tells",
            Form.list(
                    Form.text()
                            .atMost(400)
                            .matching(
                                    TOLD,
                                    "a login",
                                    " such as 'rejected alice reason=bad_password', or with - for a user who is not told"),
                    0,
                    20),
            "the logins that they tell, each with whatever of it should be looked at; none if left out");

    static final Form<List<Placed<LogSample>>> SAMPLES = Form.list(
            Form.fields(LOG, SAMPLE_TELLS)
                    .as("a sample", answers -> new LogSample(answers.of(LOG), answers.of(SAMPLE_TELLS)))
                    .placed(),
            0,
            200);

    private GrammarForm() {}

    private static Field<Optional<String>> filled(String name, String meaning) {
        return Field.optional(
                name,
                Form.text().called("text with names of groups in braces"),
                meaning + ", with {groups} filled in; the group " + name + " if left out");
    }

    private static Parsed<Pattern> pattern(String text) {
        try {
            return new Parsed.Right<>(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return new Parsed.Wrong<>(
                    "is not a regular expression of RE2: " + e.getDescription() + ": " + e.getPattern() + ".",
                    "Mend that part; RE2 knows no (?=…), (?!…) and no references to groups.");
        }
    }

    /// Names in braces are those of groups.
    private static List<Problem> check(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        answers.find(LINE).ifPresent(pattern -> {
            Collection<String> groups = pattern.namedGroups().keySet();
            for (Field<Optional<String>> field : FILLED) {
                answers.find(field)
                        .flatMap(text -> text)
                        .ifPresent(text -> problems.addAll(unknown(text, groups, answers, field)));
            }
            answers.find(REASON).ifPresent(text -> problems.addAll(unknown(text, groups, answers, REASON)));
            groups.stream()
                    .filter(group -> !KNOWN.contains(group) && !isFilledIn(group, answers))
                    .forEach(group -> problems.add(new Problem(
                            answers.place(LINE),
                            "nothing is done with its group '" + group + "'.",
                            Nearest.remedy(group, KNOWN) + " Or write {" + group + "} into one of the other fields.")));
            if (!groups.contains("reason")
                    && answers.find(REASONS).filter(map -> !map.isEmpty()).isPresent()) {
                problems.add(new Problem(
                        answers.place(REASONS),
                        "the line has no group reason to look into.",
                        "Write (?P<reason>…) around the part of the line that says why."));
            }
        });
        return problems;
    }

    private static boolean isFilledIn(String group, Answers answers) {
        String written = "{" + group + "}";
        return answers.find(REASON).filter(text -> text.contains(written)).isPresent()
                || FILLED.stream()
                        .anyMatch(field -> answers.find(field)
                                .flatMap(text -> text)
                                .filter(text -> text.contains(written))
                                .isPresent());
    }

    private static List<Problem> unknown(String text, Collection<String> groups, Answers answers, Field<?> field) {
        return BRACES.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !groups.contains(name))
                .map(name -> new Problem(
                        answers.place(field), "the line has no group '" + name + "'.", Nearest.remedy(name, groups)))
                .toList();
    }

    private static LogLine line(Answers answers) {
        Pattern pattern = answers.of(LINE);
        return new LogLine(
                pattern,
                answers.of(TELLS),
                answers.of(STEP),
                answers.of(REASON),
                new LinkedHashMap<>(answers.of(REASONS)),
                or(answers.of(USER), pattern, "user"),
                or(answers.of(REALM), pattern, "realm"),
                or(answers.of(METHOD), pattern, "method"),
                or(answers.of(CLIENT), pattern, "client"),
                or(answers.of(GROUP), pattern, "group"),
                or(answers.of(SOURCE), pattern, "source"));
    }

    private static Optional<String> or(Optional<String> written, Pattern pattern, String group) {
        return written.isPresent() || !pattern.namedGroups().containsKey(group)
                ? written
                : Optional.of("{" + group + "}");
    }
}
