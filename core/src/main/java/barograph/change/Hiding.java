package barograph.change;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Hides what is secret in a server's files before a person sees them.
///
/// Each pattern is searched in the whole text, with `^` and `$` at the ends of lines; its first group is what is
/// hidden. Private keys are always hidden. Lines stay lines, so that the hidden text goes beside the plain one.
final class Hiding {
    static final String HIDDEN = "(hidden)";
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----\\R([^-]*)(?:-----END|\\z)");

    private final List<Pattern> patterns;

    /// @param patterns regular expressions with a group each
    Hiding(List<String> patterns) {
        this.patterns = Stream.concat(
                        Stream.of(PRIVATE_KEY),
                        patterns.stream().map(pattern -> Pattern.compile(pattern, Pattern.MULTILINE)))
                .toList();
    }

    String hide(String text) {
        String hidden = text;
        for (Pattern pattern : patterns) {
            hidden = hide(hidden, pattern);
        }
        return hidden;
    }

    private static String hide(String text, Pattern pattern) {
        StringBuilder hidden = new StringBuilder();
        int done = 0;
        Matcher match = pattern.matcher(text);
        while (match.find()) {
            if (match.start(1) >= done && match.end(1) > match.start(1)) {
                hidden.append(text, done, match.start(1));
                hidden.append(match.group(1).replaceAll("[^\\r\\n]+", HIDDEN));
                done = match.end(1);
            }
        }
        return hidden.append(text, done, text.length()).toString();
    }
}
