package barograph.site;

import barograph.form.Form;
import barograph.form.Parsed;
import barograph.form.TextForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What single words of the files that people write may look like.
public final class Words {
    /// No segment is `.` or `..`, and there is at least one: neither `/` itself nor anything upward.
    static final Pattern FROM_ROOT = Pattern.compile("(?:/(?!\\.\\.?(?:/|$))[^/]+)+/?");

    private static final Pattern PATTERN_BELOW = Pattern.compile("(?!/)(?!(?:.*/)?\\.\\.(?:/|$)).+");
    private static final Pattern MAIL_ADDRESS =
            Pattern.compile("[^\\s@<>\"(),:;\\\\\\[\\]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern DOMAIN_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public static final TextForm NAME = Form.text()
            .atMost(64)
            .matching(Name.SHAPE, "a name", " of letters, digits, dots and dashes, beginning with a letter or digit");
    public static final TextForm TITLE = Form.text().called("a line of text");
    public static final TextForm SENTENCES = Form.text().lines().atMost(2000).called("a sentence or two");
    static final TextForm MAIL =
            Form.text().atMost(254).matching(MAIL_ADDRESS, "a mail address", " such as dana@acme.example");
    static final TextForm DOMAIN =
            Form.text().atMost(253).matching(DOMAIN_NAME, "a mail domain", " such as acme.example");
    static final TextForm HOST = Form.text().atMost(253).matching(HOST_NAME, "a host", " such as 10.0.0.9");
    static final TextForm GRAMMAR = NAME.matching(Name.SHAPE, "the name of a log grammar", " such as freeradius");

    /// A folder, without a slash at its end.
    static final Form<String> FOLDER = Form.text()
            .atMost(1000)
            .matching(
                    FROM_ROOT, "the absolute path of a folder", " such as /etc/freeradius/3.0, without any '.' or '..'")
            .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path);

    static final TextForm LOG_FILE = Form.text()
            .atMost(1000)
            .matching(FROM_ROOT, "the absolute path of a log file", " such as /var/log/freeradius/radius.log");

    static final TextForm PATTERN =
            Form.text().matching(PATTERN_BELOW, "a shell pattern below the root", " such as sites-enabled/*");
    static final Form<List<String>> PATTERNS = Form.list(PATTERN, 0, 200);
    static final Form<Integer> PORT = Form.whole(1, 65_535);

    /// Empty for the word `none`.
    static final Form<Optional<String>> COMMAND = Form.text()
            .lines()
            .atMost(4000)
            .called("a shell command, or none")
            .map(command -> command.strip().equals("none") ? Optional.empty() : Optional.of(command.strip()));

    static final Form<List<String>> SECRETS = Form.list(
            Form.notation("a regular expression with a group around the secret", "\\(", Words::secretPattern), 0, 100);

    /// Probe protocols, or the beginning of some with `*` behind it.
    static final Form<List<String>> PROTOCOLS = Form.list(
            Form.text()
                    .matching(
                            Pattern.compile("[a-z0-9][a-z0-9-]*\\*?|\\*"),
                            "a probe protocol",
                            " such as ldap-bind, or the beginning of some and a star such as radius-*"),
            0,
            50);

    private Words() {}

    private static Parsed<String> secretPattern(String text) {
        try {
            int groups = Pattern.compile(text).matcher("").groupCount();
            return groups > 0
                    ? new Parsed.Right<>(text)
                    : new Parsed.Wrong<>(
                            "has no group, so it hides nothing.", "Write ( and ) around the part that is the secret.");
        } catch (PatternSyntaxException e) {
            return new Parsed.Wrong<>(
                    "is not a regular expression: " + e.getDescription().toLowerCase(Locale.ROOT) + ".",
                    "Mend it at character " + (e.getIndex() + 1) + ".");
        }
    }
}
