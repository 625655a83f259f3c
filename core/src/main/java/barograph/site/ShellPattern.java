package barograph.site;

import java.util.regex.Pattern;

/// Shell patterns of paths, as `case` of a shell reads them: `*` matches any text, slashes too, and `?` one character.
public final class ShellPattern {
    private ShellPattern() {}

    /// The same as a regular expression, for a whole path.
    public static Pattern of(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf((char) c));
                        }));
        return Pattern.compile(regex.toString());
    }
}
